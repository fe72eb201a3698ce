// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_readout.h"

#include <QPainter>

#include "ui/charts/readout_place.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr int kMargin = 10;

}  // namespace

ChartReadout::ChartReadout(QWidget* parent) : QLabel(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setTextFormat(Qt::RichText);
    setContentsMargins(kMargin, kMargin - 4, kMargin, kMargin - 4);
    setTextRole(this, TextRole::Secondary);
    hide();
}

void ChartReadout::showAt(const QPoint& point, const QString& richText) {
    setText(richText);
    resize(sizeHint());
    showBeside(this, point);
}

void ChartReadout::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const ThemeTokens& tokens = tokensOf(this);
        painter.setPen(QPen(tokens.field, 1));
        painter.setBrush(tokens.base);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
    QLabel::paintEvent(event);
}

}  // namespace studio::ui
