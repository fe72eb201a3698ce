// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_style.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/qcustomplot_header.h"
#include "ui/theme/theme.h"

namespace studio::ui {

void applyChartStyle(QCustomPlot& plot, const ThemeTokens& tokens) {
    plot.setBackground(QBrush(tokens.base));
    const QPen axisPen(tokens.axis, 1);
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(axisPen);
        axis->setTickPen(axisPen);
        axis->setSubTicks(false);
        axis->setNumberFormat(QStringLiteral("g"));  // no typeset powers: rates are written 5e-4 everywhere
        axis->setTickLabelColor(tokens.text2);
        axis->setTickLabelFont(roleFont(TextRole::Caption));
        axis->setTickLabelPadding(4);
        axis->setTickLengthOut(0);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    plot.xAxis->setTickLengthIn(0);
    plot.xAxis->setTickLengthOut(3);
    plot.xAxis->grid()->setVisible(false);
    plot.yAxis->setBasePen(Qt::NoPen);
    plot.yAxis->setTickLength(0, 0);
    plot.yAxis->grid()->setPen(QPen(tokens.grid, 1));
    plot.yAxis->grid()->setVisible(true);
}

QString chartNumber(double value, int decimals) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    return QLocale().toString(value, 'f', decimals);
}

QString lossText(double loss) {
    return chartNumber(loss, std::isfinite(loss) && loss != 0.0 && std::abs(loss) < 0.1 ? 4 : 2);
}

QString rateText(double rate) {
    if (!std::isfinite(rate)) return QStringLiteral("–");
    if (rate == 0.0) return QStringLiteral("0");
    if (rate >= 0.01) return QLocale().toString(rate, 'g', 3);
    // printf writes 2.00e-05; people write 2e-5.
    const int exponent = static_cast<int>(std::floor(std::log10(rate) + 1e-9));
    const double mantissa = std::round(rate / std::pow(10.0, exponent) * 100.0) / 100.0;
    return QLocale().toString(mantissa, 'g', 3) + QStringLiteral("e%1").arg(exponent);
}

void keepRoomForStep(QCustomPlot& plot, double step) {
    constexpr int kLeast = 15;  // as QCustomPlot has it
    const QString figure = plot.locale().toString(static_cast<qlonglong>(std::llround(step)));
    const int half = QFontMetrics(plot.xAxis->tickLabelFont()).horizontalAdvance(figure) / 2 + 4;
    QMargins margins = plot.axisRect()->minimumMargins();
    margins.setRight(std::max(kLeast, half));
    plot.axisRect()->setMinimumMargins(margins);
}

void requestReplot(QCustomPlot& plot) {
    if (!plot.viewport().isEmpty()) plot.replot(QCustomPlot::rpQueuedReplot);
}

void paintFocusFrame(QWidget& chart) {
    if (!chart.hasFocus()) return;
    QPainter painter(&chart);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokensOf(&chart).accentText, 2));
    painter.drawRoundedRect(QRectF(chart.rect()).adjusted(1, 1, -1, -1), 3, 3);
}

void showSeries(QCPGraph& graph, const MetricSeries& series) {
    const QCPRange visible = graph.keyAxis()->range();
    const int columns = qMax(graph.keyAxis()->axisRect()->width(), 16);
    const QVector<QPointF> points = series.decimated(visible.lower, visible.upper, columns);
    QVector<QCPGraphData> data;
    data.reserve(points.size());
    for (const QPointF& point : points) data.append(QCPGraphData(point.x(), point.y()));
    graph.data()->set(data, true);
}

}  // namespace studio::ui
