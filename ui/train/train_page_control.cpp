// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a run at work is asked, and how it ends.
#include <QPushButton>

#include "core/storage/process_mark.h"
#include "core/storage/run_control.h"
#include "core/storage/run_trash.h"
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
        m_run->rateAsked(peak);
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
           "nothing to keep. Discarding moves what is left of the run to the trash.");
    if (m_link->isFollowed()) {
        question.details =
            tr("What was learned so far can be kept as a model and compared. Discarding removes the "
               "checkpoints: the run cannot go on, and stays in Runs as a record.");
    }
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

// Whether the job of this process that has just ended had begun to write the folder. Who else has written
// there since, or had taken the name before, owns it.
bool TrainPage::wroteRunFolder() const {
    try {
        const RunStatus status = RunFolder(m_jobFolder).readStatus();
        if (status.processId != 0)
            return status.processId == ownProcessId() && status.processMark == processMark(ownProcessId());
    } catch (const Error&) {
        // There is none, or it is damaged: what the job has told counts.
    }
    return m_link->hasTrained();
}

// What a new run leaves that has learned nothing can be taken back from the trash, in Runs. False: it stays
// where it is.
bool TrainPage::putInTrash() {
    try {
        moveRunToTrash(m_jobFolder.parent_path(), m_jobFolder.filename().string());
        return true;
    } catch (const Error&) {
        return false;  // another process is at it, or the folder cannot be written: its record stays
    }
}

// What is kept of a run of which nothing was learned, or is to be kept.
QString TrainPage::whatIsLeft(bool nothing, bool discarded) {
    const QString name = m_run->runName();
    const bool fresh = m_link->wasOwn() && !m_resumed;
    if (!fresh && !discarded && newestCheckpoint(m_jobFolder) > 0)
        return tr("The run %1 is kept as it was at its newest checkpoint").arg(name);
    if (fresh && !wroteRunFolder())
        return nothing
                   ? tr("No step was made, so there was nothing to keep: the run %1 was discarded").arg(name)
                   : tr("The run %1 was discarded").arg(name);
    if (fresh && putInTrash())
        return nothing ? tr("No step was made, so there was nothing to keep: the run %1 is in the trash")
                             .arg(name)
                       : tr("The run %1 was discarded; its record is in the trash").arg(name);
    return nothing ? tr("No step was made, so there was nothing to keep: the record of %1 stays in Runs")
                         .arg(name)
                   : tr("The run %1 was discarded; its record stays in Runs").arg(name);
}

// What a run that was stopped leaves behind, and what the status line says of it. False: the run is no longer
// to be seen. A run of another process, and one that was there before this job, keep their folder.
bool TrainPage::leaveRun(const JobOutcome& outcome, bool discarded) {
    const bool failed = outcome.kind == JobOutcome::Kind::Failed;
    const bool nothing = m_keep && !failed && !std::holds_alternative<TrainResult>(outcome.value) &&
                         !discarded && newestCheckpoint(m_jobFolder) == 0;
    if (isGone(outcome)) {
        Q_EMIT statusMessage(tr("The run %1 is no longer on the disk").arg(m_run->runName()));
        return false;
    }
    if (wasKept(outcome) || (!m_link->isDiscarding() && !nothing)) {
        Q_EMIT statusMessage(m_run->note().text());
        return true;
    }
    Q_EMIT statusMessage(whatIsLeft(nothing, discarded));
    return false;
}

/// The step at which a run was discarded that had learned something; 0: it was not.
qint64 TrainPage::discardedAt(const JobOutcome& outcome) const {
    if (outcome.kind != JobOutcome::Kind::Cancelled || std::holds_alternative<TrainResult>(outcome.value))
        return 0;
    try {
        const RunStatus status = RunFolder(m_jobFolder).readStatus();
        return status.state == "discarded" ? status.step : 0;
    } catch (const Error&) {
        return 0;  // it never wrote one, or is gone
    }
}

/// A run that was to be discarded, while a stop that keeps what was learned was asked for elsewhere in the
/// same moment, or its last step was made: that goes before. There is a model, or, where it could not be
/// saved, the checkpoint.
bool TrainPage::wasKept(const JobOutcome& outcome) const {
    if (!m_link->isDiscarding()) return false;
    if (outcome.kind == JobOutcome::Kind::Failed) return newestCheckpoint(m_jobFolder) > 0;
    if (!std::holds_alternative<TrainResult>(outcome.value)) return false;
    const std::string state = RunFolder(m_jobFolder).look().state();
    const bool fresh = m_link->wasOwn() && !m_resumed;  // goes to the trash, as was asked
    return state == "stopped" || (state == "finished" && !fresh);
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
    const qint64 discarded = discardedAt(outcome);
    // It has no model, and is not lost either.
    const bool left = outcome.kind == JobOutcome::Kind::Cancelled && !kept && !m_link->isDiscarding() &&
                      discarded == 0 && newestCheckpoint(m_jobFolder) > 0;
    if (interrupted || left || gone)
        m_run->leave();
    else
        m_run->end(outcome, discarded);
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
    if (!leaveRun(outcome, discarded > 0)) showSetup();
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
