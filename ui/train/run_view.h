// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>
#include <limits>
#include <optional>

#include "core/jobs/job.h"
#include "ui/jobs/task_runner.h"
#include "ui/train/event_model.h"
#include "ui/train/run_facts.h"

class QFrame;
class QLabel;
class QListView;
class QStackedWidget;
class QTimer;

namespace studio::ui {

class EvalRowsView;
class KeyFigures;
class LossChart;
class NoteBar;
class Panel;
class ProgressLine;
class SamplePanel;
class SegmentedControl;
class SmallChart;

/// Train while it runs and afterwards: figures, progress, loss, the small charts, the answers to the sample
/// prompts, what happened, and the rows of the newest evaluation. Knows no job: the page hands it what
/// arrives. The rows of a step are read from the run's folder on another thread.
class RunView : public QWidget {
    Q_OBJECT

public:
    explicit RunView(QWidget* parent = nullptr);

    /// `followed`: another process does the run, so that its time is what its lines say.
    void begin(const RunFacts& facts, bool followed = false);
    /// The run goes on elsewhere, or was handed over: nothing more comes from it.
    void leave();
    void showPast(const PastRun& run);
    void setStage(const StageEvent& stage);
    void setStarted(const TrainingStarted& started);
    void addMetrics(const QVector<MetricsEvent>& metrics);
    void addLog(const LogEvent& log);
    void addSample(const RunSample& sample);
    /// `discardedAt`: the step after which all that it had learned was thrown away; 0: it was not.
    void end(const JobOutcome& outcome, qint64 discardedAt = 0);
    /// A new peak is asked for, which no step was made with yet.
    void rateAsked(double peak);

    /// The right part: samples, events, rows.
    QWidget* eventPanel() const;
    LossChart& chart() { return *m_loss; }
    SmallChart& rateChart() { return *m_rate; }
    SmallChart& normChart() { return *m_norm; }
    SmallChart& memoryChart() { return *m_memory; }
    SamplePanel& samples() { return *m_samples; }
    EvalRowsView& evalRows() { return *m_evalRows; }
    /// Shows the rows of the newest evaluation in place of the events.
    void showEvalRows(bool show);
    /// The chart that pngRequested() was about: "loss", "gradient-norm"; and its picture.
    QString askedChart() const;
    bool savePng(const QString& path);
    EventModel& events() { return *m_events; }
    NoteBar& note() { return *m_note; }
    QString figure(int index) const;
    qint64 step() const { return m_last.step; }
    qint64 totalSteps() const { return m_facts.plan.totalSteps; }
    /// 0 to 1.
    double progress() const;
    const RunFacts& facts() const { return m_facts; }
    QString runName() const { return m_facts.name; }
    /// Of the newest step; NaN before the first.
    double learningRate() const {
        return m_last.step > 0 ? m_last.learningRate : std::numeric_limits<double>::quiet_NaN();
    }
    double secondsLeft() const { return m_secondsLeft; }
    /// Whether the note says how the run ended.
    bool hasOutcome() const { return m_outcome.has_value(); }
    /// It ended in the sight of this view, and there is no model of it.
    bool endedWithoutModel() const {
        return m_outcome && !std::holds_alternative<TrainResult>(m_outcome->value);
    }
    double bestEvalLoss() const { return m_bestEval; }

    enum Figure { Step, Epoch, Elapsed, Left, TrainLoss, EvalLoss };

Q_SIGNALS:
    void pngRequested();
    void csvRequested();
    /// Rows of the data, and in a few words what they are.
    void rowsRequested(const QVector<qint64>& ids, const QString& what);

protected:
    void changeEvent(QEvent* event) override;

private:
    // run_view_parts.cpp: what it is made of
    QWidget* makeStrip();
    QWidget* makeCharts();
    void linkCharts();
    QWidget* makeSide();
    std::vector<SmallChart*> smallCharts() const { return {m_rate, m_norm, m_speed, m_memory}; }
    void retranslate();

    void readStepRows(qint64 step);
    void readEvalRows();
    void readReferences();
    void reset(const RunFacts& facts);
    void takeLines(const QVector<MetricsLine>& lines);
    void takeEvaluation(const MetricsLine& line);
    void planRates();
    void changePeakRate(const std::string& text);
    void showFigures();
    void showOutcome();
    void standStill(bool still);
    double elapsed() const;
    void addEvent(Icon icon, Tone tone, const std::function<QString()>& text, double seconds = -1.0);

    RunFacts m_facts;
    std::optional<JobOutcome> m_outcome;  // for a change of language
    qint64 m_discardedAt = 0;             // 0: it was not discarded
    KeyFigures* m_figures;
    QLabel* m_percent;
    ProgressLine* m_bar;
    NoteBar* m_note;
    LossChart* m_loss;
    SmallChart* m_rate;
    SmallChart* m_norm;
    SmallChart* m_speed;
    SmallChart* m_memory;
    SmallChart* m_asked = nullptr;  // the chart of pngRequested(); null: the loss
    QWidget* m_side;
    SamplePanel* m_samples;
    Panel* m_lower;
    SegmentedControl* m_lowerView;
    QStackedWidget* m_lowerStack;
    EvalRowsView* m_evalRows;
    EventModel* m_events;
    QListView* m_list;
    QTimer* m_clock;
    QElapsedTimer m_elapsed;  // while a run goes on; before its first step there is no figure in the events
    MetricsLine m_last;
    double m_secondsLeft = std::numeric_limits<double>::quiet_NaN();
    double m_lastEval = std::numeric_limits<double>::quiet_NaN();
    std::optional<qint64> m_resumedAt;  ///< the step of the checkpoint that the run goes on from
    double m_previousEval = std::numeric_limits<double>::quiet_NaN();
    double m_bestEval = std::numeric_limits<double>::quiet_NaN();
    bool m_followed = false;
    double m_stood = 0.0;             // seconds of all pauses that are over
    std::optional<double> m_stillAt;  // while it stands still: what the clock showed
    bool m_running = false;
    bool m_loading = false;
    QTimer* m_evalDelay;  // eval_rows.json comes with the figures of its evaluation, not before
    TaskRunner m_stepTask, m_evalTask, m_referenceTask;
};

}  // namespace studio::ui
