// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/loss_plot.h"

#include <QContextMenuEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/chart_style.h"
#include "ui/charts/loss_plot_parts.h"
#include "ui/theme/theme.h"

namespace studio::ui {

namespace {

constexpr double kRawOpacity = 0.45;
constexpr double kNarrowestSteps = 4.0;  // zooming in ends here
constexpr int kMostEpochMarks = 20;
constexpr double kClipShare = 0.98;     // of the train losses in sight
constexpr double kEpochTextGap = 20.0;  // pixels
constexpr int kMostCircles = 80;        // evaluations in sight; more would be a band, and slow

bool isStepLine(const MetricsLine& line) {
    return std::isfinite(line.loss);
}

/// The evaluations. The first and the last one stand on the edges of the chart: their circles are drawn
/// whole.
class EvalGraph : public QCPGraph {
public:
    using QCPGraph::QCPGraph;

protected:
    QRect clipRect() const override {
        constexpr int kHalfCircle = 5;
        return QCPGraph::clipRect().adjusted(-kHalfCircle, 0, kHalfCircle, 0);
    }
};

}  // namespace

LossPlot::LossPlot(QWidget* parent) : QWidget(parent), m_parts(std::make_unique<Parts>()) {
    setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);  // the frame of the focus
    m_parts->plot = new QCustomPlot(this);
    layout->addWidget(m_parts->plot);
    makeParts();
    restyle();
    reset(0, 0);
}

LossPlot::~LossPlot() = default;

void LossPlot::makeParts() {
    QCustomPlot& plot = *m_parts->plot;
    plot.setFocusProxy(this);
    plot.setMouseTracking(true);
    plot.installEventFilter(this);
    plot.setNoAntialiasingOnDrag(false);
    // Long antialiased paths are what a redraw costs; single strokes look the same and take a fraction of it.
    plot.setPlottingHint(QCP::phFastPolylines, true);
    plot.xAxis->setTicker(m_parts->stepTicker);
    plot.yAxis->setTicker(m_parts->linearTicker);
    plot.addLayer(QStringLiteral("crosshair"), plot.layer(QStringLiteral("overlay")), QCustomPlot::limBelow);
    m_parts->crosshairLayer = plot.layer(QStringLiteral("crosshair"));
    m_parts->crosshairLayer->setMode(QCPLayer::lmBuffered);  // moves without drawing the curves again

    m_parts->future = new QCPItemRect(&plot);
    m_parts->future->setLayer(QStringLiteral("background"));
    m_parts->future->setClipToAxisRect(true);
    m_parts->now = new QCPItemLine(&plot);
    m_parts->now->setLayer(QStringLiteral("grid"));
    m_parts->raw = plot.addGraph();
    m_parts->smoothed = plot.addGraph();
    m_parts->eval = new EvalGraph(plot.xAxis, plot.yAxis);
    m_parts->crosshair = new QCPItemLine(&plot);
    m_parts->crosshair->setLayer(m_parts->crosshairLayer);
    m_parts->mark = new QCPItemEllipse(&plot);
    m_parts->mark->setLayer(m_parts->crosshairLayer);
    m_parts->mark->setClipToAxisRect(false);
    m_parts->mark->topLeft->setType(QCPItemPosition::ptAbsolute);
    m_parts->mark->bottomRight->setType(QCPItemPosition::ptAbsolute);
    m_parts->readout = new ChartReadout(this);
    m_parts->pinned = new StepReadout(this);
    connect(m_parts->pinned, &StepReadout::closeRequested, this, &LossPlot::unpin);
    connect(m_parts->pinned, &StepReadout::rowsRequested, this, &LossPlot::askForRows);
    // Only then is known where the axes stand.
    connect(&plot, &QCustomPlot::afterLayout, this, &LossPlot::thinEpochTexts);
    hideCrosshair();
}

