// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/overlay_plot.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/charts/chart_readout.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/overlay_plot_parts.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr double kSmoothing = 0.85;    // of losses and norms of single steps
constexpr double kDivergedRoom = 0.6;  // how far above the others a run that diverged may reach
constexpr double kClipShare = 0.99;    // of the points in sight of figures with spikes
constexpr double kNarrowest = 0.01;    // share of the whole where zooming in ends

bool isOfOneStep(OverlayPlot::Metric metric) {
    return metric == OverlayPlot::Metric::TrainLoss || metric == OverlayPlot::Metric::GradientNorm;
}

}  // namespace

OverlayPlot::OverlayPlot(QWidget* parent) : QWidget(parent), m_parts(std::make_unique<Parts>()) {
    setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_parts->plot = new QCustomPlot(this);
    layout->addWidget(m_parts->plot);
    makeParts();
    restyle();
    setAxis(Axis::Steps);
}

OverlayPlot::~OverlayPlot() = default;

void OverlayPlot::makeParts() {
    QCustomPlot& plot = *m_parts->plot;
    plot.setFocusProxy(this);
    plot.setMouseTracking(true);
    plot.installEventFilter(this);
    plot.setPlottingHint(QCP::phFastPolylines, true);
    plot.addLayer(QStringLiteral("crosshair"), plot.layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    m_parts->crosshairLayer = plot.layer(QStringLiteral("crosshair"));
    m_parts->crosshairLayer->setMode(QCPLayer::lmBuffered);  // moves without drawing the curves again
    m_parts->crosshair = new QCPItemLine(&plot);
    m_parts->crosshair->setLayer(m_parts->crosshairLayer);
    for (QCPItemPosition* end : {m_parts->crosshair->start, m_parts->crosshair->end}) {
        end->setTypeX(QCPItemPosition::ptPlotCoords);
        end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    m_parts->readout = new ChartReadout(this);
    plot.yAxis->setTicker(m_parts->valueTicker);
    // Only then is known where the axes stand.
    connect(&plot, &QCustomPlot::afterLayout, this, &OverlayPlot::placeLabels);
    hideCrosshair();
}

double OverlayPlot::xOf(const MetricsLine& line) const {
    switch (m_axis) {
        case Axis::Epochs:
            return line.epoch;
        case Axis::Time:
            return line.seconds;
        case Axis::Steps:
            break;
    }
    return static_cast<double>(line.step);
}

double OverlayPlot::yOf(const MetricsLine& line) const {
    switch (m_metric) {
        case Metric::TrainLoss:
            return line.loss;
        case Metric::LearningRate:
            // The line of an evaluation before the first step has none.
            return std::isfinite(line.loss) ? line.learningRate : std::nan("");
        case Metric::GradientNorm:
            return std::isfinite(line.loss) ? line.gradNorm : std::nan("");
        case Metric::EvalLoss:
            break;
    }
    return line.evalLoss;
}

void OverlayPlot::setCurves(const QVector<OverlayCurve>& curves) {
    m_curves.clear();
    for (const OverlayCurve& curve : curves) m_curves.append({curve, {}, {}});
    rebuildGraphs();
    readSeries();
}

void OverlayPlot::setMetric(Metric metric) {
    m_metric = metric;
    readSeries();
}

void OverlayPlot::setAxis(Axis axis) {
    m_axis = axis;
    m_zoomed = false;  // steps that were in sight are no seconds
    m_parts->plot->xAxis->setTicker(m_parts->tickerOf(axis));
    hideCrosshair();
    readSeries();
}

void OverlayPlot::setLogAxis(bool on) {
    m_log = on;
    QCPAxis* axis = m_parts->plot->yAxis;
    axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis->setTicker(on ? QSharedPointer<QCPAxisTicker>(m_parts->logTicker) : m_parts->valueTicker);
    refresh();
}

void OverlayPlot::readSeries() {
    for (Shown& each : m_curves) {
        each.raw.clear();
        if (!each.curve.lines) continue;
        for (const MetricsLine& line : *each.curve.lines) each.raw.append(xOf(line), yOf(line));
        each.shown = isOfOneStep(m_metric) ? each.raw.smoothed(kSmoothing) : each.raw;
    }
    m_parts->stepTicker->setLastStep(fullRange());
    if (!m_zoomed) m_parts->plot->xAxis->setRange(0, fullRange());
    refresh();
    const QString description = describe();
    if (description != accessibleName()) setAccessibleName(description);
}

bool OverlayPlot::hasData() const {
    return std::any_of(m_curves.begin(), m_curves.end(),
                       [](const Shown& each) { return !each.shown.isEmpty(); });
}

double OverlayPlot::fullRange() const {
    double last = 0.0;
    for (const Shown& each : m_curves) last = std::max(last, each.shown.lastX());
    return last > 0.0 ? last : 1.0;
}

void OverlayPlot::fit() {
    m_zoomed = false;
    m_parts->plot->xAxis->setRange(0, fullRange());
    refresh();
}

// One graph a run for its line, one for the cross at the end of a run that diverged, one text for its name.
void OverlayPlot::rebuildGraphs() {
    Parts& p = *m_parts;
    p.plot->clearGraphs();
    for (QCPItemText* label : p.labels) p.plot->removeItem(label);
    p.lines.clear();
    p.crosses.clear();
    p.labels.clear();
    for (qsizetype i = 0; i < m_curves.size(); ++i) {
        p.lines.push_back(p.plot->addGraph());
        p.crosses.push_back(p.plot->addGraph());
        auto* label = new QCPItemText(p.plot);
        label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        label->setClipToAxisRect(false);
        label->setLayer(QStringLiteral("axes"));  // above all lines
        label->position->setType(QCPItemPosition::ptAbsolute);
        p.labels.push_back(label);
    }
    restyle();
}

void OverlayPlot::restyle() {
    const ThemeTokens& tokens = tokensOf(this);
    Parts& p = *m_parts;
    applyChartStyle(*p.plot, tokens);
    p.plot->setLocale(QLocale());
    p.valueTicker->setFormat([this](double y) { return yText(y); });
    for (qsizetype i = 0; i < m_curves.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const SeriesStyle& style = tokens.series[static_cast<std::size_t>(m_curves[i].curve.style)];
        p.lines[at]->setPen(seriesPen(style, 2));
        p.crosses[at]->setLineStyle(QCPGraph::lsNone);
        p.crosses[at]->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCross, QPen(style.color, 2), Qt::NoBrush, kCrossSize));
        p.labels[at]->setFont(roleFont(TextRole::Caption));
        p.labels[at]->setColor(tokens.text);
        p.labels[at]->setBrush(tokens.base);  // where a name cannot help standing upon a line
    }
    QPen pen(tokens.text2, 1);
    pen.setDashPattern({2, 3});
    p.crosshair->setPen(pen);
}

