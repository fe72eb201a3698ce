// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/qt_dialogs.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include "ui/theme/icon.h"

namespace studio::ui {

namespace {

// lupdate reads the sentences from QT_TRANSLATE_NOOP at their places.
QString text(const char* source) {
    return QCoreApplication::translate("studio::ui::QtDialogs", source);
}

}  // namespace

QFileDialog* QtDialogs::makeFileDialog(QWidget* parent, const FileRequest& request) const {
    auto* dialog = new QFileDialog(parent, request.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QFileInfo start(request.startAt.isEmpty() ? m_lastFolder : request.startAt);
    if (start.isDir()) {
        dialog->setDirectory(start.filePath());
    } else if (!start.filePath().isEmpty()) {
        dialog->setDirectory(start.path());
        dialog->selectFile(start.fileName());
    }
    if (!request.filters.isEmpty()) dialog->setNameFilters(request.filters);
    return dialog;
}

void QtDialogs::openFiles(QWidget* parent, const FileRequest& request,
                          std::function<void(const QStringList&)> then) {
    QFileDialog* dialog = makeFileDialog(parent, request);
    dialog->setAcceptMode(QFileDialog::AcceptOpen);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, dialog, [this, then](const QStringList& files) {
        if (files.isEmpty()) return;
        m_lastFolder = QFileInfo(files.front()).path();
        then(files);
    });
    dialog->open();
}

void QtDialogs::openFolder(QWidget* parent, const FileRequest& request,
                           std::function<void(const QString&)> then) {
    QFileDialog* dialog = makeFileDialog(parent, request);
    dialog->setAcceptMode(QFileDialog::AcceptOpen);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [this, then](const QString& folder) {
        m_lastFolder = QFileInfo(folder).path();
        then(folder);
    });
    dialog->open();
}

void QtDialogs::saveFile(QWidget* parent, const FileRequest& request,
                         std::function<void(const QString&)> then) {
    QFileDialog* dialog = makeFileDialog(parent, request);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(request.suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [this, then](const QString& file) {
        m_lastFolder = QFileInfo(file).path();
        then(file);
    });
    dialog->open();
}

void QtDialogs::ask(QWidget* parent, const Question& question, std::function<void(int)> then) {
    auto* box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(question.title);
    box->setText(question.text);
    box->setInformativeText(question.details);
    box->setIconPixmap(icon(Icon::Warning, Tone::Warning).pixmap(32, 32));
    QList<QPushButton*> buttons;
    for (std::size_t i = 0; i < question.answers.size(); ++i) {
        const Question::Answer& answer = question.answers[i];
        const bool safe = static_cast<int>(i) == question.safeAnswer;
        QPushButton* button = box->addButton(answer.verb, safe                 ? QMessageBox::RejectRole
                                                          : answer.destructive ? QMessageBox::DestructiveRole
                                                                               : QMessageBox::AcceptRole);
        button->setProperty("danger", answer.destructive);
        buttons.push_back(button);
        if (safe) box->setEscapeButton(button);
        const int byDefault = question.defaultAnswer < 0 ? question.safeAnswer : question.defaultAnswer;
        if (static_cast<int>(i) == byDefault) box->setDefaultButton(button);
    }
    const int safe = question.safeAnswer;
    const QPointer<QObject> subject = question.subject;
    const bool bound = !subject.isNull();
    if (bound)
        QObject::connect(subject, &QObject::destroyed, box, [box] {
            if (box->isVisible()) box->done(QDialog::Rejected);
        });
    QObject::connect(box, &QMessageBox::finished, box, [box, buttons, safe, bound, subject, then] {
        if (bound && !subject) return;  // withdrawn
        const int chosen =
            static_cast<int>(buttons.indexOf(qobject_cast<QPushButton*>(box->clickedButton())));
        then(chosen < 0 ? safe : chosen);
    });
    box->open();
}

void QtDialogs::askText(QWidget* parent, const QString& title, const QString& label, const QString& initial,
                        std::function<void(const QString&)> then) {
    auto* dialog = new QInputDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(initial);
    QObject::connect(dialog, &QInputDialog::textValueSelected, dialog, std::move(then));
    dialog->open();
}

void QtDialogs::showBox(QMessageBox* box, const Message& message) const {
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(message.title);
    box->setText(message.text);
    box->setInformativeText(message.details);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->addButton(text(QT_TRANSLATE_NOOP("studio::ui::QtDialogs", "Close")), QMessageBox::RejectRole);
    if (!message.details.isEmpty()) {
        QPushButton* copy = box->addButton(text(QT_TRANSLATE_NOOP("studio::ui::QtDialogs", "Copy details")),
                                           QMessageBox::ActionRole);
        copy->disconnect();  // copying does not close the window
        const QString all = message.text + QStringLiteral("\n\n") + message.details;
        QObject::connect(copy, &QPushButton::clicked, box,
                         [all] { QGuiApplication::clipboard()->setText(all); });
    }
    box->open();
}

void QtDialogs::showMessage(QWidget* parent, const Message& message) {
    auto* box = new QMessageBox(parent);
    box->setIconPixmap(icon(Icon::Info, Tone::Accent).pixmap(32, 32));
    showBox(box, message);
}

void QtDialogs::showError(QWidget* parent, const Message& message) {
    auto* box = new QMessageBox(parent);
    box->setIconPixmap(icon(Icon::Error, Tone::Error).pixmap(32, 32));
    showBox(box, message);
}

}  // namespace studio::ui