void LossPlot::restyle() {
    const ThemeTokens& tokens = tokensOf(this);
    applyChartStyle(*m_parts->plot, tokens);
    m_parts->plot->setLocale(QLocale());
    SeriesStyle raw = tokens.of(Series::TrainLoss);
    raw.color.setAlphaF(kRawOpacity);
    m_parts->raw->setPen(seriesPen(raw, 1));
    m_parts->smoothed->setPen(seriesPen(tokens.of(Series::TrainLoss), 2));
    const SeriesStyle& eval = tokens.of(Series::EvalLoss);
    m_parts->eval->setPen(seriesPen(eval, 2));
    m_parts->evalCircle =
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(eval.color, 2), QBrush(tokens.base), 7);
    m_parts->eval->setScatterStyle(m_parts->evalCircle);
    m_parts->future->setBrush(tokens.alternate);
    m_parts->future->setPen(Qt::NoPen);
    m_parts->now->setPen(QPen(tokens.axis, 1));
    m_parts->crosshair->setPen(QPen(tokens.text2, 1));
    m_parts->mark->setPen(QPen(tokens.text, 1.5));
    for (QCPItemLine* line : m_parts->epochLines) {
        QPen pen(tokens.border, 1);
        pen.setDashPattern({2, 3});
        line->setPen(pen);
    }
    for (QCPItemText* text : m_parts->epochTexts) {
        text->setColor(tokens.text3);
        text->setFont(roleFont(TextRole::Caption));
    }
    rescaleY();  // the style knows nothing of the decimals that the range needs
}

void LossPlot::reset(qint64 totalSteps, double stepsPerEpoch) {
    m_lines.clear();
    m_train.clear();
    m_smoothed.clear();
    m_eval.clear();
    m_totalSteps = totalSteps;
    m_stepsPerEpoch = stepsPerEpoch;
    m_parts->stepTicker->setLastStep(static_cast<double>(totalSteps));
    unpin();
    hideCrosshair();
    rebuildEpochMarks();
    fit();
}

void LossPlot::append(const QVector<MetricsLine>& lines) {
    for (const MetricsLine& line : lines) {
        const auto step = static_cast<double>(line.step);
        // An evaluation is a line of its own for a step that may have one already: they become one.
        if (!m_lines.isEmpty() && m_lines.back().step == line.step) {
            MetricsLine& last = m_lines.back();
            if (isStepLine(line)) last = MetricsLine(line);
            if (std::isfinite(line.evalLoss)) last.evalLoss = line.evalLoss;
        } else {
            m_lines.append(line);
        }
        m_train.append(step, line.loss);
        m_eval.append(step, line.evalLoss);
    }
    m_smoothed = m_train.smoothed(m_smoothing);
    if (m_follow) followNewest();
    refresh();
    const QString description = describe();
    if (description != accessibleName()) setAccessibleName(description);
}

double LossPlot::fullRange() const {
    const double newest = std::max(m_train.lastX(), m_eval.lastX());
    return std::max({static_cast<double>(m_totalSteps), newest, 1.0});
}

void LossPlot::fit() {
    m_parts->plot->xAxis->setRange(0, fullRange());
    if (!m_follow) {
        m_follow = true;
        Q_EMIT followChanged(true);
    }
    refresh();
}

void LossPlot::setFollow(bool on) {
    if (on == m_follow) return;
    m_follow = on;
    if (on) followNewest();
    refresh();
    Q_EMIT followChanged(on);
}

void LossPlot::followNewest() {
    QCPAxis* axis = m_parts->plot->xAxis;
    const double newest = std::max(m_train.lastX(), m_eval.lastX());
    if (newest <= axis->range().upper && newest >= axis->range().lower) return;
    const double width = axis->range().size();
    if (axis->range().lower <= 0.0) {
        axis->setRange(0, fullRange());  // the run is longer than was planned: all of it stays in sight
    } else {
        axis->setRange(newest - width * 0.9, newest + width * 0.1);
    }
}

void LossPlot::userMovedX() {
    if (m_follow) {
        m_follow = false;
        Q_EMIT followChanged(false);
    }
    refresh();
}

void LossPlot::panBy(double steps) {
    QCPAxis* axis = m_parts->plot->xAxis;
    const double width = axis->range().size();
    const double lower = std::clamp(axis->range().lower + steps, 0.0, std::max(0.0, fullRange() - width));
    if (lower == axis->range().lower) return;
    axis->setRange(lower, lower + width);
    userMovedX();
}