void OverlayPlot::refresh() {
    Parts& p = *m_parts;
    rescaleY();
    for (qsizetype i = 0; i < m_curves.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        showSeries(*p.lines[at], m_curves[i].shown);
        p.crosses[at]->data()->clear();  // placed with the names, when the chart has its size
    }
    // Room at the right for the names of the runs that go to the end.
    const QFontMetrics metrics(roleFont(TextRole::Caption));
    int widest = 0;
    for (const Shown& each : m_curves)
        widest = std::max(widest, metrics.horizontalAdvance(labelText(each.curve, wordRoom(kWidestLabel))));
    p.plot->axisRect()->setMinimumMargins(
        QMargins(0, kTopMargin, widest > 0 ? widest + kLabelGap + 4 : 12, 0));
    requestReplot(*p.plot);
    if (m_crosshair) showCrosshair(*m_crosshair);
}

// A run that diverged must not flatten the others: it runs out at the top of the chart.
void OverlayPlot::rescaleY() {
    QCPAxis* axis = m_parts->plot->yAxis;
    const QCPRange x = m_parts->plot->xAxis->range();
    std::optional<QPointF> calm, wild;
    const auto widen = [](std::optional<QPointF>& range, const QPointF& part) {
        range = range ? QPointF(std::min(range->x(), part.x()), std::max(range->y(), part.y())) : part;
    };
    for (const Shown& each : m_curves) {
        auto part = each.shown.yRange(x.lower, x.upper);
        if (!part) continue;
        if (isOfOneStep(m_metric)) {
            const auto most = each.shown.yQuantile(x.lower, x.upper, kClipShare);
            if (most) part->setY(std::max(*most, part->x()));
        }
        widen(each.curve.diverged ? wild : calm, *part);
    }
    QPointF range = calm.value_or(wild.value_or(QPointF(0, 1)));
    if (calm && wild) {
        const double room = std::max((calm->y() - calm->x()) * kDivergedRoom, 0.05 * calm->y());
        range.setX(std::min(calm->x(), wild->x()));
        range.setY(std::min(std::max(calm->y(), wild->y()), calm->y() + room));
    }
    if (m_log) {
        const double low = std::max(range.x(), 1e-9);
        axis->setRange(low / 1.1, std::max(range.y(), low) * 1.1);
        return;
    }
    const double pad = std::max((range.y() - range.x()) * 0.06, range.y() * 0.01);
    axis->setRange(std::max(0.0, range.x() - pad), range.y() + std::max(pad, 1e-9));
}

int OverlayPlot::drawnPoints(int curve) const {
    return m_parts->lines[static_cast<std::size_t>(curve)]->dataCount();
}

QPointF OverlayPlot::visibleX() const {
    const QCPRange range = m_parts->plot->xAxis->range();
    return {range.lower, range.upper};
}

QPointF OverlayPlot::visibleY() const {
    const QCPRange range = m_parts->plot->yAxis->range();
    return {range.lower, range.upper};
}

