// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_view.h"

#include <QEvent>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/chart_style.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/small_chart.h"
#include "ui/text/error_text.h"
#include "ui/train/eval_rows_view.h"
#include "ui/train/format_texts.h"
#include "ui/train/run_rows.h"
#include "ui/train/sample_panel.h"
#include "ui/widgets/key_figures.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kSmallestChange = 5e-5;  // of the eval loss; below, four decimals show nothing
constexpr int kPlannedPoints = 400;       // of the learning rate's curve; more than its pixels
constexpr int kEvalDelayMilliseconds = 200;

}  // namespace

RunView::RunView(QWidget* parent)
    : QWidget(parent), m_clock(new QTimer(this)), m_evalDelay(new QTimer(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(makeStrip());
    m_note = new NoteBar(this);
    column->addWidget(m_note);
    auto* splitter = new Splitter(Qt::Horizontal, this);
    splitter->addPane(makeCharts(), 72);
    splitter->addPane(makeSide(), 33);
    column->addWidget(splitter, 1);
    m_clock->setInterval(1000);
    connect(m_clock, &QTimer::timeout, this, &RunView::showFigures);
    m_evalDelay->setSingleShot(true);
    m_evalDelay->setInterval(kEvalDelayMilliseconds);
    connect(m_evalDelay, &QTimer::timeout, this, &RunView::readEvalRows);
    retranslate();
    reset({});
}

void RunView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void RunView::reset(const RunFacts& facts) {
    m_facts = facts;
    m_last = MetricsLine();
    m_last.loss = kNone;
    m_lastEval = m_previousEval = m_bestEval = m_secondsLeft = kNone;
    m_events->clear();
    m_note->clear();
    m_outcome.reset();
    m_resumedAt.reset();
    m_discardedAt = 0;
    const qint64 steps = facts.plan.totalSteps;
    m_loss->plot().reset(steps, facts.plan.stepsPerEpoch);
    m_loss->setValidationRows(facts.validationRows);
    for (SmallChart* chart : smallCharts()) chart->reset(steps);
    m_norm->setLevel(facts.settings.clipNorm, tr("clip %1").arg(chartNumber(facts.settings.clipNorm, 1)));
    m_samples->begin(facts.settings.sampleEvery);
    m_evalRows->setRows({});
    for (TaskRunner* task : {&m_stepTask, &m_evalTask, &m_referenceTask}) task->cancel();
    planRates();
    showFigures();
}

void RunView::planRates() {
    MetricSeries planned;
    const qint64 steps = m_facts.plan.totalSteps;
    const qint64 stride = std::max<qint64>(1, steps / kPlannedPoints);
    for (qint64 step = 1; step <= steps; step += stride) {
        planned.append(static_cast<double>(step), learningRateAt(m_facts.settings, m_facts.plan, step));
    }
    m_rate->setPlanned(planned);
}

void RunView::begin(const RunFacts& facts, bool followed) {
    reset(facts);
    m_followed = followed;
    m_stood = -facts.secondsBefore;
    m_stillAt.reset();
    m_running = true;
    m_loading = true;
    m_bar->setIndeterminate(true);
    m_elapsed.start();
    m_clock->start();
    showFigures();
}

void RunView::showPast(const PastRun& run) {
    m_running = m_loading = false;
    m_clock->stop();
    m_bar->setIndeterminate(false);
    RunFacts facts = run.facts;
    const bool evaluated = std::any_of(run.metrics.begin(), run.metrics.end(),
                                       [](const MetricsLine& line) { return std::isfinite(line.evalLoss); });
    facts.validationRows = evaluated ? LossChart::kUnknownRows : 0;
    reset(facts);
    m_rate->setPlanned({});
    takeLines(run.metrics);
    m_samples->add(run.samples);
    readReferences();
}

void RunView::leave() {
    m_running = m_loading = false;
    m_clock->stop();
    m_bar->setIndeterminate(false);
    m_secondsLeft = kNone;
    showFigures();
}

// A pause is no part of the training's time.
void RunView::standStill(bool still) {
    if (still == m_stillAt.has_value()) return;
    const double now = static_cast<double>(m_elapsed.elapsed()) / 1000.0;
    if (still) {
        m_stillAt = now;
    } else {
        m_stood += now - *m_stillAt;
        m_stillAt.reset();
    }
    showFigures();
}

double RunView::elapsed() const {
    if (!m_running || m_followed) return m_last.seconds;
    const double now = m_stillAt ? *m_stillAt : static_cast<double>(m_elapsed.elapsed()) / 1000.0;
    return std::max(m_last.seconds, now - m_stood);
}

void RunView::setStage(const StageEvent& stage) {
    standStill(stage.stage == "paused");
    if (!m_loading) return;
    const bool loading = stage.stage != "training" && stage.stage != "evaluating";
    if (stage.stage == "tokenizing" && stage.total > 0) {
        m_bar->setIndeterminate(false);
        m_bar->setValue(static_cast<double>(stage.done) / static_cast<double>(stage.total));
    } else {
        m_bar->setIndeterminate(loading);
    }
    if (!loading) {
        m_loading = false;
        m_bar->setValue(0);
    }
}

void RunView::setStarted(const TrainingStarted& started) {
    const qint64 batch = std::max<qint64>(1, m_facts.settings.batchRows);
    m_facts.plan = planSteps(m_facts.settings, (started.trainRows + batch - 1) / batch);
    m_facts.plan.totalSteps = started.totalSteps;
    m_facts.validationRows = started.validationRows;
    m_loss->plot().reset(started.totalSteps, m_facts.plan.stepsPerEpoch);
    m_loss->setValidationRows(started.validationRows);
    for (SmallChart* chart : smallCharts()) chart->reset(started.totalSteps);
    planRates();
    addEvent(Icon::Play, Tone::Secondary, [started] {
        return started.cutRows > 0 ? tr("Started: %1 rows, %2 of them cut")
                                         .arg(countText(started.trainRows), countText(started.cutRows))
                                   : tr("Started: %1 rows, %2 tokens")
                                         .arg(countText(started.trainRows), countText(started.trainTokens));
    });
    showFigures();
}

void RunView::addMetrics(const QVector<MetricsEvent>& metrics) {
    QVector<MetricsLine> lines;
    lines.reserve(metrics.size());
    for (const MetricsEvent& event : metrics) lines.append(event.line);
    if (!metrics.isEmpty()) m_secondsLeft = metrics.back().secondsLeft;
    m_loading = false;
    m_bar->setIndeterminate(false);
    takeLines(lines);
}

void RunView::takeLines(const QVector<MetricsLine>& lines) {
    QVector<QPointF> rates, norms, speeds, memory;
    for (const MetricsLine& line : lines) {
        const auto step = static_cast<double>(line.step);
        if (std::isfinite(line.loss)) {
            m_last = line;
            rates.append({step, line.learningRate});
            norms.append({step, line.gradNorm});
            speeds.append({step, line.tokensPerSecond});
            if (line.memoryBytes > 0) memory.append({step, static_cast<double>(line.memoryBytes) / 1e9});
        } else {
            m_last.seconds = std::max(m_last.seconds, line.seconds);
        }
        if (std::isfinite(line.evalLoss)) takeEvaluation(line);
    }
    m_loss->plot().append(lines);
    m_rate->append(rates);
    m_norm->append(norms);
    m_speed->append(speeds);
    m_memory->append(memory);
    showFigures();
}

void RunView::takeEvaluation(const MetricsLine& line) {
    const bool best = !std::isfinite(m_bestEval) || line.evalLoss < m_bestEval;
    m_previousEval = m_lastEval;
    m_lastEval = line.evalLoss;
    if (best) m_bestEval = line.evalLoss;
    m_evalDelay->start();
    const auto text = [best, line] {
        const QString loss = lossText(line.evalLoss);
        if (line.step == 0) return tr("Evaluated before the first step: %1").arg(loss);
        return best ? tr("Evaluated: %1, best so far").arg(loss) : tr("Evaluated: %1").arg(loss);
    };
    // All events of a live run by one clock, that of the strip; what is past by what is written down.
    const bool before = m_resumedAt && line.step <= *m_resumedAt;
    addEvent(Icon::Check, Tone::Ok, text, m_running && !m_followed && !before ? -1.0 : line.seconds);
}

QWidget* RunView::eventPanel() const {
    return m_side;
}

double RunView::progress() const {
    const qint64 total = m_facts.plan.totalSteps;
    return total > 0 ? std::min(1.0, static_cast<double>(m_last.step) / static_cast<double>(total)) : 0.0;
}

QString RunView::figure(int index) const {
    return m_figures->value(index);
}

void RunView::showFigures() {
    const qint64 total = m_facts.plan.totalSteps;
    m_figures->setValue(Step, countText(m_last.step),
                        total > 0 ? tr("/ %1").arg(countText(total)) : QString());
    const double epochs =
        m_facts.plan.stepsPerEpoch > 0 ? static_cast<double>(total) / m_facts.plan.stepsPerEpoch : 0.0;
    m_figures->setValue(Epoch, chartNumber(m_last.epoch),
                        epochs > 0 ? tr("/ %1").arg(QLocale().toString(epochs, 'g', 3)) : QString());
    m_figures->setValue(Elapsed, clockText(elapsed()));
    m_figures->setValue(Left, clockText(m_secondsLeft));
    m_figures->setValue(TrainLoss, lossText(m_last.loss));
    QString delta;
    const double change = m_lastEval - m_previousEval;
    if (std::isfinite(change) && std::abs(change) >= kSmallestChange) {
        delta = (change <= 0 ? QStringLiteral("▾ ") : QStringLiteral("▴ ")) + lossText(std::abs(change));
        m_figures->setCaptionTone(EvalLoss, change <= 0 ? Tone::Ok : Tone::Warning);
    }
    m_figures->setValue(EvalLoss, lossText(m_lastEval), delta);
    m_percent->setText(tr("%1 %").arg(qRound(progress() * 100)));
    if (!m_loading) m_bar->setValue(progress());
}

}  // namespace studio::ui
