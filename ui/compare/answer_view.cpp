// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/answer_view.h"

#include <QFontInfo>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextCursor>

#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr double kLineHeight = 1.55;  // of the size of the font

}  // namespace

AnswerView::AnswerView(QWidget* parent) : QTextEdit(parent) {
    setProperty("bare", true);
    setTextRole(this, TextRole::Reading);
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(12);
}

void AnswerView::showAnswer(const QString& text, bool writing) {
    QScrollBar* bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 4;
    const int kept = bar->value();
    m_writing = writing;
    if (toPlainText() != text) {
        setPlainText(text);
        setLineHeight();
        bar->setValue(atEnd && writing ? bar->maximum() : writing ? kept : 0);
    }
    viewport()->update();
}

void AnswerView::setLineHeight() {
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    QTextBlockFormat format;
    format.setLineHeight(kLineHeight * QFontInfo(font()).pixelSize(), QTextBlockFormat::MinimumHeight);
    all.mergeBlockFormat(format);
}

void AnswerView::paintEvent(QPaintEvent* event) {
    QTextEdit::paintEvent(event);
    if (!m_writing) return;
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    const QRect caret = cursorRect(end);
    const int high = fontMetrics().height();
    QPainter painter(viewport());
    painter.fillRect(QRect(caret.left() + 2, caret.bottom() - high + 1, high / 2, high),
                     tokensOf(this).accentText);
}

}  // namespace studio::ui
