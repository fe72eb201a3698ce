// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <memory>
#include <optional>

#include "core/jobs/job.h"
#include "ui/jobs/task_runner.h"
#include "ui/session/project_session.h"
#include "ui/train/learning_rate_dialog.h"
#include "ui/train/resume_plan.h"
#include "ui/train/run_facts.h"
#include "ui/train/runs_look.h"
#include "ui/train/train_request.h"
#include "ui/widgets/page.h"

class QPushButton;
class QStackedWidget;

namespace studio::ui {

class Dialogs;
class JobRunner;
class QueueModel;
class QueuePanel;
class RunLink;
class RunView;
class SetupView;
class SpeedProbe;

/// Train: settings and pre-flight before, figures and charts while a run goes on and afterwards, and the runs
/// that wait for its end. A run of this process and one of another look and are asked alike; the page turns
/// to a run at work by itself when its project is opened.
class TrainPage : public Page {
    Q_OBJECT

public:
    /// Of the run; Setup: there is none to show.
    enum class State {
        Setup,
        Starting,
        Training,
        Evaluating,
        Saving,
        Pausing,
        Paused,
        Stopping,
        HandingOver,
        Finished,
        Stopped,
        Interrupted,
        Failed
    };

    TrainPage(ProjectSession& session, JobRunner& runner, Dialogs& dialogs, QWidget* parent = nullptr);
    ~TrainPage() override;

    void activated() override;
    QString sidebarNote() const override;
    QWidget* sidePane() const override;

    /// Ends the run that goes on: with a model of what was learned, or with nothing of it. Before the first
    /// step there is nothing to keep. What a new run of this process leaves then is moved to the trash; the
    /// record of any other stays. The status line says which.
    void stopAndKeep();
    void stopAndDiscard();
    /// Ends the run of this process with a checkpoint; then handedOver(), unless it ends by itself before.
    void handOver();
    /// A hand-over that another process did not take: the run stands where it was left and can be resumed.
    void handOverFailed(const QString& text, const QString& details);
    void togglePause();
    void askForLearningRate();
    /// Goes on with a run of the project from its newest checkpoint, in this process.
    void resumeRun(const RunSummary& run, const std::vector<std::string>& changes = {});
    /// Looks for a run of the project that another process is at, on another thread, and turns to it. Where
    /// there is none nothing changes.
    void attach();
    void startQueue();
    /// No waiting run begins from now on, until the user says so.
    void holdQueue();
    /// Fills the form with what a run was started with, under a new name.
    void repeatRun(const RunSummary& run);

    State state() const { return m_state; }
    bool isRunning() const;
    /// A run is about to begin: its rows are read.
    bool isPreparing() const { return m_preparing; }
    /// A run of another process, which goes on without this window.
    bool isFollowing() const;
    bool canPause() const;
    bool canChangeRate() const;
    bool isSetupShown() const;
    SetupView& setup() { return *m_setup; }
    RunView& runView() { return *m_run; }
    QueueModel& queue() { return *m_queue; }
    /// That of the view that is shown.
    QueuePanel& queuePanel() const;
    LearningRateDialog* rateDialog() const { return m_rateDialog; }
    QPushButton* pauseButton() { return m_pause; }
    QPushButton* rateButton() { return m_rate; }
    QPushButton* stopButton() { return m_stop; }
    QPushButton* newRunButton() { return m_newRun; }
    QPushButton* showRunButton() { return m_showRun; }
    QPushButton* resetButton() { return m_reset; }

Q_SIGNALS:
    /// Some rows are to be seen on Data, and in a few words what they are.
    void rowsRequested(const QVector<qint64>& ids, const QString& what);
    /// For the status bar while a run goes on; `share` below 0 when there is none.
    void progressChanged(const QString& name, double share, const QString& left);
    /// The run has ended with a checkpoint and waits for another process.
    void handedOver(const std::filesystem::path& projectFolder, const QString& runName);
    /// The run could not be handed over and goes on here.
    void handOverRefused();
    /// A run has ended by itself: what to say of it, in one sentence.
    void runEnded(const QString& runName, const QString& sentence, bool failed);

protected:
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// How a run that did not come to its end may go on from its newest checkpoint.
    enum class WayOn { None, Resume, HalfRate };

