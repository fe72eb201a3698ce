// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an OverlayPlot says in words and figures: names at the lines' ends, read-out, description, table.
#include <algorithm>
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

QString OverlayPlot::labelText(const OverlayCurve& curve, int width) const {
    const QString text = curve.diverged ? tr("%1: diverged").arg(curve.name) : curve.name;
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    if (metrics.horizontalAdvance(text) <= width) return text;
    // What happened is said in any case: the name gives way.
    const QString said = curve.diverged ? tr("%1: diverged").arg(QString()) : QString();
    const int room = std::max(24, width - metrics.horizontalAdvance(said));
    const QString name = metrics.elidedText(curve.name, Qt::ElideMiddle, room);
    return curve.diverged ? tr("%1: diverged").arg(name) : name;
}

void OverlayPlot::placeLabels() {
    for (int i = 0; i < curveCount(); ++i) placeLabel(i);
    spreadLabels();
}

// At the end of the line, or where it leaves the picture.
void OverlayPlot::placeLabel(int curve) {
    Parts& p = *m_parts;
    QCPItemText& label = *p.labels[static_cast<std::size_t>(curve)];
    const MetricSeries& series = m_curves[curve].shown;
    const QCPRange x = p.plot->xAxis->range();
    const auto end = series.nearest(std::min(series.lastX(), x.upper));
    const bool visible = end && series.lastX() >= x.lower && series.points().front().x() <= x.upper;
    label.setVisible(visible);
    if (!visible) return;
    const QRect area = p.plot->axisRect()->rect();
    const double right = std::min(p.plot->xAxis->coordToPixel(end->x()), double(area.right()));
    const double y =
        std::clamp(p.plot->yAxis->coordToPixel(end->y()), double(area.top()), double(area.bottom()));
    label.setText(labelText(m_curves[curve].curve, kWidestLabel));
    label.position->setCoords(right + kLabelGap, y);
}

// Names that would stand on each other move apart, in the order of their lines.
void OverlayPlot::spreadLabels() {
    Parts& p = *m_parts;
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    const double height = metrics.height();
    const QRect area = p.plot->axisRect()->rect();
    std::vector<QCPItemText*> shown;
    for (QCPItemText* label : p.labels)
        if (label->visible()) shown.push_back(label);
    std::sort(shown.begin(), shown.end(), [](const QCPItemText* a, const QCPItemText* b) {
        return a->position->coords().y() < b->position->coords().y();
    });
    const auto left = [](const QCPItemText* label) { return label->position->coords().x(); };
    const auto right = [&](const QCPItemText* label) {
        return left(label) + metrics.horizontalAdvance(label->text());
    };
    const auto push = [&](QCPItemText* moved, const QCPItemText* fixed, int direction) {
        if (left(moved) > right(fixed) || left(fixed) > right(moved)) return;
        const double apart = (moved->position->coords().y() - fixed->position->coords().y()) * direction;
        if (apart < height)
            moved->position->setCoords(left(moved), fixed->position->coords().y() + direction * height);
    };
    for (std::size_t i = 1; i < shown.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) push(shown[i], shown[k], 1);
    // What was pushed out at the bottom comes back and pushes the others up.
    if (shown.empty()) return;
    QCPItemText* lowest = shown.back();
    const double most = area.bottom() - height / 2;
    if (lowest->position->coords().y() > most) lowest->position->setCoords(left(lowest), most);
    for (std::size_t i = shown.size() - 1; i-- > 0;)
        for (std::size_t k = shown.size() - 1; k > i; --k) push(shown[i], shown[k], -1);
}

QVector<QPair<QString, QRectF>> OverlayPlot::endLabels() const {
    QVector<QPair<QString, QRectF>> labels;
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    for (const QCPItemText* label : m_parts->labels) {
        if (!label->visible()) continue;
        const QPointF place = label->position->pixelPosition();
        labels.append({label->text(), QRectF(place.x(), place.y() - metrics.height() / 2.0,
                                             metrics.horizontalAdvance(label->text()), metrics.height())});
    }
    return labels;
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
