// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/small_chart.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/chart_style.h"
#include "ui/charts/qcustomplot_header.h"
#include "ui/charts/step_ticker.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

namespace studio::ui {

namespace {

constexpr double kClipShare = 0.98;
constexpr double kRawOpacity = 0.4;

/// 0 and one round number near the top.
class LevelTicker : public QCPAxisTicker {
public:
    explicit LevelTicker(SmallChart::Format format) : m_format(std::move(format)) {}

protected:
    QVector<double> createTickVector(double, const QCPRange& range) override {
        const double top = range.upper / 1.1;
        if (!(top > 0.0)) return {0.0};
        const double unit = std::pow(10.0, std::floor(std::log10(top)));
        return {0.0, std::floor(top / unit + 1e-9) * unit};
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        return tick == std::floor(tick) ? chartNumber(tick, 0) : m_format(tick);
    }

private:
    SmallChart::Format m_format;
};

/// The powers of ten, at most three of them; where there are fewer than two in sight, both ends.
class PowerTicker : public QCPAxisTicker {
public:
    explicit PowerTicker(SmallChart::Format format) : m_format(std::move(format)) {}

protected:
    QVector<double> createTickVector(double, const QCPRange& range) override {
        QVector<double> ticks;
        if (!(range.lower > 0.0)) return ticks;
        const double first = std::ceil(std::log10(range.lower) - 1e-9);
        const double last = std::floor(std::log10(range.upper) + 1e-9);
        const double stride = std::max(1.0, std::ceil((last - first) / 2.0));
        for (double power = first; power <= last; power += stride) ticks.append(std::pow(10.0, power));
        return ticks.size() >= 2 ? ticks : QVector<double>{range.lower * 1.1, range.upper / 1.1};
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return m_format(tick); }

private:
    SmallChart::Format m_format;
};

}  // namespace

struct SmallChart::Parts {
    QCustomPlot* plot = nullptr;
    QCPGraph* raw = nullptr;  // under the smoothed line
    QCPGraph* line = nullptr;
    QCPGraph* planned = nullptr;
    QCPItemStraightLine* crosshair = nullptr;
    QCPItemStraightLine* level = nullptr;
    QCPItemText* levelText = nullptr;
    QSharedPointer<StepTicker> steps{new StepTicker};
};

SmallChart::SmallChart(Series series, Format format, QWidget* parent)
    : QFrame(parent),
      m_parts(std::make_unique<Parts>()),
      m_style(series),
      m_format(std::move(format)),
      m_title(new ElidedLabel(this)),
      m_value(new QLabel(this)) {
    setProperty("panel", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 8, 4);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 4, 0);
    setTextRole(m_title, TextRole::Secondary);
    setTone(m_title, Tone::Secondary);
    setTextRole(m_value, TextRole::PanelTitle);
    head->addWidget(m_title, 1);
    head->addWidget(m_value);
    column->addLayout(head);
    Parts& p = *m_parts;
    p.plot = new QCustomPlot(this);
    p.plot->setFocusPolicy(Qt::NoFocus);
    p.plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    p.plot->setPlottingHint(QCP::phFastPolylines, true);
    setFocusPolicy(Qt::StrongFocus);  // for its context menu by key
    column->addWidget(p.plot, 1);
    p.steps->setEndsOnly(true);
    p.plot->xAxis->setTicker(p.steps);
    p.plot->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new LevelTicker(m_format)));
    p.planned = p.plot->addGraph();
    p.raw = p.plot->addGraph();
    p.line = p.plot->addGraph();
    p.crosshair = new QCPItemStraightLine(p.plot);
    p.crosshair->setVisible(false);
    p.level = new QCPItemStraightLine(p.plot);
    p.level->setVisible(false);
    p.levelText = new QCPItemText(p.plot);
    p.levelText->setVisible(false);
    p.levelText->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    p.levelText->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    restyle();
    reset(0);
}

SmallChart::~SmallChart() = default;

void SmallChart::setTitle(const QString& title) {
    m_title->setText(title);
}

QString SmallChart::valueText() const {
    return m_value->text();
}

void SmallChart::reset(qint64 totalSteps) {
    m_series.clear();
    m_planned.clear();
    m_totalSteps = totalSteps;
    m_visible.reset();
    m_crosshair.reset();
    m_parts->steps->setLastStep(static_cast<double>(std::max<qint64>(totalSteps, 1)));
    showValue();
    refresh();
}

void SmallChart::append(const QVector<QPointF>& points) {
    for (const QPointF& point : points) m_series.append(point.x(), point.y());
    showValue();
    setAccessibleName(m_title->text() + QLatin1Char(' ') + m_value->text());
    refresh();
}