void LossPlot::zoom(double factor, double aroundX) {
    QCPAxis* axis = m_parts->plot->xAxis;
    const double full = fullRange();
    const double width = std::clamp(axis->range().size() * factor, std::min(kNarrowestSteps, full), full);
    const double share = (aroundX - axis->range().lower) / axis->range().size();
    const double lower = std::clamp(aroundX - share * width, 0.0, full - width);
    axis->setRange(lower, lower + width);
    userMovedX();
}

void LossPlot::setSmoothing(double weight) {
    m_smoothing = std::clamp(weight, 0.0, 0.99);
    m_smoothed = m_train.smoothed(m_smoothing);
    refresh();
}

void LossPlot::setLogAxis(bool on) {
    m_log = on;
    QCPAxis* axis = m_parts->plot->yAxis;
    axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis->setTicker(on ? QSharedPointer<QCPAxisTicker>(m_parts->logTicker) : m_parts->linearTicker);
    m_parts->logTicker->setLogBase(2);
    refresh();
}

void LossPlot::setClip(bool on) {
    m_clip = on;
    refresh();
}

void LossPlot::refresh() {
    Parts& p = *m_parts;
    showSeries(*p.raw, m_train);
    showSeries(*p.smoothed, m_smoothed);
    showSeries(*p.eval, m_eval);
    p.raw->setVisible(m_smoothing > 0.0);
    p.eval->setScatterStyle(p.eval->dataCount() > kMostCircles ? QCPScatterStyle() : p.evalCircle);
    rescaleY();
    keepRoomForStep(*p.plot, fullRange());
    const double newest = std::max(m_train.lastX(), m_eval.lastX());
    const bool more = !m_lines.isEmpty() && newest < static_cast<double>(m_totalSteps);
    p.future->setVisible(more);
    p.now->setVisible(more);
    placeInAxisHeight(p.future->topLeft, newest, 0);
    placeInAxisHeight(p.future->bottomRight, static_cast<double>(m_totalSteps), 1);
    placeInAxisHeight(p.now->start, newest, 0);
    placeInAxisHeight(p.now->end, newest, 1);
    requestReplot(*p.plot);
    if (m_crosshair) showCrosshair(static_cast<double>(*m_crosshair));
    if (visibleSteps() != m_toldSteps) {
        m_toldSteps = visibleSteps();
        Q_EMIT visibleStepsChanged();
    }
}

// In a low chart with a large font the figures of the axis would stand on each other.
void LossPlot::thinLosses() {
    constexpr int kLeastFigures = 2, kMostFigures = 5;
    const int line = QFontMetrics(roleFont(TextRole::Caption)).height();
    const int axis = height() - 3 * line;  // below it are the steps
    m_parts->linearTicker->setTickCount(std::clamp(axis / (2 * line), kLeastFigures, kMostFigures));
}

int LossPlot::lossFigures() const {
    return static_cast<int>(m_parts->plot->yAxis->tickVectorLabels().size());
}

void LossPlot::rescaleY() {
    QCPAxis* axis = m_parts->plot->yAxis;
    const QCPRange x = m_parts->plot->xAxis->range();
    std::optional<QPointF> range;
    for (const MetricSeries* series : {&m_train, &m_eval}) {
        const auto part = series->yRange(x.lower, x.upper);
        if (!part) continue;
        if (!range)
            range = part;
        else
            range = QPointF(std::min(range->x(), part->x()), std::max(range->y(), part->y()));
    }
    if (!range) range = QPointF(0, 1);
    if (const auto top = m_clip ? m_train.yQuantile(x.lower, x.upper, kClipShare) : std::nullopt)
        range->setY(std::max(*top, range->x()));
    if (m_log) {
        const double low = std::max(range->x(), 1e-6);
        axis->setRange(low / 1.1, std::max(range->y(), low) * 1.1);
    } else {
        const double pad = std::max((range->y() - range->x()) * 0.06, 0.02);
        axis->setRange(std::max(0.0, range->x() - pad), range->y() + pad);
    }
    axis->setNumberFormat(QStringLiteral("f"));
    axis->setNumberPrecision(axis->range().size() < 0.5 ? 3 : axis->range().size() < 2.0 ? 2 : 1);
}

