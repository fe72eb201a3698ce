// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include <QKeySequence>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

#include "core/base/files.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/dialogs/dialogs.h"
#include "ui/jobs/job_runner.h"
#include "ui/session/model_paths.h"
#include "ui/text/error_text.h"
#include "ui/train/format_texts.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"

namespace studio::ui {

TrainPage::TrainPage(ProjectSession& session, JobRunner& runner, Dialogs& dialogs, QWidget* parent)
    : Page(PageId::Train, parent), m_session(session), m_runner(runner), m_dialogs(dialogs) {
    m_stack = new QStackedWidget(this);
    m_setup = new SetupView(session, dialogs, m_stack);
    m_run = new RunView(m_stack);
    m_stack->addWidget(m_setup);
    m_stack->addWidget(m_run);
    bodyLayout()->addWidget(m_stack, 1);
    m_reset = head().addButton(Icon::Undo);
    setButtonLook(m_reset, ButtonLook::Flat);
    m_lastRun = head().addButton(Icon::Chart);
    m_stop = head().addButton(Icon::Stop);
    m_newRun = head().addPrimaryButton(Icon::Add);

    connect(m_reset, &QPushButton::clicked, this, [this] {
        SettingsForm& form = m_setup->form();
        form.canTakeBackReset() ? form.takeBackReset() : form.resetToDefaults();
    });
    connect(&m_setup->form(), &SettingsForm::resetStateChanged, this, &TrainPage::showResetText);
    connect(m_lastRun, &QPushButton::clicked, this, &TrainPage::showLastRun);
    connect(m_stop, &QPushButton::clicked, this, &TrainPage::askToStop);
    connect(m_newRun, &QPushButton::clicked, this, [this] {
        showSetup();
        m_setup->form().focusField("run_name");
    });
    connect(m_setup, &SetupView::startRequested, this, &TrainPage::start);
    connect(m_setup, &SetupView::dataRequested, this, [this] { Q_EMIT goTo(PageId::Data); });
    connect(m_setup, &SetupView::rowsRequested, this, &TrainPage::rowsRequested);
    connect(m_run, &RunView::pngRequested, this, &TrainPage::savePng);
    connect(m_run, &RunView::csvRequested, this, &TrainPage::saveCsv);
    connect(&session, &ProjectSession::projectChanged, this, [this] {
        if (!isRunning()) showLastRun();
    });
    connectRunner();
    retranslate();
    showLastRun();
}

void TrainPage::connectRunner() {
    const auto ours = [this](quint64 job) { return job != 0 && job == m_job; };
    connect(&m_runner, &JobRunner::stageChanged, this, [this, ours](quint64 job, const StageEvent& stage) {
        if (!ours(job)) return;
        m_run->setStage(stage);
        if (m_state == State::Stopping && stage.stage != "saving") return;
        if (stage.stage == "training")
            setState(State::Training);
        else if (stage.stage == "evaluating")
            setState(State::Evaluating);
        else if (stage.stage == "saving")
            setState(State::Saving);
    });
    connect(&m_runner, &JobRunner::trainingStarted, this,
            [this, ours](quint64 job, const TrainingStarted& started) {
                if (!ours(job)) return;
                m_run->setStarted(started);
                if (!m_past.isEmpty()) m_run->addMetrics(std::exchange(m_past, {}));
            });
    connect(&m_runner, &JobRunner::metricsArrived, this,
            [this, ours](quint64 job, const QVector<MetricsEvent>& metrics) {
                if (!ours(job)) return;
                m_run->addMetrics(metrics);
                reportProgress();
            });
    connect(&m_runner, &JobRunner::logArrived, this, [this, ours](quint64 job, const LogEvent& log) {
        if (ours(job)) m_run->addLog(log);
    });
    connect(&m_runner, &JobRunner::sampleArrived, this, [this, ours](quint64 job, const RunSample& sample) {
        if (ours(job)) m_run->addSample(sample);
    });
    connect(&m_runner, &JobRunner::finished, this, [this, ours](quint64 job, const JobOutcome& outcome) {
        if (ours(job)) finish(outcome);
    });
}

QWidget* TrainPage::sidePane() const {
    return m_state == State::Setup ? nullptr : m_run->eventPanel();
}

void TrainPage::retranslate() {
    Page::retranslate();
    showResetText();
    m_lastRun->setText(tr("Last run"));
    m_stop->setText(tr("Stop…"));
    // The key is the menu's: two owners of one key and it does nothing.
    const QKeySequence key(Qt::CTRL | Qt::Key_Period);
    m_stop->setToolTip(tr("Stop the training (%1)").arg(key.toString(QKeySequence::NativeText)));
    m_newRun->setText(tr("New run"));
    updateHead();
}

void TrainPage::showResetText() {
    m_reset->setText(m_setup->form().canTakeBackReset() ? tr("Take back the reset")
                                                        : tr("Reset to defaults"));
}

void TrainPage::activated() {
    if (m_state == State::Setup) m_setup->refresh();
}

QString TrainPage::sidebarNote() const {
    return isRunning() ? tr("%1 %").arg(qRound(m_run->progress() * 100)) : QString();
}

void TrainPage::showSetup() {
    try {
        m_setup->form().proposeRunName();
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The runs cannot be listed"), errorLine(error), errorText(error).details});
    }
    setState(State::Setup);
    m_setup->refresh();
}

// The newest run that came to an end stands here after the program is opened again.
void TrainPage::showLastRun() {
    try {
        const std::vector<RunSummary> runs = m_session.runs();
        for (const RunSummary& run : runs) {
            const std::string ended = run.state();
            if (!run.hasModel || (ended != "finished" && ended != "stopped")) continue;
            m_run->showPast(readPastRun(run));
            setState(ended == "finished" ? State::Finished : State::Stopped);
            return;
        }
    } catch (const Error& error) {
        // The settings can still be used; the sentence says which file of the run is damaged.
        Q_EMIT statusMessage(errorLine(error));
    }
    setState(State::Setup);
}

void TrainPage::start(const TrainPlan& plan) {
    if (isRunning()) return;
    try {
        checkRunName(m_session.project().runsFolder(), plan.job.runName);
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The training was not started"), errorLine(error), errorText(error).details});
        m_setup->refresh();
        return;
    }
    RunFacts facts;
    facts.name = QString::fromStdString(plan.job.runName);
    facts.baseModel = plan.job.modelFolder;
    facts.method = QString::fromStdString(plan.job.settings.method);
    facts.settings = plan.job.settings;
    facts.plan = plan.found.plan;
    facts.validationRows = plan.found.validationRows;
    begin(facts, plan.job, false);
}

void TrainPage::begin(const RunFacts& facts, const TrainJob& asked, bool resumed) {
    m_run->begin(facts);
    m_jobProject = m_session.project().folder();
    m_jobFolder = asked.runFolder;
    m_discard = std::stop_source();
    m_keep = false;
    m_resumed = resumed;
    m_past.clear();
    TrainJob job = asked;
    job.discard = m_discard.get_token();
    m_job = m_runner.start(std::move(job));
    setState(State::Starting);
    reportProgress();
}

// The training goes on while the question stands, so it names no step, and what an answer does is decided
// when it is given. The end of the run withdraws it.
void TrainPage::askToStop() {
    if (!isRunning() || m_state == State::Stopping) return;
    Question question;
    question.title = tr("Stop the training?");
    question.text = tr("The training goes on until you answer.");
    question.details =
        tr("What was learned so far can be kept as a model and compared; before the first step there is "
           "nothing to keep. Discarding removes the run from the disk.");
    question.answers = {
        {tr("Stop and keep"), false}, {tr("Stop and discard"), true}, {tr("Go on training"), false}};
    question.defaultAnswer = 0;
    question.safeAnswer = 2;
    m_question = std::make_unique<QObject>();
    question.subject = m_question.get();
    m_dialogs.ask(this, question, [this](int answer) { takeStopAnswer(answer); });
}

void TrainPage::takeStopAnswer(int answer) {
    // Not destroyed here: the answer may come from within the question.
    if (m_question) m_question.release()->deleteLater();
    if (answer == 0)
        stopAndKeep();
    else if (answer == 1)
        stopAndDiscard();
}

void TrainPage::stopAndKeep() {
    if (!isRunning() || m_state == State::Stopping) return;
    m_question.reset();
    m_keep = true;
    setState(State::Stopping);
    m_runner.stop();
}

void TrainPage::stopAndDiscard() {
    if (!isRunning() || m_state == State::Stopping) return;
    m_question.reset();
    m_discard.request_stop();
    setState(State::Stopping);
    m_runner.stop();
}

bool TrainPage::removeRunFolder() {
    std::error_code failed;
    std::filesystem::remove_all(m_jobFolder, failed);
    if (!failed) return true;
    m_dialogs.showError(this, {tr("The run was not removed"),
                               tr("%1 cannot be removed from the disk. Remove the folder by hand.")
                                   .arg(QString::fromStdString(m_jobFolder.string())),
                               QString::fromStdString(failed.message())});
    return false;
}

// What a run that was stopped leaves behind, and what the status line says of it.
void TrainPage::leaveRun(const JobOutcome& outcome) {
    const bool failed = outcome.kind == JobOutcome::Kind::Failed;
    const bool nothing = m_keep && !failed && !std::holds_alternative<TrainResult>(outcome.value);
    if (!m_discard.stop_requested() && !nothing) {
        Q_EMIT statusMessage(m_run->note().text());
        return;
    }
    if (m_resumed) {
        // What it had learned before is not this job's to throw away.
        Q_EMIT statusMessage(
            tr("The run %1 is kept as it was at its newest checkpoint").arg(m_run->runName()));
        showSetup();
        return;
    }
    // Another program may have taken the name while this run was loading: then the folder is not ours.
    const bool ours = !failed || outcome.code != ErrorCode::RunExists;
    if (ours && removeRunFolder()) {
        Q_EMIT statusMessage(
            nothing ? tr("No step was made, so there was nothing to keep: the run %1 was discarded")
                          .arg(m_run->runName())
                    : tr("The run %1 was discarded").arg(m_run->runName()));
    }
    showSetup();
}

void TrainPage::finish(const JobOutcome& outcome) {
    m_job = 0;
    m_question.reset();
    m_run->end(outcome);
    const auto* result = std::get_if<TrainResult>(&outcome.value);
    if (outcome.kind == JobOutcome::Kind::Failed)
        setState(State::Failed);
    else
        setState(result && !result->stoppedEarly ? State::Finished : State::Stopped);
    Q_EMIT progressChanged(m_run->runName(), -1.0, QString());
    leaveRun(outcome);
    if (m_session.isOpen() && m_session.project().folder() == m_jobProject) m_session.notifyRunsChanged();
}

void TrainPage::setState(State state) {
    m_state = state;
    m_stack->setCurrentWidget(state == State::Setup ? static_cast<QWidget*>(m_setup) : m_run);
    m_setup->setBusy(isRunning());
    updateHead();
    Q_EMIT sidebarNoteChanged();
    Q_EMIT sidePaneChanged();
}

void TrainPage::updateHead() {
    const bool setup = m_state == State::Setup;
    m_reset->setVisible(setup);
    m_stop->setVisible(isRunning());
    m_stop->setEnabled(m_state != State::Stopping && m_state != State::Saving);
    m_newRun->setVisible(!setup && !isRunning());
    bool anyRun = false;
    if (setup) {
        for (const RunSummary& run : m_session.runs()) anyRun = anyRun || run.hasModel;
    }
    m_lastRun->setVisible(anyRun);
    head().setFact(setup ? tr("not started") : runFact());

    NextStep step;
    step.target = PageId::Compare;
    step.buttonText = tr("Next: compare");
    step.hint = tr("After this: base and fine-tuned model answer the same prompts");
    step.enabled = false;
    Badge& badge = head().badge();
    switch (m_state) {
        case State::Setup:
            badge.clear();
            step.enabled = anyRun;
            break;
        case State::Starting:
            badge.set(BadgeKind::Accent, tr("Starting"), Icon::Play);
            break;
        case State::Training:
            badge.set(BadgeKind::Accent, tr("Training"), Icon::Play);
            break;
        case State::Evaluating:
            badge.set(BadgeKind::Accent, tr("Evaluating"), Icon::Play);
            break;
        case State::Saving:
            badge.set(BadgeKind::Accent, tr("Saving"), Icon::Save);
            break;
        case State::Stopping:
            badge.set(BadgeKind::Warning, tr("Stopping"), Icon::Stop);
            break;
        case State::Finished:
            badge.set(BadgeKind::Ok, tr("Finished"));
            break;
        case State::Stopped:
            badge.set(BadgeKind::Neutral, tr("Stopped"), Icon::Stop);
            break;
        case State::Failed:
            badge.set(BadgeKind::Error, tr("Failed"));
            break;
    }
    if (isRunning()) step.hint = tr("You can leave this page; training goes on");
    if (!setup && !isRunning()) {
        step.buttonText = tr("Next: compare with the base model");
        step.enabled = m_state != State::Failed;
        step.hint = step.enabled ? tr("Both answer the same prompts, side by side") : QString();
    }
    setNextStep(step);
}

QString TrainPage::runFact() const {
    const RunFacts& run = m_run->facts();
    QStringList parts{run.name};
    if (!run.baseModel.empty()) parts << ProjectSession::modelTitle(run.baseModel);
    if (run.method == QLatin1String("full")) parts << tr("all weights");
    return parts.join(QStringLiteral(" · "));
}

void TrainPage::reportProgress() {
    const double left = m_run->secondsLeft();
    Q_EMIT progressChanged(m_run->runName(), m_run->progress(),
                           std::isfinite(left) ? tr("about %1 left").arg(durationText(left)) : QString());
    Q_EMIT sidebarNoteChanged();
}

void TrainPage::savePng() {
    FileRequest request;
    request.title = tr("Save the chart as PNG");
    request.startAt = m_run->runName() + QStringLiteral("-loss.png");
    request.filters = {tr("PNG picture (*.png)")};
    request.suffix = QStringLiteral("png");
    m_dialogs.saveFile(this, request, [this](const QString& path) {
        if (m_run->chart().plot().savePng(path)) {
            Q_EMIT statusMessage(tr("Saved %1").arg(path));
        } else {
            m_dialogs.showError(this, {tr("The chart was not saved"),
                                       tr("%1 cannot be written. Choose another folder.").arg(path),
                                       {}});
        }
    });
}

void TrainPage::saveCsv() {
    FileRequest request;
    request.title = tr("Save the figures as CSV");
    request.startAt = m_run->runName() + QStringLiteral("-metrics.csv");
    request.filters = {tr("Comma-separated values (*.csv)")};
    request.suffix = QStringLiteral("csv");
    m_dialogs.saveFile(this, request, [this](const QString& path) {
        try {
            writeFileAtomically(path.toStdString(),
                                m_run->chart().plot().table(QLatin1Char(',')).toStdString());
            Q_EMIT statusMessage(tr("Saved %1").arg(path));
        } catch (const Error& error) {
            m_dialogs.showError(
                this, {tr("The figures were not saved"), errorLine(error), errorText(error).details});
        }
    });
}

}  // namespace studio::ui
