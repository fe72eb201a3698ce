// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/queue_delegate.h"

#include <QLineEdit>
#include <QPersistentModelIndex>
#include <QToolTip>
#include <QValidator>
#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "ui/text/error_text.h"
#include "ui/train/field_editor.h"
#include "ui/train/queue_model.h"

namespace studio::ui {

namespace {

constexpr int kEditorWidth = 280;

/// What a name lacks to be that of the run in a row, as a sentence; empty: nothing.
QString problemOf(const QueueModel& model, const QString& name, int row) {
    try {
        model.checkName(name.trimmed().toStdString(), row);
        return {};
    } catch (const Error& error) {
        return errorLine(error);
    }
}

/// Keeps the field open on Enter while the name is none.
class NameValidator : public QValidator {
public:
    NameValidator(const QueueModel& model, const QModelIndex& index, QObject* parent)
        : QValidator(parent), m_model(model), m_index(index) {}

    State validate(QString& text, int&) const override {
        return problemOf(m_model, text, m_index.row()).isEmpty() ? Acceptable : Intermediate;
    }

private:
    const QueueModel& m_model;
    QPersistentModelIndex m_index;
};

}  // namespace

QueueDelegate::QueueDelegate(const QueueModel& model, Rename rename, QObject* parent)
    : CellDelegate(parent), m_model(model), m_rename(std::move(rename)) {}

QWidget* QueueDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                     const QModelIndex& index) const {
    auto* line = new QLineEdit(parent);
    line->setAccessibleName(tr("Name of the run"));
    line->setValidator(new NameValidator(m_model, index, line));
    const QueueModel* model = &m_model;
    connect(line, &QLineEdit::textChanged, line,
            [line, model, place = QPersistentModelIndex(index)](const QString& name) {
                const QString problem = problemOf(*model, name, place.row());
                markBad(*line, !problem.isEmpty());
                QToolTip::showText(line->mapToGlobal(QPoint(0, line->height() / 2)), problem, line);
            });
    return line;
}

void QueueDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* line = qobject_cast<QLineEdit*>(editor);
    if (!line) return;
    line->setText(index.data(Qt::EditRole).toString());
    line->selectAll();
}

// Also called when the field loses the focus: what is no name then is given up.
void QueueDelegate::setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index) const {
    const auto* line = qobject_cast<QLineEdit*>(editor);
    if (line && line->hasAcceptableInput()) m_rename(index.row(), line->text().trimmed());
}

void QueueDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex&) const {
    QRect place = option.rect;
    place.setWidth(std::min(place.width(), wordRoom(kEditorWidth)));
    editor->setGeometry(place);
}

}  // namespace studio::ui
