// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How projects are opened, made and changed: the part of StudioApplication that File asks for.
#include <QDir>
#include <QFileInfo>
#include <QPushButton>
#include <QStandardPaths>

#include "app/gui/sample_project.h"
#include "app/gui/studio_application.h"
#include "ui/data/data_page.h"
#include "ui/dialogs/dialogs.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/text/error_text.h"
#include "ui/widgets/note_bar.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

const QString kSuffix = QStringLiteral("ftproj");

QString documentsFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

fs::path pathOf(const QString& folder) {
    return fs::path(folder.toStdString());
}

}  // namespace

void StudioApplication::start() {
    const QStringList recent = m_recent.folders();
    if (!m_options.project.isEmpty())
        openProject(m_options.project);
    else if (m_options.sample || recent.isEmpty())
        openSample();
    else
        openProject(recent.front());
    updateRunState();
    m_window->show();
}

void StudioApplication::chooseNewProject() {
    FileRequest request;
    request.title = tr("New project");
    request.startAt = QDir(documentsFolder()).filePath(tr("My project") + u'.' + kSuffix);
    request.filters = {tr("FineTune Studio project (*.ftproj)")};
    request.suffix = kSuffix;
    m_services.dialogs.saveFile(m_window.get(), request,
                                [this](const QString& file) { createProject(file); });
}

void StudioApplication::chooseProject() {
    FileRequest request;
    request.title = tr("Open a project folder (NAME.ftproj)");
    request.startAt = m_session.isOpen()
                          ? QFileInfo(QString::fromStdString(m_session.project().folder().string())).path()
                          : documentsFolder();
    m_services.dialogs.openFolder(m_window.get(), request,
                                  [this](const QString& folder) { openProject(folder); });
}

bool StudioApplication::openProject(const QString& folder) {
    return openWith(folder, [this, folder] { m_session.openProject(pathOf(folder)); });
}

bool StudioApplication::createProject(const QString& folder) {
    const QString named = folder.endsWith(u'.' + kSuffix) ? folder : folder + u'.' + kSuffix;
    if (!openWith(named, [this, named] { m_session.createProject(pathOf(named)); })) return false;
    m_window->showPage(PageId::Data);
    return true;
}

bool StudioApplication::openSample() {
    const fs::path folder = m_services.sampleFolder;
    return openWith(QString::fromStdString(folder.string()), [this, folder] {
        std::error_code failed;
        if (!fs::exists(folder, failed)) makeSampleProject(folder);
        m_session.openProject(folder);
    });
}

bool StudioApplication::openWith(const QString& folder, const std::function<void()>& open) {
    if (!m_data->flush()) {
        m_window->showPage(PageId::Data);  // it says why what was typed cannot be stored
        return false;
    }
    try {
        open();
    } catch (const Error& error) {
        showOpenError(folder, error);
        return false;
    }
    m_recent.add(QFileInfo(folder).absoluteFilePath());
    m_window->menu().setRecentProjects(m_recent.folders());
    return true;
}

// With a project open the user goes on in it, and a message is enough. Without one there is nothing else to
// look at: the page says what happened and offers the ways out.
void StudioApplication::showOpenError(const QString& folder, const Error& error) {
    const ErrorText text = errorText(error);
    const QString line = text.cause + u' ' + text.nextStep;
    const QString heading = tr("%1 is not open").arg(QFileInfo(QDir::cleanPath(folder)).fileName());
    if (m_session.isOpen()) {
        m_services.dialogs.showError(m_window.get(), {heading, line, text.details});
        return;
    }
    m_window->showPage(PageId::Data);
    NoteBar& note = *m_data->note();
    note.clear();
    note.setNote(NoteKind::Error, line, text.details);
    note.setHeading(heading);
    connect(note.addAction(tr("Open project…")), &QPushButton::clicked, this,
            &StudioApplication::chooseProject);
    connect(note.addAction(tr("Open the sample project")), &QPushButton::clicked, this,
            &StudioApplication::openSample);
}

void StudioApplication::projectChanged() {
    if (m_session.isOpen()) {
        const Project& project = m_session.project();
        m_window->setProject(QString::fromStdString(project.folder().filename().string()),
                             QString::fromStdString(project.folder().string()));
    } else {
        m_window->setProject({}, {});
    }
    m_savedAt.clear();
    updateTexts();
    updateRunState();
}

}  // namespace studio::ui
