// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/length_chart.h"

#include <QLocale>
#include <QPainter>
#include <cmath>

#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

/// 1, 2 or 5 times a power of ten, about half of `most`.
qint64 roundTick(qint64 most) {
    qint64 tick = 1;
    for (int i = 0; tick * 2 < most; ++i) tick = i % 3 == 1 ? tick / 2 * 5 : tick * 2;
    return tick;
}

}  // namespace

LengthChart::LengthChart(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LengthChart::setBars(const LengthBars& bars, const CutoffEffect& effect) {
    m_bars = bars;
    m_effect = effect;
    const QLocale locale;
    setAccessibleName(tr("Row lengths, cutoff %1, %2 rows cut, %3 dropped")
                          .arg(locale.toString(effect.cutoff), locale.toString(effect.cut),
                               locale.toString(effect.dropped)));
    update();
}

void LengthChart::clear() {
    m_bars = {};
    m_effect = {};
    setAccessibleName(tr("Row lengths, not counted"));
    update();
}

void LengthChart::paintEvent(QPaintEvent*) {
    if (m_bars.rows.isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(roleFont(TextRole::Caption));
    const QFontMetricsF metrics(painter.font());
    const qint64 tick = roundTick(m_bars.most());
    const qint64 top = (m_bars.most() + tick - 1) / tick * tick;
    Frame frame;
    const double left = metrics.horizontalAdvance(QLocale().toString(top)) + 8;
    frame.plot =
        QRectF(left, metrics.height() * 0.5 + 6, width() - left - 8, height() - metrics.height() * 1.5 - 10);
    const double tokens = static_cast<double>(m_bars.rows.size()) * m_bars.width;
    frame.perToken = frame.plot.width() / tokens;
    frame.perRow = frame.plot.height() / static_cast<double>(top);
    paintAxes(painter, frame, top);
    paintBars(painter, frame);
    paintCutoff(painter, frame);
}

void LengthChart::paintAxes(QPainter& painter, const Frame& frame, qint64 top) const {
    const ThemeTokens& tokens = tokensOf(this);
    const QLocale locale;
    const QFontMetricsF metrics(painter.font());
    const qint64 tick = roundTick(m_bars.most());
    for (qint64 rows = 0; rows <= top; rows += tick) {
        const double y = frame.plot.bottom() - static_cast<double>(rows) * frame.perRow;
        painter.setPen(rows == 0 ? tokens.axis : tokens.grid);
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y));
        painter.setPen(tokens.text3);
        painter.drawText(QRectF(0, y - metrics.height() / 2, frame.plot.left() - 6, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, locale.toString(rows));
    }
    const qsizetype bars = m_bars.rows.size();
    const int every = std::max<int>(1, static_cast<int>((bars + 3) / 4));
    for (int bar = 0; bar <= bars; bar += every) {
        const double x = frame.plot.left() + bar * m_bars.width * frame.perToken;
        const double wide = metrics.horizontalAdvance(QStringLiteral("0000000"));
        QRectF box(x - wide / 2, frame.plot.bottom() + 4, wide, metrics.height());
        if (box.right() > width()) box.moveRight(width());
        painter.drawText(box, Qt::AlignHCenter | Qt::AlignTop, locale.toString(bar * m_bars.width));
    }
}

void LengthChart::paintBars(QPainter& painter, const Frame& frame) const {
    const ThemeTokens& tokens = tokensOf(this);
    for (qsizetype bar = 0; bar < m_bars.rows.size(); ++bar) {
        const double high = static_cast<double>(m_bars.rows[bar]) * frame.perRow;
        if (high <= 0) continue;
        const double begin = static_cast<double>(bar) * m_bars.width;
        const QRectF rect(frame.plot.left() + begin * frame.perToken + 1,
                          frame.plot.bottom() - std::max(high, 1.5), m_bars.width * frame.perToken - 2,
                          std::max(high, 1.5));
        if (begin >= static_cast<double>(m_effect.cutoff)) {
            painter.setPen(QPen(tokens.of(Series::EvalLoss).color, 1));
            painter.setBrush(tokens.base);
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, 0));
        } else {
            painter.fillRect(rect, tokens.of(Series::TrainLoss).color);
        }
    }
}

void LengthChart::paintCutoff(QPainter& painter, const Frame& frame) const {
    const ThemeTokens& tokens = tokensOf(this);
    const QLocale locale;
    const double wanted = frame.plot.left() + static_cast<double>(m_effect.cutoff) * frame.perToken;
    const bool beyond = wanted > frame.plot.right();
    const double x = std::min(wanted, frame.plot.right());
    const QColor color = tokens.of(Series::EvalLoss).color;
    painter.setPen(QPen(color, 2));
    painter.drawLine(QPointF(x, frame.plot.top() - 2), QPointF(x, frame.plot.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double y = frame.plot.top() - 6;
    painter.drawPolygon(beyond ? QPolygonF{{x - 2, y}, {x + 6, y + 4}, {x - 2, y + 8}}
                               : QPolygonF{{x - 4, y}, {x + 4, y}, {x, y + 6}});
    QFont bold = painter.font();
    bold.setWeight(QFont::DemiBold);
    const QString name = tr("cutoff %1").arg(locale.toString(m_effect.cutoff));
    const double line = QFontMetricsF(painter.font()).height();
    const double wide = QFontMetricsF(bold).horizontalAdvance(name) + 4;
    // At the right of the mark, where the short bars are; at its left where there is no room.
    const bool left = x + 10 + wide > width();
    const Qt::Alignment side = left ? Qt::AlignRight : Qt::AlignLeft;
    QRectF box(left ? x - 10 - 160 : x + 10, frame.plot.top() - 6, 160, line);
    painter.setPen(tokens.text);
    const QFont plain = painter.font();
    painter.setFont(bold);
    painter.drawText(box, side | Qt::AlignVCenter, name);
    painter.setFont(plain);
    painter.setPen(tokens.text2);
    box.translate(0, line);
    painter.drawText(
        box, side | Qt::AlignVCenter,
        m_effect.cut == 0 ? tr("no row cut") : tr("%n row(s) cut", nullptr, static_cast<int>(m_effect.cut)));
    box.translate(0, line);
    painter.drawText(box, side | Qt::AlignVCenter,
                     m_effect.dropped == 0
                         ? tr("none dropped")
                         : tr("%n row(s) dropped", nullptr, static_cast<int>(m_effect.dropped)));
}

}  // namespace studio::ui
