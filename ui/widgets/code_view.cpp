// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code_view.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include "ui/theme/theme.h"

namespace studio::ui {

/// The column of line numbers; paints through its editor.
class LineNumberArea : public QWidget {
public:
    explicit LineNumberArea(CodeView* editor) : QWidget(editor), m_editor(editor) {}

protected:
    void paintEvent(QPaintEvent* event) override { m_editor->paintNumbers(event); }

private:
    CodeView* m_editor;
};

CodeView::CodeView(QWidget* parent) : QPlainTextEdit(parent), m_numbers(new LineNumberArea(this)) {
    setProperty("bare", true);
    setTextRole(this, TextRole::Code);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTabChangesFocus(true);  // Tab leaves the editor: everything is reachable by keyboard
    document()->setDocumentMargin(8);
    m_numbers->setVisible(false);
    layoutNumbers();
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { layoutNumbers(); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_numbers->scroll(0, dy);
        else
            m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::textChanged, this, &CodeView::updateSpans);
}

void CodeView::setLineNumbersVisible(bool visible) {
    m_numbersVisible = visible;
    m_numbers->setVisible(visible);
    layoutNumbers();
}

void CodeView::setSpans(const QVector<CodeSpan>& spans) {
    m_spans = spans;
    showSpans();
}

void CodeView::setSpanFinder(SpanFinder finder) {
    m_finder = std::move(finder);
    updateSpans();
}

void CodeView::updateSpans() {
    if (m_finder)
        m_spans = m_finder(toPlainText());
    else if (!isReadOnly())
        return;
    showSpans();
}

void CodeView::showSpans() {
    const ThemeTokens& tokens = tokensOf(this);
    const int end = document()->characterCount() - 1;
    QList<QTextEdit::ExtraSelection> selections;
    for (const CodeSpan& span : m_spans) {
        if (span.begin < 0 || span.length <= 0 || span.begin + span.length > end) continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(span.begin);
        selection.cursor.setPosition(span.begin + span.length, QTextCursor::KeepAnchor);
        switch (span.look) {
            case CodeSpan::Look::Field:
                selection.format.setBackground(tokens.accentSoft);
                if (!isReadOnly()) selection.format.setForeground(tokens.accentText);
                break;
            case CodeSpan::Look::Response:
                selection.format.setForeground(tokens.of(Series::TrainLoss).color);
                break;
            case CodeSpan::Look::Unknown:
                selection.format.setForeground(tokens.error.text);
                selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
                selection.format.setUnderlineColor(tokens.error.text);
                break;
        }
        selections.push_back(selection);
    }
    setExtraSelections(selections);
}

int CodeView::numberAreaWidth() const {
    if (!m_numbersVisible) return 0;
    const int digits = qMax(2, static_cast<int>(QString::number(blockCount()).size()));
    return digits * fontMetrics().horizontalAdvance(u'9') + 14;
}

void CodeView::layoutNumbers() {
    setViewportMargins(m_numbersVisible ? numberAreaWidth() : 4, 0, 0, 0);
    const QRect area = contentsRect();
    m_numbers->setGeometry(area.left(), area.top(), numberAreaWidth(), area.height());
}

void CodeView::paintNumbers(QPaintEvent* event) {
    QPainter painter(m_numbers);
    const ThemeTokens& tokens = tokensOf(this);
    painter.setFont(font());
    painter.setPen(tokens.text3);
    QTextBlock block = firstVisibleBlock();
    const qreal shift = contentOffset().y();
    while (block.isValid()) {
        const QRectF rect = blockBoundingGeometry(block).translated(0, shift);
        if (rect.top() > event->rect().bottom()) break;
        if (block.isVisible() && rect.bottom() >= event->rect().top())
            painter.drawText(QRectF(0, rect.top(), m_numbers->width() - 4, fontMetrics().height()),
                             Qt::AlignRight | Qt::AlignTop, QString::number(block.blockNumber() + 1));
        block = block.next();
    }
}

void CodeView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    layoutNumbers();
}

void CodeView::restyle() {
    layoutNumbers();
    showSpans();
}

void CodeView::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    // m_numbers is absent while the base class is still being made.
    if (m_numbers && (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange ||
                      event->type() == QEvent::PaletteChange))
        restyle();
}

bool CodeView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int position = cursorForPosition(help->pos()).position();
        for (const CodeSpan& span : m_spans) {
            if (position < span.begin || position > span.begin + span.length || span.tooltip.isEmpty())
                continue;
            QToolTip::showText(help->globalPos(), span.tooltip, this);
            return true;
        }
        QToolTip::hideText();
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

}  // namespace studio::ui
