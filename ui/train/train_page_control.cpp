// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a run at work is asked, and how it ends.
#include <QPushButton>

#include "core/storage/run_control.h"
#include "ui/charts/chart_style.h"
#include "ui/dialogs/dialogs.h"
#include "ui/train/run_link.h"
#include "ui/train/run_view.h"
#include "ui/train/train_page.h"
#include "ui/widgets/note_bar.h"

namespace studio::ui {

bool TrainPage::canPause() const {
    if (!m_link->isActive() || m_goOnAsked) return false;
    return m_state == State::Training || m_state == State::Evaluating || m_state == State::Paused;
}

bool TrainPage::canChangeRate() const {
    return m_link->isActive() && (m_state == State::Training || m_state == State::Evaluating ||
                                  m_state == State::Pausing || m_state == State::Paused);
}

bool TrainPage::ask(const std::function<void()>& what) {
    try {
        what();
        return true;
    } catch (const Error& error) {
        showError(tr("The run could not be asked"), error);
        return false;
    }
}

void TrainPage::togglePause() {
    if (!canPause()) return;
    const bool pause = m_state != State::Paused;
    if (!ask([&] { m_link->setPaused(pause); })) return;
    m_goOnAsked = !pause;
    setState(pause ? State::Pausing : State::Paused);
}

void TrainPage::askForLearningRate() {
    if (!canChangeRate() || m_rateDialog) return;
    m_rateDialog = new LearningRateDialog(m_peak, m_run->learningRate(), this);
    m_rateDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_rateDialog, &LearningRateDialog::rateChosen, this, [this](double peak) {
        if (!canChangeRate() || !ask([&] { m_link->setLearningRate(peak); })) return;
        Q_EMIT statusMessage(
            tr("The next step has the new learning rate: its peak is %1").arg(rateText(peak)));
    });
    m_rateDialog->open();
}

