// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a RunView is made of, how its charts hang together, and its texts.
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QStackedWidget>

#include "ui/charts/chart_style.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/small_chart.h"
#include "ui/train/eval_rows_view.h"
#include "ui/train/event_delegate.h"
#include "ui/train/format_texts.h"
#include "ui/train/run_view.h"
#include "ui/train/sample_panel.h"
#include "ui/widgets/key_figures.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

QWidget* RunView::makeStrip() {
    auto* strip = new QFrame(this);
    strip->setProperty("panel", true);
    auto* column = new QVBoxLayout(strip);
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    m_figures = new KeyFigures(KeyFigures::Form::Compact, strip);
    for (int i = Step; i <= EvalLoss; ++i) m_figures->addFigure(QString());
    m_percent = new QLabel(strip);
    setTone(m_percent, Tone::Secondary);
    row->addWidget(m_figures, 1);
    row->addWidget(m_percent);
    m_bar = new ProgressLine(strip);
    column->addLayout(row);
    column->addWidget(m_bar);
    return strip;
}

QWidget* RunView::makeCharts() {
    auto* charts = new QWidget(this);
    auto* column = new QVBoxLayout(charts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_loss = new LossChart(charts);
    column->addWidget(m_loss, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    m_rate = new SmallChart(Series::LearningRate, rateText, charts);
    m_norm = new SmallChart(
        Series::GradientNorm,
        [](double value) { return value < 10 ? lossText(value) : chartNumber(value, 0); }, charts);
    m_speed = new SmallChart(
        Series::TokensPerSecond, [](double value) { return chartNumber(value, 0); }, charts);
    m_memory = new SmallChart(
        Series::BaseModel, [](double gigabytes) { return tr("%1 GB").arg(chartNumber(gigabytes)); }, charts);
    for (SmallChart* chart : smallCharts()) {
        chart->setFixedHeight(lineRoom(132));
        row->addWidget(chart, 1);
    }
    column->addLayout(row);
    linkCharts();
    return charts;
}

// All charts show the same steps, whichever of them is turned.
void RunView::linkCharts() {
    LossPlot& plot = m_loss->plot();
    connect(&plot, &LossPlot::visibleStepsChanged, this, [this, &plot] {
        for (SmallChart* chart : smallCharts()) chart->setVisibleSteps(plot.visibleSteps());
    });
    connect(&plot, &LossPlot::crosshairMoved, this, [this](double step) {
        for (SmallChart* chart : smallCharts()) chart->setCrosshair(step);
    });
    connect(&plot, &LossPlot::stepPinned, this, &RunView::readStepRows);
    connect(&plot, &LossPlot::rowsRequested, this, [this](const QVector<qint64>& ids, qint64 step) {
        Q_EMIT rowsRequested(ids, tr("in the batch of step %1").arg(countText(step)));
    });
    for (SmallChart* chart : smallCharts()) {
        connect(chart, &SmallChart::zoomRequested, &plot, &LossPlot::zoom);
        connect(chart, &SmallChart::panRequested, &plot, &LossPlot::panBy);
        connect(chart, &SmallChart::fitRequested, &plot, &LossPlot::fit);
        connect(chart, &SmallChart::csvRequested, this, &RunView::csvRequested);
        connect(chart, &SmallChart::pngRequested, this, [this, chart] {
            m_asked = chart;
            Q_EMIT pngRequested();
        });
    }
    connect(m_loss, &LossChart::csvRequested, this, &RunView::csvRequested);
    connect(m_loss, &LossChart::pngRequested, this, [this] {
        m_asked = nullptr;
        Q_EMIT pngRequested();
    });
}

QWidget* RunView::makeSide() {
    auto* side = new Splitter(Qt::Vertical, this);
    m_side = side;
    m_samples = new SamplePanel(side);
    m_lower = new Panel(side);
    m_lowerView = new SegmentedControl(m_lower);
    m_lowerView->setSmall(true);
    m_lowerView->addSegment(QString());
    m_lowerView->addSegment(QString());
    m_lower->addHeadLeading(m_lowerView);
    m_events = new EventModel(this);
    m_lowerStack = new QStackedWidget(m_lower);
    m_list = new QListView(m_lowerStack);
    m_list->setModel(m_events);
    m_list->setItemDelegate(new EventDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_evalRows = new EvalRowsView(m_lowerStack);
    m_lowerStack->addWidget(m_list);
    m_lowerStack->addWidget(m_evalRows);
    m_lower->setBodyWidget(m_lowerStack);
    connect(m_lowerView, &SegmentedControl::currentChanged, m_lowerStack, &QStackedWidget::setCurrentIndex);
    connect(m_evalRows, &EvalRowsView::rowsRequested, this, [this](const QVector<qint64>& ids, qint64 step) {
        Q_EMIT rowsRequested(ids, tr("of the evaluation at step %1").arg(countText(step)));
    });
    side->addPane(m_samples, 55);
    side->addPane(m_lower, 45);
    return side;
}

void RunView::showEvalRows(bool show) {
    m_lowerView->setCurrentIndex(show ? 1 : 0);
}

void RunView::retranslate() {
    m_figures->setLabel(Step, tr("Step"));
    m_figures->setLabel(Epoch, tr("Epoch"));
    m_figures->setLabel(Elapsed, tr("Elapsed"));
    m_figures->setLabel(Left, tr("Left about"));
    m_figures->setLabel(TrainLoss, tr("Train loss"));
    m_figures->setLabel(EvalLoss, tr("Eval loss"));
    m_rate->setTitle(tr("Learning rate"));
    m_norm->setTitle(tr("Gradient norm"));
    m_speed->setTitle(tr("Tokens per second"));
    m_memory->setTitle(tr("Memory"));
    m_lowerView->setSegmentText(0, tr("Events"));
    m_lowerView->setSegmentText(1, tr("Evaluated rows"));
    m_lowerView->setAccessibleName(tr("Events or rows"));
    m_lower->setAccessibleName(tr("Events or rows"));
    m_list->setAccessibleName(tr("Events"));
    m_events->retranslate();
    showOutcome();
    if (m_facts.settings.clipNorm > 0)
        m_norm->setLevel(m_facts.settings.clipNorm,
                         tr("clip %1").arg(chartNumber(m_facts.settings.clipNorm, 1)));
    showFigures();
}

}  // namespace studio::ui
