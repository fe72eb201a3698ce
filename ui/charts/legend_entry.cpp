// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/legend_entry.h"

#include <QEvent>
#include <QPainter>

#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr int kStroke = 22;
constexpr int kGap = 4;

}  // namespace

LegendEntry::LegendEntry(Series series, QWidget* parent) : QWidget(parent), m_series(series) {}

void LegendEntry::setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize LegendEntry::sizeHint() const {
    const QFontMetrics metrics(roleFont(TextRole::Secondary));
    return {kStroke + kGap + metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

void LegendEntry::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeTokens& tokens = tokensOf(this);
    painter.setPen(seriesPen(tokens.of(m_series), 2));
    painter.drawLine(0, height() / 2, kStroke, height() / 2);
    painter.setPen(tokens.text2);
    painter.setFont(roleFont(TextRole::Secondary));
    painter.drawText(rect().adjusted(kStroke + kGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

void LegendEntry::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateGeometry();
}

}  // namespace studio::ui