// The training goes on while the question stands, so it names no step, and what an answer does is decided
// when it is given. The end of the run withdraws it.
void TrainPage::askToStop() {
    if (!isRunning() || m_state == State::Stopping || m_state == State::HandingOver) return;
    if (cancelPreparation()) return;
    Question question;
    question.title = tr("Stop the training?");
    question.text = tr("The training goes on until you answer.");
    if (m_state == State::Paused) question.text = tr("The training is paused until you answer.");
    question.details =
        tr("What was learned so far can be kept as a model and compared; before the first step there is "
           "nothing to keep. Discarding removes the run from the disk.");
    if (m_resumed) {
        question.details =
            tr("What was learned so far can be kept as a model and compared. Discarding removes the "
               "checkpoints, "
               "also those of before: the run cannot go on, and stays in Runs as a record.");
    }
    question.answers = {
        {tr("Stop and keep"), false}, {tr("Stop and discard"), true}, {tr("Go on training"), false}};
    if (m_state == State::Paused) question.answers[2].verb = tr("Leave it paused");
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

// Nothing has begun yet: a run from the queue goes back to it.
bool TrainPage::cancelPreparation() {
    if (!m_preparing) return false;
    m_tasks.cancel();
    m_queueGoes = false;
    endPreparation();
    putTakenBack({});
    showRuns({false, true});
    return true;
}

void TrainPage::stopAndKeep() {
    if (!isRunning() || m_state == State::Stopping || cancelPreparation()) return;
    m_question.reset();
    if (!ask([this] { m_link->stopAndKeep(); })) return;
    m_keep = true;
    setState(State::Stopping);
}

void TrainPage::stopAndDiscard() {
    if (!isRunning() || m_state == State::Stopping || cancelPreparation()) return;
    m_question.reset();
    if (!ask([this] { m_link->stopAndDiscard(); })) return;
    setState(State::Stopping);
}

void TrainPage::handOver() {
    if (!m_link->isOwn() || m_state == State::Stopping || m_state == State::HandingOver) return;
    m_question.reset();
    if (!ask([this] { m_link->handOver(); })) return;
    setState(State::HandingOver);
}

void TrainPage::handOverFailed(const QString& text, const QString& details) {
    m_dialogs.showError(this, {tr("The run does not go on in the background"), text, details});
    if (!isRunning()) showRuns({false, true});
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

// What a run that was stopped leaves behind, and what the status line says of it. False: the run is no longer
// to be seen.
bool TrainPage::leaveRun(const JobOutcome& outcome) {
    const bool failed = outcome.kind == JobOutcome::Kind::Failed;
    const bool nothing = m_keep && !failed && !std::holds_alternative<TrainResult>(outcome.value) &&
                         newestCheckpoint(m_jobFolder) == 0;
    if (isGone(outcome)) {
        Q_EMIT statusMessage(tr("The run %1 is no longer on the disk").arg(m_run->runName()));
        return false;
    }
    if (!m_link->isDiscarding() && !nothing) {
        Q_EMIT statusMessage(m_run->note().text());
        return true;
    }
    if (m_resumed) {
        // Its folder was there before this job; the job has removed what the run had learned.
        Q_EMIT statusMessage(
            newestCheckpoint(m_jobFolder) > 0
                ? tr("The run %1 is kept as it was at its newest checkpoint").arg(m_run->runName())
                : tr("The run %1 was discarded; its record stays in Runs").arg(m_run->runName()));
        return false;
    }
    // Another program may have taken the name while this run was loading: then the folder is not ours.
    const bool ours = !failed || outcome.code != ErrorCode::RunExists;
    if (ours && removeRunFolder()) {
        Q_EMIT statusMessage(
            nothing ? tr("No step was made, so there was nothing to keep: the run %1 was discarded")
                          .arg(m_run->runName())
                    : tr("The run %1 was discarded").arg(m_run->runName()));
    }
    return false;
}

/// A run of another process whose folder was removed while it was followed.
bool TrainPage::isGone(const JobOutcome& outcome) const {
    std::error_code ignored;
    return !m_link->wasOwn() && !m_link->isDiscarding() && outcome.kind == JobOutcome::Kind::Cancelled &&
           !std::filesystem::exists(m_jobFolder, ignored);
}

void TrainPage::finish(const JobOutcome& outcome) {
    m_question.reset();
    if (m_rateDialog) m_rateDialog->close();
    const bool gone = isGone(outcome);
    const bool asked = m_keep || m_link->isDiscarding() || gone;
    const bool kept = std::holds_alternative<TrainResult>(outcome.value);
    if (m_state == State::HandingOver && outcome.kind == JobOutcome::Kind::Cancelled && !kept)
        return endHandOver();
    const bool failed = outcome.kind == JobOutcome::Kind::Failed;
    const bool interrupted = m_link->wasInterrupted();
    const auto* result = std::get_if<TrainResult>(&outcome.value);
    // It has no model, and is not lost either.
    const bool left = outcome.kind == JobOutcome::Kind::Cancelled && !kept && !m_link->isDiscarding() &&
                      newestCheckpoint(m_jobFolder) > 0;
    if (interrupted || left || gone)
        m_run->leave();
    else
        m_run->end(outcome);
    m_wayOn = WayOn::None;
    if (interrupted || left) m_wayOn = WayOn::Resume;
    if (failed && outcome.code == ErrorCode::LossNotFinite) m_wayOn = WayOn::HalfRate;
    if (failed)
        setState(interrupted ? State::Interrupted : State::Failed);
    else
        setState(result && !result->stoppedEarly ? State::Finished : State::Stopped);
    showWayOn();
    tellNoProgress();
    m_anyModel = m_anyModel || kept;
    if (!leaveRun(outcome)) showSetup();
    if (m_session.isOpen() && m_session.project().folder() == m_jobProject) m_session.notifyRunsChanged();
    if (!asked) Q_EMIT runEnded(m_run->runName(), m_run->note().text(), failed);
    goOnWithQueue();
}

void TrainPage::endHandOver() {
    m_run->leave();
    m_queueGoes = false;
    m_wayOn = WayOn::Resume;  // it has no model
    setState(State::Stopped);
    Q_EMIT handedOver(m_jobProject, m_run->runName());
    tellNoProgress();
}

}  // namespace studio::ui