void SmallChart::showValue() {
    const auto at = m_crosshair ? m_series.nearest(*m_crosshair) : std::nullopt;
    const auto last = m_series.lastY();
    m_value->setText(at ? m_format(at->y()) : last ? m_format(*last) : QStringLiteral("–"));
}

void SmallChart::setPlanned(const MetricSeries& planned) {
    m_planned = planned;
    refresh();
}

void SmallChart::setLevel(double level, const QString& word) {
    m_level = level;
    Parts& p = *m_parts;
    const bool visible = level > 0.0;
    p.level->setVisible(visible);
    p.levelText->setVisible(visible);
    p.level->point1->setCoords(0, level);
    p.level->point2->setCoords(1, level);
    p.levelText->position->setCoords(1.0, level);
    p.levelText->setText(word);
    refresh();
}

void SmallChart::setVisibleSteps(const QPointF& steps) {
    m_visible = steps;
    refresh();
}

QPointF SmallChart::visibleSteps() const {
    const QCPRange range = m_parts->plot->xAxis->range();
    return {range.lower, range.upper};
}

void SmallChart::setCrosshair(double step) {
    m_crosshair = std::isfinite(step) ? std::optional<double>(step) : std::nullopt;
    Parts& p = *m_parts;
    p.crosshair->setVisible(m_crosshair.has_value());
    if (m_crosshair) {
        p.crosshair->point1->setCoords(*m_crosshair, 1);
        p.crosshair->point2->setCoords(*m_crosshair, 2);
    }
    showValue();
    requestReplot(*p.plot);
}

void SmallChart::setLogAxis(bool on) {
    m_log = on;
    QCPAxis* axis = m_parts->plot->yAxis;
    axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis->setTicker(on ? QSharedPointer<QCPAxisTicker>(new PowerTicker(m_format))
                       : QSharedPointer<QCPAxisTicker>(new LevelTicker(m_format)));
    refresh();
}

void SmallChart::setClip(bool on) {
    m_clip = on;
    refresh();
}

void SmallChart::setSmoothing(double weight) {
    m_smoothing = std::clamp(weight, 0.0, 0.99);
    restyle();
    refresh();
}

double SmallChart::topOfAxis() const {
    return m_parts->plot->yAxis->range().upper;
}

void SmallChart::rescaleY() {
    Parts& p = *m_parts;
    const QCPRange x = p.plot->xAxis->range();
    double top = 0.0;
    double low = std::numeric_limits<double>::infinity();
    for (const MetricSeries* series : {&m_series, &m_planned}) {
        const auto range = series->yRange(x.lower, x.upper);
        if (!range) continue;
        top = std::max(top, range->y());
        for (int i = 0; m_log && i < series->size(); ++i) {
            const QPointF& point = series->points()[i];
            if (point.y() > 0.0 && x.contains(point.x())) low = std::min(low, point.y());
        }
    }
    if (const auto clipped = m_clip ? m_series.yQuantile(x.lower, x.upper, kClipShare) : std::nullopt)
        top = *clipped;
    // The word of the level stands above its line.
    const double least = m_level > 0.0 ? m_level * 1.4 : top > 0.0 ? 0.0 : 1.0;
    top = std::max(top * 1.1, least);
    if (m_log) {
        if (!std::isfinite(low)) low = top / 10.0;
        p.plot->yAxis->setRange(std::min(low, top / 2.0) / 1.1, top);
    } else {
        p.plot->yAxis->setRange(0, top);
    }
}

void SmallChart::refresh() {
    Parts& p = *m_parts;
    const double last = std::max({static_cast<double>(m_totalSteps), m_series.lastX(), 1.0});
    const QPointF visible = m_visible.value_or(QPointF(0, last));
    p.plot->xAxis->setRange(visible.x(), visible.y());
    p.steps->setEnds(visible.x(), visible.y());
    keepRoomForStep(*p.plot, visible.y());
    rescaleY();
    p.raw->setVisible(m_smoothing > 0.0);
    if (m_smoothing > 0.0) showSeries(*p.raw, m_series);
    showSeries(*p.line, m_smoothing > 0.0 ? m_series.smoothed(m_smoothing) : m_series);
    MetricSeries rest;
    for (const QPointF& point : m_planned.points()) {
        if (point.x() >= m_series.lastX()) rest.append(point.x(), point.y());
    }
    showSeries(*p.planned, rest);
    requestReplot(*p.plot);
}

