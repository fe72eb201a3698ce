// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The painting of the token view: chips, folds, the cutoff mark and the legend.
#include <QEvent>
#include <QLocale>
#include <QPainter>

#include "ui/theme/theme.h"
#include "ui/widgets/token_view.h"

namespace studio::ui {

namespace {

const TokenStyle& styleOf(const ThemeTokens& t, TokenChip::Kind kind) {
    switch (kind) {
        case TokenChip::Kind::Response:
            return t.tokenResponse;
        case TokenChip::Kind::End:
            return t.tokenEnd;
        case TokenChip::Kind::Cut:
            return t.tokenCut;
        case TokenChip::Kind::Prompt:
            break;
    }
    return t.tokenPrompt;
}

// Ground and line of a chip: what tells the kinds apart without colour is underline, box, dashed box.
void paintGround(QPainter& painter, const ThemeTokens& tokens, TokenChip::Kind kind, const QRect& box) {
    const TokenStyle& style = styleOf(tokens, kind);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool boxed = kind == TokenChip::Kind::End || kind == TokenChip::Kind::Cut;
    painter.setBrush(style.fill);
    if (boxed) {
        QPen pen(style.line, 1);
        if (kind == TokenChip::Kind::Cut) pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(box, 2, 2);
        if (style.line.isValid()) painter.fillRect(box.left(), box.bottom() - 1, box.width(), 2, style.line);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

// Marks of spaces and line breaks stand back behind the letters.
void paintLabel(QPainter& painter, const QRect& box, const QString& label, const QColor& color, bool struck) {
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shown = metrics.elidedText(label, Qt::ElideRight, box.width() - 6);
    const int width = metrics.horizontalAdvance(shown);
    int x = box.left() + (box.width() - width) / 2;
    const int baseline = box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent();
    const auto isMark = [](QChar c) { return c == u'·' || c == u'⏎' || c == u'→'; };
    for (int i = 0; i < shown.size();) {
        int end = i;
        while (end < shown.size() && isMark(shown[end]) == isMark(shown[i])) ++end;
        const QString part = shown.mid(i, end - i);
        QColor pen = color;
        if (isMark(shown[i])) pen.setAlphaF(0.55f);
        painter.setPen(pen);
        painter.drawText(x, baseline, part);
        x += metrics.horizontalAdvance(part);
        i = end;
    }
    if (struck) {
        painter.setPen(color);
        const int middle = baseline - metrics.xHeight() / 2;
        painter.drawLine(box.left() + (box.width() - width) / 2, middle, x, middle);
    }
}

}  // namespace

void TokenView::paintChip(QPainter& painter, const TokenLayout::Cell& cell) const {
    const ThemeTokens& tokens = tokensOf(this);
    const TokenChip& token = m_tokens[cell.index];
    const QRect box(cell.rect.left(), cell.rect.top(), cell.rect.width(), m_layout.chipHeight());
    const bool selected =
        cell.index >= std::min(m_anchor, m_current) && cell.index <= std::max(m_anchor, m_current);
    paintGround(painter, tokens, token.kind, box);
    painter.setFont(roleFont(TextRole::Code));
    paintLabel(painter, box.adjusted(0, 0, 0, -1), m_layout.label(cell.index),
               styleOf(tokens, token.kind).text, token.kind == TokenChip::Kind::Cut);
    if (selected && (hasFocus() || m_anchor != m_current)) {
        painter.setPen(QPen(tokens.accentText, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(0, 0, 0, 0));
    }
    if (!m_layout.idsVisible()) return;
    painter.setFont(roleFont(TextRole::Caption));
    painter.setPen(tokens.text3);
    painter.drawText(QRect(cell.rect.left() - 4, box.bottom() + 1, cell.rect.width() + 8,
                           cell.rect.bottom() - box.bottom()),
                     Qt::AlignHCenter | Qt::AlignTop, QString::number(token.id));
}

void TokenView::paintFold(QPainter& painter, const TokenLayout::Cell& cell) const {
    const ThemeTokens& tokens = tokensOf(this);
    const auto& fold = m_layout.folds()[static_cast<std::size_t>(cell.index)];
    const QRect box(cell.rect.left(), cell.rect.top(), cell.rect.width(), m_layout.chipHeight());
    paintGround(painter, tokens, TokenChip::Kind::Prompt, box);
    painter.setFont(roleFont(TextRole::Secondary));
    painter.setPen(tokens.tokenPrompt.text);
    painter.setBrush(tokens.tokenPrompt.text);
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal middle = box.top() + box.height() / 2.0;
    const QPointF triangle[] = {
        {box.left() + 7.0, middle - 4}, {box.left() + 13.0, middle}, {box.left() + 7.0, middle + 4}};
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(triangle, 3);
    painter.restore();
    painter.drawText(box.adjusted(18, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, fold.label);
    if (hasFocus() && m_current >= fold.begin && m_current < fold.end) {
        painter.setPen(QPen(tokens.accentText, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TokenView::paintCutoff(QPainter& painter, const TokenLayout::Cell& cell) const {
    const ThemeTokens& tokens = tokensOf(this);
    const int x = cell.rect.center().x();
    painter.fillRect(x - 1, cell.rect.top() - 1, 2, m_layout.chipHeight() + 1, tokens.tokenCut.line);
    QFont font = roleFont(TextRole::Caption);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(tokens.tokenCut.text);
    const int top = cell.rect.top() + m_layout.chipHeight();
    if (m_layout.idsVisible())
        painter.drawText(QRect(x - 30, top, 60, cell.rect.bottom() - top + 1),
                         Qt::AlignHCenter | Qt::AlignTop, QString::number(m_cutoff));
}

TokenLegend::TokenLegend(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend: prompt tokens are not trained, response tokens are"));
}

int TokenLegend::layoutItems(QPainter* painter) const {
    const ThemeTokens& tokens = tokensOf(this);
    const QFont font = roleFont(TextRole::Secondary);
    const QFontMetrics metrics(font);
    const std::pair<TokenChip::Kind, QString> items[] = {{TokenChip::Kind::Prompt, tr("Prompt, not trained")},
                                                         {TokenChip::Kind::Response, tr("Response, trained")},
                                                         {TokenChip::Kind::End, tr("End")},
                                                         {TokenChip::Kind::Cut, tr("Cut off")}};
    int x = 0;
    for (const auto& [kind, text] : items) {
        const int width = metrics.horizontalAdvance(text);
        if (painter) {
            paintGround(*painter, tokens, kind, QRect(x, (height() - 12) / 2, 14, 12));
            painter->setFont(font);
            painter->setPen(tokens.text2);
            painter->drawText(QRect(x + 18, 0, width + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text);
        }
        x += 18 + width + 12;
    }
    return x - 12;
}

QSize TokenLegend::sizeHint() const {
    return {layoutItems(nullptr) + 2, 28};
}

QSize TokenLegend::minimumSizeHint() const {
    return {120, 28};
}

void TokenLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    layoutItems(&painter);
}

void TokenLegend::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Legend: prompt tokens are not trained, response tokens are"));
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

}  // namespace studio::ui
