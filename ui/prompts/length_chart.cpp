// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/length_chart.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr double kLabelRise = 6;  // of the words at the cutoff, above the plot

/// 1, 2 or 5 times a power of ten, about half of `most`.
qint64 roundTick(qint64 most) {
    qint64 tick = 1;
    for (int i = 0; tick * 2 < most; ++i) tick = i % 3 == 1 ? tick / 2 * 5 : tick * 2;
    return tick;
}

/// Where the axis of rows ends: a whole tick above the highest bar.
qint64 topOf(const LengthBars& bars) {
    const qint64 tick = roundTick(bars.most());
    return (bars.most() + tick - 1) / tick * tick;
}

}  // namespace

LengthChart::LengthChart(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

// With a large font it gives way to the table, whose four rows say the same.
QSize LengthChart::minimumSizeHint() const {
    constexpr int kRows = 3, kLeast = 48;
    return {200, std::max(kLeast, 84 - kRows * lineRoom(0))};
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

LengthChart::Frame LengthChart::frame() const {
    const QFontMetricsF metrics(roleFont(TextRole::Caption));
    const qint64 top = topOf(m_bars);
    Frame frame;
    const double left = metrics.horizontalAdvance(QLocale().toString(top)) + 8;
    frame.plot =
        QRectF(left, metrics.height() * 0.5 + 6, width() - left - 8, height() - metrics.height() * 1.5 - 10);
    const double tokens = static_cast<double>(m_bars.rows.size()) * m_bars.width;
    frame.perToken = frame.plot.width() / tokens;
    frame.perRow = frame.plot.height() / static_cast<double>(top);
    return frame;
}

void LengthChart::paintEvent(QPaintEvent*) {
    if (m_bars.rows.isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(roleFont(TextRole::Caption));
    const Frame where = frame();
    paintAxes(painter, where, topOf(m_bars));
    paintBars(painter, where);
    paintCutoff(painter, where);
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
    const double x = cutoffX(frame);
    const bool beyond = static_cast<double>(m_effect.cutoff) * frame.perToken > frame.plot.width();
    const QColor color = tokens.of(Series::EvalLoss).color;
    painter.setPen(QPen(color, 2));
    painter.drawLine(QPointF(x, frame.plot.top() - 2), QPointF(x, frame.plot.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double y = frame.plot.top() - 6;
    painter.drawPolygon(beyond ? QPolygonF{{x - 2, y}, {x + 6, y + 4}, {x - 2, y + 8}}
                               : QPolygonF{{x - 4, y}, {x + 4, y}, {x, y + 6}});
    const QStringList lines = cutoffLines(frame);
    const QRectF box = cutoffLabel(frame, x);
    painter.fillRect(box, tokens.base);  // over bars it could not be read
    const bool left = box.right() <= x;
    const QFont plain = painter.font();
    QFont bold = plain;
    bold.setWeight(QFont::DemiBold);
    const double height = box.height() / static_cast<double>(lines.size());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setFont(i == 0 ? bold : plain);
        painter.setPen(i == 0 ? tokens.text : tokens.text2);
        painter.drawText(QRectF(box.left(), box.top() + static_cast<double>(i) * height, box.width(), height),
                         (left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, lines[i]);
    }
}

double LengthChart::cutoffX(const Frame& frame) const {
    return std::min(frame.plot.left() + static_cast<double>(m_effect.cutoff) * frame.perToken,
                    frame.plot.right());
}

QRectF LengthChart::cutoffLabelRect() const {
    if (m_bars.rows.isEmpty()) return {};
    const Frame where = frame();
    return cutoffLabel(where, cutoffX(where));
}

// As many as have room above the axis; the table below says the rest.
QStringList LengthChart::cutoffLines(const Frame& frame) const {
    const QStringList all = {
        tr("cutoff %1").arg(QLocale().toString(m_effect.cutoff)),
        m_effect.cut == 0 ? tr("no row cut") : tr("%Ln row(s) cut", nullptr, static_cast<int>(m_effect.cut)),
        m_effect.dropped == 0 ? tr("none dropped")
                              : tr("%Ln row(s) dropped", nullptr, static_cast<int>(m_effect.dropped))};
    const double line = QFontMetricsF(roleFont(TextRole::Caption)).height();
    return all.mid(0, std::max(1, static_cast<int>((frame.plot.height() + kLabelRise) / line)));
}

// Inside the chart where it covers least of the bars, and of such places the one next to the mark.
QRectF LengthChart::cutoffLabel(const Frame& frame, double x) const {
    constexpr double kGap = 10;
    constexpr double kStep = 4;
    QFont bold = roleFont(TextRole::Caption);
    bold.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(bold);
    const QStringList lines = cutoffLines(frame);
    double wide = 0;
    for (const QString& line : lines) wide = std::max(wide, metrics.horizontalAdvance(line) + 4);
    const QSizeF size(wide, metrics.height() * static_cast<double>(lines.size()));
    QRectF best(QPointF(width() - wide, frame.plot.top() - kLabelRise), size);  // on the mark, if it must be
    double bestCost = std::numeric_limits<double>::infinity();
    for (double left = frame.plot.left() + 2; left + wide <= width(); left += kStep) {
        const QRectF place(QPointF(left, frame.plot.top() - kLabelRise), size);
        const double apart = std::max(left - x, x - place.right());
        if (apart < kGap) continue;  // on the mark
        const double cost = coveredBars(frame, place) * width() + apart;
        if (cost >= bestCost) continue;
        best = place;
        bestCost = cost;
    }
    return best;
}

// How much of the bars a rectangle lies over, in square pixels.
double LengthChart::coveredBars(const Frame& frame, const QRectF& rect) const {
    double area = 0;
    for (qsizetype bar = 0; bar < m_bars.rows.size(); ++bar) {
        const double high = static_cast<double>(m_bars.rows[bar]) * frame.perRow;
        const QRectF drawn(frame.plot.left() + static_cast<double>(bar) * m_bars.width * frame.perToken,
                           frame.plot.bottom() - high, m_bars.width * frame.perToken, high);
        const QRectF both = drawn.intersected(rect);
        area += both.width() * both.height();
    }
    return area;
}

}  // namespace studio::ui
