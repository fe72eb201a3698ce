// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/chart_style.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/small_chart.h"
#include "ui/text/error_text.h"
#include "ui/train/event_delegate.h"
#include "ui/train/format_texts.h"
#include "ui/widgets/key_figures.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progress_line.h"
#include "ui/widgets/splitter.h"

namespace studio::ui {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kSmallestChange = 5e-5;  // of the eval loss; below, four decimals show nothing
constexpr int kPlannedPoints = 400;       // of the learning rate's curve; more than its pixels

}  // namespace

RunView::RunView(QWidget* parent) : QWidget(parent), m_clock(new QTimer(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(makeStrip());
    m_note = new NoteBar(this);
    column->addWidget(m_note);
    auto* splitter = new Splitter(Qt::Horizontal, this);
    splitter->addPane(makeCharts(), 72);
    splitter->addPane(makeEvents(), 33);
    column->addWidget(splitter, 1);
    m_clock->setInterval(1000);
    connect(m_clock, &QTimer::timeout, this, &RunView::showFigures);
    connect(m_loss, &LossChart::pngRequested, this, &RunView::pngRequested);
    connect(m_loss, &LossChart::csvRequested, this, &RunView::csvRequested);
    retranslate();
    reset({});
}

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
    for (SmallChart* chart : {m_rate, m_norm, m_speed}) {
        chart->setFixedHeight(132);
        row->addWidget(chart, 1);
    }
    column->addLayout(row);
    return charts;
}

QWidget* RunView::makeEvents() {
    m_eventPanel = new Panel(this);
    m_events = new EventModel(this);
    m_list = new QListView(m_eventPanel);
    m_list->setModel(m_events);
    m_list->setItemDelegate(new EventDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_eventPanel->setBodyWidget(m_list);
    return m_eventPanel;
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
    m_eventPanel->setTitle(tr("Events"));
    m_list->setAccessibleName(tr("Events"));
    m_events->retranslate();
    showOutcome();
    if (m_facts.settings.clipNorm > 0)
        m_norm->setLevel(m_facts.settings.clipNorm,
                         tr("clip %1").arg(chartNumber(m_facts.settings.clipNorm, 1)));
    showFigures();
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
    const qint64 steps = facts.plan.totalSteps;
    m_loss->plot().reset(steps, facts.plan.stepsPerEpoch);
    m_loss->setValidationRows(facts.validationRows);
    for (SmallChart* chart : {m_rate, m_norm, m_speed}) chart->reset(steps);
    m_norm->setLevel(facts.settings.clipNorm, tr("clip %1").arg(chartNumber(facts.settings.clipNorm, 1)));
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
    m_stood = 0.0;
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
    for (SmallChart* chart : {m_rate, m_norm, m_speed}) chart->reset(started.totalSteps);
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
    QVector<QPointF> rates, norms, speeds;
    for (const MetricsLine& line : lines) {
        const auto step = static_cast<double>(line.step);
        if (std::isfinite(line.loss)) {
            m_last = line;
            rates.append({step, line.learningRate});
            norms.append({step, line.gradNorm});
            speeds.append({step, line.tokensPerSecond});
        } else {
            m_last.seconds = std::max(m_last.seconds, line.seconds);
        }
        if (std::isfinite(line.evalLoss)) takeEvaluation(line);
    }
    m_loss->plot().append(lines);
    m_rate->append(rates);
    m_norm->append(norms);
    m_speed->append(speeds);
    showFigures();
}

void RunView::takeEvaluation(const MetricsLine& line) {
    const bool best = !std::isfinite(m_bestEval) || line.evalLoss < m_bestEval;
    m_previousEval = m_lastEval;
    m_lastEval = line.evalLoss;
    if (best) m_bestEval = line.evalLoss;
    const auto text = [best, line] {
        const QString loss = lossText(line.evalLoss);
        if (line.step == 0) return tr("Evaluated before the first step: %1").arg(loss);
        return best ? tr("Evaluated: %1, best so far").arg(loss) : tr("Evaluated: %1").arg(loss);
    };
    // All events of a live run by one clock, that of the strip; those of a past run by what is written down.
    addEvent(Icon::Check, Tone::Ok, text, m_running && !m_followed ? -1.0 : line.seconds);
}

void RunView::addLog(const LogEvent& log) {
    const bool warning = log.level == LogEvent::Level::Warning;
    const bool saved = log.rule == "saved";
    addEvent(warning ? Icon::Warning
             : saved ? Icon::Save
                     : Icon::Info,
             warning ? Tone::Warning : Tone::Secondary, [log] { return logText(log); });
}

void RunView::addSample(const RunSample& sample) {
    const QString title = QString::fromStdString(sample.title).simplified(),
                  text = QString::fromStdString(sample.text).simplified();
    addEvent(Icon::Prompts, Tone::Secondary, [title, text] {
        return text.isEmpty() ? tr("%1 → (no answer)").arg(title) : tr("%1 → %2").arg(title, text);
    });
}

void RunView::addEvent(Icon icon, Tone tone, const std::function<QString()>& text, double seconds) {
    if (seconds < 0) seconds = elapsed();
    m_events->add({seconds, icon, tone, text});
}

void RunView::end(const JobOutcome& outcome) {
    const auto* result = std::get_if<TrainResult>(&outcome.value);
    if (outcome.kind == JobOutcome::Kind::Failed) {
        addEvent(Icon::Error, Tone::Error, [] { return tr("Failed"); });
    } else if (!result) {
        addEvent(Icon::Stop, Tone::Secondary, [] { return tr("Stopped before the first step"); });
    } else if (result->stoppedEarly) {
        addEvent(Icon::Stop, Tone::Secondary, [] { return tr("Stopped"); });
    } else {
        addEvent(Icon::Check, Tone::Ok, [] { return tr("Finished"); });
    }
    if (result) m_last.seconds = std::max(m_last.seconds, result->seconds);
    m_running = m_loading = false;
    m_clock->stop();
    m_bar->setIndeterminate(false);
    m_secondsLeft = kNone;
    m_outcome = outcome;
    showOutcome();
    showFigures();
}

void RunView::showOutcome() {
    if (!m_outcome) return;
    const auto* result = std::get_if<TrainResult>(&m_outcome->value);
    if (m_outcome->kind == JobOutcome::Kind::Failed) {
        const ErrorText text = errorText(*m_outcome);
        m_note->setNote(NoteKind::Error, text.cause + QLatin1Char(' ') + text.nextStep, text.details);
    } else if (!result) {
        m_note->setNote(NoteKind::Info, tr("The run was stopped before its first step; no model was saved."));
    } else {
        const bool loss = std::isfinite(result->firstEvalLoss) && std::isfinite(result->lastEvalLoss);
        const QString steps = tr("%n step(s)", nullptr, static_cast<int>(result->steps));
        QString text = result->stoppedEarly
                           ? tr("Stopped after %1; what was learned is saved.").arg(steps)
                           : tr("Finished: %1 in %2.").arg(steps, durationText(result->seconds));
        if (loss) {
            text +=
                QLatin1Char(' ') + tr("Eval loss went from %1 to %2.")
                                       .arg(lossText(result->firstEvalLoss), lossText(result->lastEvalLoss));
        }
        m_note->setNote(result->stoppedEarly ? NoteKind::Info : NoteKind::Ok, text);
    }
}

QWidget* RunView::eventPanel() const {
    return m_eventPanel;
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