void LossPlot::rebuildEpochMarks() {
    for (QCPItemLine* line : m_parts->epochLines) m_parts->plot->removeItem(line);
    for (QCPItemText* text : m_parts->epochTexts) m_parts->plot->removeItem(text);
    m_parts->epochLines.clear();
    m_parts->epochTexts.clear();
    if (m_stepsPerEpoch < 1.0 || static_cast<double>(m_totalSteps) / m_stepsPerEpoch > kMostEpochMarks)
        return;
    for (int epoch = 2; (epoch - 1) * m_stepsPerEpoch < static_cast<double>(m_totalSteps) - 0.5; ++epoch) {
        const double x = (epoch - 1) * m_stepsPerEpoch;
        auto* line = new QCPItemLine(m_parts->plot);
        line->setLayer(QStringLiteral("grid"));
        placeInAxisHeight(line->start, x, 0);
        placeInAxisHeight(line->end, x, 1);
        auto* text = new QCPItemText(m_parts->plot);
        text->setLayer(QStringLiteral("grid"));
        // At the top: a loss that falls leaves that corner free.
        text->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        text->setPadding(QMargins(4, 2, 0, 0));
        placeInAxisHeight(text->position, x, 0);
        text->setText(tr("epoch %1").arg(epoch));
        m_parts->epochLines.push_back(line);
        m_parts->epochTexts.push_back(text);
    }
    restyle();
}

// As many of the epochs' names as have room: every one, every second, every fifth and so on.
void LossPlot::thinEpochTexts() {
    if (m_parts->epochTexts.empty()) return;
    const QCPAxis& axis = *m_parts->plot->xAxis;
    const double apart = axis.coordToPixel(m_stepsPerEpoch) - axis.coordToPixel(0);
    const double widest = QFontMetricsF(m_parts->epochTexts.back()->font())
                              .horizontalAdvance(m_parts->epochTexts.back()->text());
    const double right = axis.axisRect()->right();
    const double now = axis.coordToPixel(std::max(m_train.lastX(), m_eval.lastX()));
    int each = 1;
    for (const int candidate : {1, 2, 5, 10}) {
        each = candidate;
        if (apart * candidate >= widest + kEpochTextGap) break;
    }
    for (std::size_t i = 0; i < m_parts->epochTexts.size(); ++i) {
        const auto epoch = static_cast<int>(i) + 2;
        const double left = axis.coordToPixel((epoch - 1) * m_stepsPerEpoch);
        const bool chosen = each == 1 || epoch % each == 0;
        const double end = left + widest + 4;
        // The line of the newest step would go through the word.
        const bool crossed = m_parts->now->visible() && now >= left + 2 && now <= end + 2;
        m_parts->epochTexts[i]->setVisible(chosen && left >= axis.axisRect()->left() && end < right &&
                                           !crossed);
    }
}

QVector<QRectF> LossPlot::epochNames() const {
    QVector<QRectF> places;
    for (const QCPItemText* text : m_parts->epochTexts) {
        if (text->visible())
            places.append({text->topLeft->pixelPosition(), text->bottomRight->pixelPosition()});
    }
    return places;
}

QPointF LossPlot::visibleSteps() const {
    const QCPRange range = m_parts->plot->xAxis->range();
    return {range.lower, range.upper};
}

QPointF LossPlot::visibleLoss() const {
    const QCPRange range = m_parts->plot->yAxis->range();
    return {range.lower, range.upper};
}

bool LossPlot::savePng(const QString& path) {
    if (!m_pinned) hideCrosshair();
    return m_parts->plot->savePng(path, 0, 0, 2.0);
}

void LossPlot::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT menuRequested(event->globalPos());
}

void LossPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (!m_parts->raw) return;
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange) {
        rebuildEpochMarks();
        translatePinned();
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::PaletteChange || event->type() == QEvent::LanguageChange) {
        restyle();
        requestReplot(*m_parts->plot);
    }
}

void LossPlot::paintEvent(QPaintEvent*) {
    paintFocusFrame(*this);
}

void LossPlot::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    update();
}

void LossPlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void LossPlot::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    thinLosses();
    refresh();  // another number of pixel columns
}

}  // namespace studio::ui