    // train_page.cpp: what is seen
    void makeHead();
    QWidget* makeRunPane();
    void connectSetup();
    void connectLink();
    void takeStage(const StageEvent& stage);
    void takeLog(const LogEvent& log);
    void projectOpened();
    void showSetup();
    void setState(State state);
    void showView(bool setup);
    void reportProgress();
    void tellNoProgress();
    void showError(const QString& title, const Error& error);

    // train_page_runs.cpp: those that are there already
    void showRuns(const RunsWanted& wanted);
    void lookForRuns(const RunsWanted& wanted);
    void forgetRuns();
    void takeRuns(const RunsLook& look);
    void showLast(const RunsLook& look);
    void follow(const std::filesystem::path& folder);
    void showWayOn();
    void sayWhereItStands(qint64 checkpoint);
    bool isOfThisProject(const std::filesystem::path& run) const;

    // train_page_start.cpp: how runs begin
    void start(const TrainPlan& plan);
    void launch(const TrainPlan& plan);
    void begin(const RunFacts& facts, const std::filesystem::path& folder, bool followed);
    void prepare(const RunFacts& facts, const std::filesystem::path& folder);
    void endPreparation();
    void preparationFailed(const Error& error);
    void resume(const ResumePlan& plan);

    // train_page_queue.cpp: those that wait
    void enqueue(const TrainPlan& plan);
    void startNext();
    void startTaken(const TrainPlan& plan);
    void nextFailed(const Error& error);
    void goOnWithQueue();
    void putTakenBack(const std::string& problem);
    void showQueueState();

    // train_page_control.cpp: how they are asked and how they end
    bool ask(const std::function<void()>& what);
    void askToStop();
    void takeStopAnswer(int answer);
    bool cancelPreparation();
    bool wroteRunFolder() const;
    bool putInTrash();
    QString whatIsLeft(bool nothing, bool discarded);
    bool isGone(const JobOutcome& outcome) const;
    bool leaveRun(const JobOutcome& outcome, bool discarded);
    bool wasKept(const JobOutcome& outcome) const;
    qint64 discardedAt(const JobOutcome& outcome) const;
    void finish(const JobOutcome& outcome);
    void endHandOver();

    // train_page_head.cpp: texts and buttons
    void updateHead();
    void updateButtons();
    /// Who paused by key is to go on by the same one: until it can be pressed again, the focus is on its
    /// neighbour, which would stop the run, and comes back from there.
    void enablePause(bool enabled);
    void updateBadge();
    void updateNextStep();
    bool canCompare() const { return m_state == State::Setup && m_anyModel; }
    void showResetText();
    QString runFact() const;
    void savePng();
    void saveCsv();

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    RunLink* m_link;
    SpeedProbe* m_probe;
    QueueModel* m_queue;
    QStackedWidget* m_stack;
    SetupView* m_setup;
    RunView* m_run;
    QueuePanel *m_runQueue, *m_setupQueue;
    QPushButton *m_reset, *m_lastRun, *m_rate, *m_pause, *m_stop, *m_showRun, *m_newRun;
    State m_state = State::Setup;
    std::filesystem::path m_project;  // the one that is open
    std::filesystem::path m_jobProject;
    std::filesystem::path m_jobFolder;
    double m_peak = 0.0;                  // learning rate, as the run was asked last
    bool m_resumed = false;               // it was there before this job: its record stays
    bool m_keep = false;                  // what the stop that was asked for is to leave
    bool m_preparing = false;             // rows are read for a run that is to begin
    bool m_goOnAsked = false;             // the pause is to end
    bool m_queueGoes = false;             // waiting runs begin by themselves
    bool m_anyModel = false;              // of the project's runs: there is something to compare
    RunsWanted m_wanted;                  // of the look that is under way
    bool m_setupUsed = false;             // by the user, since that look began
    bool m_setupStays = false;            // what is found is not turned to
    WayOn m_wayOn = WayOn::None;          // of the run that is shown
    std::unique_ptr<QObject> m_question;  // while "Stop…" waits for its answer
    QPointer<QWidget> m_focusHeir;        // that has the focus while m_pause cannot have it
    QPointer<LearningRateDialog> m_rateDialog;
    TaskRunner m_tasks, m_look;
};

}  // namespace studio::ui
