// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/record_text_edit.h"

#include <QKeyEvent>
#include <QMimeData>

namespace studio::ui {

namespace {

bool isUndoKey(const QKeyEvent* event) {
    return event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo);
}

/// Where in `after` that part ends which `before` has not.
int endOfChange(const QString& before, const QString& after) {
    const qsizetype shorter = qMin(before.size(), after.size());
    qsizetype prefix = 0;
    while (prefix < shorter && before[prefix] == after[prefix]) ++prefix;
    qsizetype suffix = 0;
    while (suffix < shorter - prefix &&
           before[before.size() - 1 - suffix] == after[after.size() - 1 - suffix])
        ++suffix;
    qsizetype end = after.size() - suffix;
    if (end > 0 && end < after.size() && after[end].isLowSurrogate()) ++end;  // not within a character
    return static_cast<int>(end);
}

}  // namespace

RecordTextEdit::RecordTextEdit(QWidget* parent) : QPlainTextEdit(parent) {
    setTabChangesFocus(true);
    setUndoRedoEnabled(false);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_loading) return;
        m_edited = true;
        Q_EMIT edited();
    });
}

void RecordTextEdit::setRecordText(const QString& text) {
    m_windowsLineEnds =
        text.contains(QLatin1String("\r\n")) && text.count(u'\n') == text.count(QLatin1String("\r\n"));
    m_loading = true;
    setPlainText(text);
    m_loading = false;
    m_edited = false;
}

void RecordTextEdit::changeRecordText(const QString& text) {
    const QString before = document()->toRawText();
    setRecordText(text);
    QTextCursor caret = textCursor();
    caret.setPosition(endOfChange(before, document()->toRawText()));
    setTextCursor(caret);
    ensureCursorVisible();
}

QString RecordTextEdit::recordText() const {
    // toPlainText() turns no-break spaces into spaces; the raw text does not, and parts lines with U+2029.
    QString text = document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    if (m_windowsLineEnds) text.replace(QLatin1String("\n"), QLatin1String("\r\n"));
    return text;
}

bool RecordTextEdit::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isUndoKey(static_cast<QKeyEvent*>(event))) {
        event->ignore();
        return false;
    }
    return QPlainTextEdit::event(event);
}

void RecordTextEdit::keyPressEvent(QKeyEvent* event) {
    if (isUndoKey(event) || event->key() == Qt::Key_Escape) {
        event->ignore();
        return;
    }
    if (event->matches(QKeySequence::InsertLineSeparator)) {
        // Shift+Enter would put a U+2028 into the data, which looks like a line break and is none.
        insertPlainText(QStringLiteral("\n"));
        ensureCursorVisible();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void RecordTextEdit::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focusLeft();
}

bool RecordTextEdit::canInsertFromMimeData(const QMimeData* source) const {
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

}  // namespace studio::ui