void SmallChart::restyle() {
    const ThemeTokens& tokens = tokensOf(this);
    Parts& p = *m_parts;
    applyChartStyle(*p.plot, tokens);
    p.plot->setLocale(QLocale());
    p.plot->yAxis->grid()->setVisible(true);
    SeriesStyle style = tokens.of(m_style);
    style.dash.clear();  // alone in its chart; dotted is what is still to come
    p.line->setPen(seriesPen(style, 1.5));
    SeriesStyle raw = style;
    raw.color.setAlphaF(kRawOpacity);
    p.raw->setPen(seriesPen(raw, 1));
    p.crosshair->setPen(QPen(tokens.text2, 1));
    style.dash = {2, 3};
    p.planned->setPen(seriesPen(style, 1.25));
    QPen level(tokens.text3, 1);
    level.setDashPattern({4, 3});
    p.level->setPen(level);
    p.levelText->setColor(tokens.text2);
    p.levelText->setFont(roleFont(TextRole::Caption));
}

void SmallChart::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (!m_parts->line) return;
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::PaletteChange) {
        restyle();
        requestReplot(*m_parts->plot);
    }
}

void SmallChart::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    paintFocusFrame(*this);
}

void SmallChart::focusInEvent(QFocusEvent* event) {
    QFrame::focusInEvent(event);
    update();
}

void SmallChart::focusOutEvent(QFocusEvent* event) {
    QFrame::focusOutEvent(event);
    update();
}

void SmallChart::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    refresh();
}

double SmallChart::stepAt(double x) const {
    const QPoint inPlot = m_parts->plot->mapFrom(this, QPoint(qRound(x), 0));
    return m_parts->plot->xAxis->pixelToCoord(inPlot.x());
}

void SmallChart::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / 120.0;
    if (notches != 0.0) Q_EMIT zoomRequested(std::pow(0.85, notches), stepAt(event->position().x()));
    event->accept();
}

void SmallChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_dragFrom = stepAt(event->position().x());
}

void SmallChart::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragFrom) Q_EMIT panRequested(*m_dragFrom - stepAt(event->position().x()));
}

void SmallChart::mouseReleaseEvent(QMouseEvent*) {
    m_dragFrom.reset();
}

void SmallChart::mouseDoubleClickEvent(QMouseEvent*) {
    Q_EMIT fitRequested();
}

void SmallChart::keyPressEvent(QKeyEvent* event) {
    const QPointF visible = visibleSteps();
    const double middle = (visible.x() + visible.y()) / 2.0;
    switch (event->key()) {
        case Qt::Key_Plus:
            return Q_EMIT zoomRequested(0.7, middle);
        case Qt::Key_Minus:
            return Q_EMIT zoomRequested(1.0 / 0.7, middle);
        case Qt::Key_0:
            return Q_EMIT fitRequested();
        default:
            QFrame::keyPressEvent(event);
    }
}

QString SmallChart::table(QChar separator) const {
    QString text = QStringLiteral("step") + separator + m_title->text() + QLatin1Char('\n');
    for (const QPointF& point : m_series.points()) {
        text += QStringLiteral("%1%2%3\n").arg(qRound64(point.x())).arg(separator).arg(point.y(), 0, 'g', 9);
    }
    return text;
}

bool SmallChart::savePng(const QString& path) {
    return m_parts->plot->savePng(path, 0, 0, 2.0);
}

void SmallChart::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Fit the whole run"), this, &SmallChart::fitRequested);
    const auto addSwitch = [&](const QString& text, bool on, void (SmallChart::*change)(bool)) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(on);
        connect(action, &QAction::toggled, this, change);
    };
    addSwitch(tr("Log axis"), m_log, &SmallChart::setLogAxis);
    addSwitch(tr("Clip spikes"), m_clip, &SmallChart::setClip);
    QMenu* smoothing = menu->addMenu(tr("Smoothing"));
    for (const int hundredths : {0, 60, 85, 95}) {
        QAction* action = smoothing->addAction(hundredths == 0 ? tr("Off") : chartNumber(hundredths / 100.0));
        connect(action, &QAction::triggered, this, [this, hundredths] { setSmoothing(hundredths / 100.0); });
    }
    menu->addSeparator();
    menu->addAction(tr("Copy as table"), this,
                    [this] { QApplication::clipboard()->setText(table(QLatin1Char('\t'))); });
    menu->addAction(tr("Save as PNG…"), this, &SmallChart::pngRequested);
    menu->addAction(tr("Save as CSV…"), this, &SmallChart::csvRequested);
    menu->popup(event->globalPos());
}

}  // namespace studio::ui