void OverlayPlot::zoom(double factor, double aroundX) {
    QCPAxis* axis = m_parts->plot->xAxis;
    const double full = fullRange();
    const double width = std::clamp(axis->range().size() * factor, full * kNarrowest, full);
    const double share = (aroundX - axis->range().lower) / axis->range().size();
    const double lower = std::clamp(aroundX - share * width, 0.0, full - width);
    axis->setRange(lower, lower + width);
    m_zoomed = width < full;
    refresh();
}

void OverlayPlot::showCrosshair(double x) {
    // To the nearest point of any run: between two points nothing was measured.
    std::optional<double> nearest;
    for (const Shown& each : m_curves) {
        const auto point = each.raw.nearest(x);
        if (point && (!nearest || std::abs(point->x() - x) < std::abs(*nearest - x))) nearest = point->x();
    }
    if (!nearest) return hideCrosshair();
    m_crosshair = nearest;
    Parts& p = *m_parts;
    p.crosshair->start->setCoords(*nearest, 0);
    p.crosshair->end->setCoords(*nearest, 1);
    p.crosshair->setVisible(true);
    if (!p.plot->viewport().isEmpty()) p.crosshairLayer->replot();
    const QRect rect = p.plot->axisRect()->rect();
    p.readout->showAt(QPoint(qRound(p.plot->xAxis->coordToPixel(*nearest)), rect.top() + rect.height() / 4),
                      readoutText(*nearest));
}

// To the next point of any run, or ten points on.
void OverlayPlot::moveCrosshair(int by) {
    std::vector<double> places;
    for (const Shown& each : m_curves)
        for (const QPointF& point : each.raw.points()) places.push_back(point.x());
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    if (places.empty()) return;
    if (!m_crosshair) return showCrosshair(places.back());
    const auto here = std::lower_bound(places.begin(), places.end(), *m_crosshair) - places.begin();
    const auto last = static_cast<std::ptrdiff_t>(places.size()) - 1;
    showCrosshair(places[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(here + by, 0, last))]);
}

void OverlayPlot::hideCrosshair() {
    m_crosshair.reset();
    const bool wasVisible = m_parts->crosshair->visible();
    m_parts->crosshair->setVisible(false);
    m_parts->readout->hide();
    // Before the first drawing of the whole plot the layer has no buffer to draw into.
    if (wasVisible && isVisible()) m_parts->crosshairLayer->replot();
}

bool OverlayPlot::savePng(const QString& path) {
    hideCrosshair();
    return m_parts->plot->savePng(path, 0, 0, 2.0);
}

void OverlayPlot::keyPressEvent(QKeyEvent* event) {
    const int stride = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    const double around = m_crosshair.value_or(m_parts->plot->xAxis->range().center());
    switch (event->key()) {
        case Qt::Key_Left:
            return moveCrosshair(-stride);
        case Qt::Key_Right:
            return moveCrosshair(stride);
        case Qt::Key_Plus:
            return zoom(0.7, around);
        case Qt::Key_Minus:
            return zoom(1.0 / 0.7, around);
        case Qt::Key_0:
            return fit();
        case Qt::Key_Escape:
            if (m_crosshair) return hideCrosshair();
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

bool OverlayPlot::eventFilter(QObject* watched, QEvent* event) {
    QCPAxis* axis = m_parts->plot->xAxis;
    switch (event->type()) {
        case QEvent::Wheel: {
            const auto* wheel = static_cast<QWheelEvent*>(event);
            const double notches = wheel->angleDelta().y() / 120.0;
            if (notches != 0.0) zoom(std::pow(0.85, notches), axis->pixelToCoord(wheel->position().x()));
            return true;
        }
        case QEvent::MouseButtonPress: {
            const auto* mouse = static_cast<QMouseEvent*>(event);
            setFocus(Qt::MouseFocusReason);
            if (mouse->button() == Qt::LeftButton) m_dragFrom = axis->pixelToCoord(mouse->position().x());
            return mouse->button() == Qt::LeftButton;
        }
        case QEvent::MouseButtonRelease:
            m_dragFrom.reset();
            return true;
        case QEvent::MouseButtonDblClick:
            fit();
            return true;
        case QEvent::MouseMove: {
            const double x = axis->pixelToCoord(static_cast<QMouseEvent*>(event)->position().x());
            if (!m_dragFrom) {
                showCrosshair(x);
                return true;
            }
            const double width = axis->range().size();
            const double lower = std::clamp(axis->range().lower + *m_dragFrom - x, 0.0, fullRange() - width);
            axis->setRange(lower, lower + width);
            refresh();
            return true;
        }
        case QEvent::Leave:
            hideCrosshair();
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

void OverlayPlot::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuRequested(event->globalPos());
}

void OverlayPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (!m_parts->crosshair) return;
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange) {
        restyle();
        refresh();
        setAccessibleName(describe());
    }
}

void OverlayPlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    refresh();  // another number of pixel columns
}

}  // namespace studio::ui
