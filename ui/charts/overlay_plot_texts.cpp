// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an OverlayPlot says in words and figures: read-out, description, table.
#include <cmath>
#include <map>

#include "ui/charts/chart_readout.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/overlay_plot.h"
#include "ui/charts/overlay_plot_parts.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

QString clock(double seconds) {
    const auto whole = static_cast<qint64>(std::llround(seconds));
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (whole >= 3600)
        return QStringLiteral("%1:%2:%3").arg(whole / 3600).arg(two(whole / 60 % 60), two(whole % 60));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(two(whole % 60));
}

}  // namespace

double ClockTicker::getTickStep(const QCPRange& range) {
    const double wanted = range.size() / tickCount();
    for (const int step : {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200}) {
        if (step >= wanted) return step;
    }
    return std::ceil(wanted / 86400.0) * 86400.0;
}

QString ClockTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    return clock(tick);
}

QString OverlayPlot::xText(double x) const {
    switch (m_axis) {
        case Axis::Epochs:
            return tr("Epoch %1").arg(chartNumber(x));
        case Axis::Time:
            return tr("After %1").arg(clock(x));
        case Axis::Steps:
            break;
    }
    return tr("Step %1").arg(QLocale().toString(qlonglong(std::llround(x))));
}

QString OverlayPlot::yText(double y) const {
    if (m_metric == Metric::LearningRate) return rateText(y);
    const double size = m_parts->plot->yAxis->range().size();
    return chartNumber(y, size < 0.5 ? 3 : size < 2.0 ? 2 : 1);
}

QString OverlayPlot::readoutText(double x) const {
    QString rows;
    for (const Shown& each : m_curves) {
        const auto point = each.raw.nearest(x);
        // A run that has ended, or was not measured anywhere near, says nothing here.
        const double near = std::max(fullRange() * 0.01, 1.0);
        if (!point || std::abs(point->x() - x) > near) continue;
        const QString value =
            m_metric == Metric::LearningRate ? rateText(point->y()) : chartNumber(point->y(), 3);
        rows += QStringLiteral("<tr><td>%1</td><td align=\"right\">&nbsp;&nbsp;%2</td></tr>")
                    .arg(each.curve.name.toHtmlEscaped(), value);
    }
    return QStringLiteral("<b>%1</b><table cellspacing=\"0\" cellpadding=\"1\">%2</table>")
        .arg(xText(x), rows);
}

QString OverlayPlot::readout() const {
    return m_crosshair ? readoutText(*m_crosshair) : QString();
}

// What a screen reader says: each run with its newest figure.
QString OverlayPlot::describe() const {
    QStringList parts;
    for (const Shown& each : m_curves) {
        const auto last = each.raw.lastY();
        if (!last) continue;
        const QString value = m_metric == Metric::LearningRate ? rateText(*last) : chartNumber(*last);
        parts << (each.curve.diverged ? tr("%1 %2, diverged") : tr("%1 %2")).arg(each.curve.name, value);
    }
    if (parts.isEmpty()) return tr("Chart of the runs, empty");
    static const char* const kNames[] = {
        QT_TR_NOOP("Eval loss of the runs: %1"), QT_TR_NOOP("Train loss of the runs: %1"),
        QT_TR_NOOP("Learning rate of the runs: %1"), QT_TR_NOOP("Gradient norm of the runs: %1")};
    return tr(kNames[static_cast<int>(m_metric)]).arg(parts.join(QStringLiteral("; ")));
}

QString OverlayPlot::table(QChar separator) const {
    static const char* const kAxes[] = {"step", "epoch", "seconds"};
    QStringList head{QLatin1String(kAxes[static_cast<int>(m_axis)])};
    std::map<double, QVector<double>> rows;
    for (int i = 0; i < curveCount(); ++i) {
        head << m_curves[i].curve.name;
        for (const QPointF& point : m_curves[i].raw.points()) {
            QVector<double>& row = rows[point.x()];
            if (row.isEmpty()) row.fill(std::nan(""), curveCount());
            row[i] = point.y();
        }
    }
    QString text = head.join(separator) + QLatin1Char('\n');
    // The C locale: these numbers are read by programs. Nothing stands for a figure that a run has not got.
    for (const auto& [x, values] : rows) {
        QStringList cells{QString::number(x, 'g', 9)};
        for (const double value : values)
            cells << (std::isfinite(value) ? QString::number(value, 'g', 9) : QString());
        text += cells.join(separator) + QLatin1Char('\n');
    }
    return text;
}

}  // namespace studio::ui
