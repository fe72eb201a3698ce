// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/record_delegates.h"

#include <QComboBox>
#include <QKeyEvent>

#include "ui/data/record_text_edit.h"
#include "ui/data/record_words.h"

namespace studio::ui {

namespace {

constexpr int kTextEditorHeight = 112;
constexpr int kTextEditorLines = 5;

// A cell may be narrower than what is chosen in it; the box grows to the right, but not out of the table.
void placeOver(QWidget* editor, const QRect& cell, const QSize& wanted) {
    QRect place(cell.topLeft(), wanted.expandedTo(cell.size()));
    if (const QWidget* viewport = editor->parentWidget()) {
        if (place.right() > viewport->width()) place.moveRight(viewport->width() - 1);
        if (place.bottom() > viewport->height()) place.moveBottom(viewport->height() - 1);
        if (place.left() < 0) place.moveLeft(0);
        if (place.top() < 0) place.moveTop(0);
    }
    editor->setGeometry(place);
}

QComboBox* makeChoice(QWidget* parent, const QString& name) {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    return box;
}

void showChoice(QWidget* editor, const QModelIndex& index) {
    auto* box = static_cast<QComboBox*>(editor);
    box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
}

void storeChoice(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) {
    model->setData(index, static_cast<QComboBox*>(editor)->currentData(), Qt::EditRole);
}

}  // namespace

QWidget* TextCellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                        const QModelIndex& index) const {
    auto* editor = new RecordTextEdit(parent);
    editor->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
    return editor;
}

void TextCellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* box = static_cast<RecordTextEdit*>(editor);
    const QString text = index.data(Qt::EditRole).toString();
    if (box->recordText() == text) return;
    box->setRecordText(text);
    box->selectAll();
}

void TextCellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                    const QModelIndex& index) const {
    const auto* box = static_cast<RecordTextEdit*>(editor);
    if (box->wasEdited()) model->setData(index, box->recordText(), Qt::EditRole);
}

void TextCellDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                            const QModelIndex&) const {
    const int height = kTextEditorHeight + kTextEditorLines * lineRoom(0);
    placeOver(editor, option.rect, QSize(qMax(option.rect.width(), wordRoom(240)), height));
}

bool TextCellDelegate::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        auto* editor = qobject_cast<QWidget*>(watched);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (editor && enter && !(key->modifiers() & Qt::ShiftModifier)) {
            Q_EMIT commitData(editor);
            Q_EMIT closeEditor(editor);
            return true;
        }
    }
    return CellDelegate::eventFilter(watched, event);
}

QWidget* SplitCellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                         const QModelIndex&) const {
    QComboBox* box = makeChoice(parent, tr("Split"));
    for (const Split split : {Split::Train, Split::Validation, Split::Test, Split::None})
        box->addItem(splitWord(split), static_cast<int>(split));
    return box;
}

void SplitCellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    showChoice(editor, index);
}

void SplitCellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                     const QModelIndex& index) const {
    storeChoice(editor, model, index);
}

void SplitCellDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                             const QModelIndex&) const {
    placeOver(editor, option.rect, editor->sizeHint());
}

QWidget* StatusCellDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                          const QModelIndex&) const {
    QComboBox* box = makeChoice(parent, tr("Status"));
    for (const RecordStatus status : {RecordStatus::Accepted, RecordStatus::Draft, RecordStatus::Rejected})
        box->addItem(icon(statusContent(status).icon, statusContent(status).tone), statusWord(status),
                     static_cast<int>(status));
    return box;
}

void StatusCellDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    showChoice(editor, index);
}

void StatusCellDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                      const QModelIndex& index) const {
    storeChoice(editor, model, index);
}

void StatusCellDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                              const QModelIndex&) const {
    placeOver(editor, option.rect, editor->sizeHint());
}

}  // namespace studio::ui
