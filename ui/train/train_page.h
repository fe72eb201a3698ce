// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <stop_token>

#include "core/jobs/job.h"
#include "ui/jobs/task_runner.h"
#include "ui/session/project_session.h"
#include "ui/train/run_facts.h"
#include "ui/train/train_request.h"
#include "ui/widgets/page.h"

class QPushButton;
class QStackedWidget;

namespace studio::ui {

class Dialogs;
class JobRunner;
class RunView;
class SetupView;

/// Train: settings and pre-flight before, figures and charts while a run goes on and afterwards. Starts jobs
/// on the runner that all pages share and listens to its own job alone.
class TrainPage : public Page {
    Q_OBJECT

public:
    enum class State { Setup, Starting, Training, Evaluating, Saving, Stopping, Finished, Stopped, Failed };

    TrainPage(ProjectSession& session, JobRunner& runner, Dialogs& dialogs, QWidget* parent = nullptr);

    void activated() override;
    QString sidebarNote() const override;
    QWidget* sidePane() const override;

    /// Ends the run that goes on: with a model of what was learned, or without a trace. Before the first step
    /// there is nothing to keep: then the run leaves no trace either, and the status line says so.
    void stopAndKeep();
    void stopAndDiscard();
    /// Goes on with a run of the project from its newest checkpoint; `changes` as TrainJob::changes has them.
    void resumeRun(const RunSummary& run, const std::vector<std::string>& changes = {});
    /// Fills the form with what a run was started with, under a new name.
    void repeatRun(const RunSummary& run);

    State state() const { return m_state; }
    bool isRunning() const { return m_job != 0; }
    SetupView& setup() { return *m_setup; }
    RunView& runView() { return *m_run; }
    QPushButton* stopButton() { return m_stop; }
    QPushButton* newRunButton() { return m_newRun; }
    QPushButton* resetButton() { return m_reset; }

Q_SIGNALS:
    /// Some rows are to be seen on Data, and in a few words what they are.
    void rowsRequested(const QVector<qint64>& ids, const QString& what);
    /// For the status bar while a run goes on; `share` below 0 when there is none.
    void progressChanged(const QString& name, double share, const QString& left);

protected:
    void retranslate() override;

private:
    void connectRunner();
    void start(const TrainPlan& plan);
    void begin(const RunFacts& facts, const TrainJob& job, bool resumed);
    void askToStop();
    void takeStopAnswer(int answer);
    bool removeRunFolder();
    void leaveRun(const JobOutcome& outcome);
    void finish(const JobOutcome& outcome);
    void showSetup();
    void showLastRun();
    void setState(State state);
    void updateHead();
    void showResetText();
    QString runFact() const;
    void reportProgress();
    void savePng();
    void saveCsv();

    ProjectSession& m_session;
    JobRunner& m_runner;
    Dialogs& m_dialogs;
    QStackedWidget* m_stack;
    SetupView* m_setup;
    RunView* m_run;
    QPushButton* m_reset;
    QPushButton* m_lastRun;
    QPushButton* m_stop;
    QPushButton* m_newRun;
    State m_state = State::Setup;
    quint64 m_job = 0;  // 0: none of ours is running
    std::filesystem::path m_jobProject;
    std::filesystem::path m_jobFolder;
    std::stop_source m_discard;
    bool m_resumed = false;               // it was there before this job: it is never removed with it
    QVector<MetricsEvent> m_past;         // of a run that goes on, until it has told its size
    bool m_keep = false;                  // what the stop that was asked for is to leave
    std::unique_ptr<QObject> m_question;  // while "Stop…" waits for its answer
    TaskRunner m_again;                   // reads what a run that goes on needs
};

}  // namespace studio::ui
