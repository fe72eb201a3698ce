// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How runs begin: from the form, from their checkpoint, from the queue, and as runs of another process.
#include <QPushButton>
#include <utility>

#include "core/base/files.h"
#include "core/config/settings.h"
#include "core/storage/run_control.h"
#include "core/tokenizer/tokenizer.h"
#include "ui/dialogs/dialogs.h"
#include "ui/text/error_text.h"
#include "ui/train/queue_model.h"
#include "ui/train/queue_panel.h"
#include "ui/train/run_link.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/speed_probe.h"
#include "ui/train/train_page.h"

namespace studio::ui {

namespace {

RunFacts factsOf(const TrainPlan& plan) {
    RunFacts facts;
    facts.name = QString::fromStdString(plan.job.runName);
    facts.baseModel = plan.job.modelFolder;
    facts.method = QString::fromStdString(plan.job.settings.method);
    facts.settings = plan.job.settings;
    facts.plan = plan.found.plan;
    facts.validationRows = plan.found.validationRows;
    return facts;
}

QueuedRun queuedOf(const TrainPlan& plan) {
    QueuedRun run;
    run.name = plan.job.runName;
    run.modelFolder = plan.job.modelFolder;
    run.settings = plan.job.settings;
    run.promptTemplate = plan.job.promptTemplate;
    for (const SamplePrompt& prompt : plan.job.samplePrompts)
        if (prompt.rowId > 0) run.sampleRows.push_back(prompt.rowId);
    run.queued = unixTime();
    return run;
}

RunFacts factsOf(const QueuedRun& run) {
    RunFacts facts;
    facts.name = QString::fromStdString(run.name);
    facts.baseModel = run.modelFolder;
    facts.method = QString::fromStdString(run.settings.method);
    facts.settings = run.settings;
    return facts;
}

}  // namespace

void TrainPage::begin(const RunFacts& facts, const std::filesystem::path& folder, bool followed) {
    RunFacts known = facts;
    known.folder = folder;
    m_run->begin(known, followed);
    m_jobProject = m_session.project().folder();
    m_jobFolder = folder;
    m_peak = facts.settings.learningRate;
    m_keep = m_goOnAsked = m_resumed = false;
    m_probe->cancel();
    m_wayOn = WayOn::None;
}

/// Neither a run nor one that waits may have the name. Throws Error.
void TrainPage::checkFree(const std::string& name) const {
    checkRunName(m_session.project().runsFolder(), name);
    if (!m_queue->contains(name) && !(m_next && m_next->name == name)) return;
    throw Error(ErrorCode::RunExists, "A run \"" + name + "\" is in the queue already.",
                "Choose another name.", {name});
}

void TrainPage::start(const TrainPlan& plan) {
    if (isRunning()) return;
    try {
        checkFree(plan.job.runName);
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The training was not started"), errorLine(error), errorText(error).details});
        m_setup->refresh();
        return;
    }
    begin(factsOf(plan), plan.job.runFolder, false);
    m_link->start(plan.job);
    setState(State::Starting);
}

// The rows are read on another thread; until then the run is seen as starting.
void TrainPage::prepare(const RunFacts& facts, const std::filesystem::path& folder) {
    m_preparing = true;
    begin(facts, folder, false);
    setState(State::Starting);
}

void TrainPage::preparationFailed(const Error& error) {
    m_preparing = false;
    m_run->leave();
    Q_EMIT progressChanged(m_run->runName(), -1.0, QString());
    m_dialogs.showError(this,
                        {tr("The training was not started"), errorLine(error), errorText(error).details});
    showLastRun();
}

void TrainPage::resumeRun(const RunSummary& run, const std::vector<std::string>& changes) {
    if (isRunning()) {
        Q_EMIT statusMessage(tr("%1 was not resumed: another run is at work. Resume it when that has ended.")
                                 .arg(QString::fromStdString(run.name)));
        return;
    }
    RunFacts facts;
    facts.name = QString::fromStdString(run.name);
    facts.baseModel = run.baseModel;
    facts.method = QString::fromStdString(run.method);
    showView(false);
    prepare(facts, run.folder);
    const ResumeRequest request{m_session.project().folder(), run.name, changes};
    m_tasks.run<ResumePlan>([request](const std::stop_token& stop) { return makeResumePlan(request, stop); },
                            [this](const ResumePlan& plan) { resume(plan); },
                            [this](const Error& error) { preparationFailed(error); });
}

void TrainPage::resume(const ResumePlan& plan) {
    m_preparing = false;
    begin(plan.facts, plan.job.runFolder, false);
    m_resumed = true;
    m_link->start(plan.job, plan.past);
    setState(State::Starting);
}

bool TrainPage::attach() {
    if (isRunning() || !m_session.isOpen()) return false;
    const auto folder = findRunAtWork(m_session.project().runsFolder());
    if (!folder) return false;
    RunFacts facts;
    facts.name = QString::fromStdString(folder->filename().string());
    prepare(facts, *folder);
    m_tasks.run<PastRun>(
        [folder = *folder](const std::stop_token&) { return readPastRun(RunFolder(folder).summary()); },
        [this, folder = *folder](const PastRun& run) {
            m_preparing = false;
            begin(run.facts, folder, true);
            // Perhaps it was resumed: then what it had learned before is not to go with it.
            m_resumed = newestCheckpoint(folder) > 0;
            m_link->follow(folder);
            setState(State::Starting);
        },
        [this](const Error& error) {
            // It has just begun, or its description is damaged: it is looked for again when the page is
            // shown.
            m_preparing = false;
            m_run->leave();
            Q_EMIT progressChanged(m_run->runName(), -1.0, QString());
            Q_EMIT statusMessage(errorLine(error));
            showLastRun();
        });
    return true;
}

// The queue
// ------------------------------------------------------------------------------------------------------

void TrainPage::enqueue(const TrainPlan& plan) {
    try {
        checkFree(plan.job.runName);
        m_queue->add(queuedOf(plan));
    } catch (const Error& error) {
        m_dialogs.showError(this, {tr("The run was not queued"), errorLine(error), errorText(error).details});
        return;
    }
    m_queueGoes = true;
    Q_EMIT statusMessage(tr("%1 waits in the queue").arg(QString::fromStdString(plan.job.runName)));
    m_setup->form().setRunName(QString::fromStdString(m_queue->freeName("run")));
    setState(m_state);
    if (!isRunning()) startNext();
}

void TrainPage::startQueue() {
    try {
        m_queue->clearProblems();
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The queue was not started"), errorLine(error), errorText(error).details});
        return;
    }
    m_queueGoes = true;
    setState(m_state);
    if (!isRunning()) startNext();
}

void TrainPage::holdQueue() {
    m_queueGoes = false;
    m_queuePanel->setGoing(false, isRunning());
}

// After the end of a run, when all who hear of it have done so.
void TrainPage::goOnWithQueue() {
    if (!m_queueGoes) return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_queueGoes && !isRunning()) startNext();
        },
        Qt::QueuedConnection);
}

// The run that was prepared has not begun: it is the next one still. `problem`: why it could not.
void TrainPage::putNextBack(const std::string& problem) {
    if (!m_next) return;
    const QueuedRun run = *std::exchange(m_next, std::nullopt);
    try {
        m_queue->putBack(run, problem);
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The queue was not changed"), errorLine(error), errorText(error).details});
    }
}

void TrainPage::startNext() {
    try {
        m_next = m_session.isOpen() ? m_queue->takeNext() : std::nullopt;
    } catch (const Error& error) {
        m_queueGoes = false;
        m_dialogs.showError(this,
                            {tr("The queue was not started"), errorLine(error), errorText(error).details});
    }
    if (!m_next) {
        m_queueGoes = false;
        return setState(m_state);
    }
    const QueuedRun run = *m_next;
    prepare(factsOf(run), m_session.project().runsFolder() / run.name);
    TrainRequest request;
    request.projectFolder = m_session.project().folder();
    request.modelFolder = run.modelFolder;
    request.runName = run.name;
    request.settings = run.settings;
    request.promptTemplate = run.promptTemplate;
    request.sampleRows = run.sampleRows;
    m_tasks.run<TrainPlan>(
        [request](const std::stop_token& stop) {
            checkRunName(request.projectFolder / "runs", request.runName);
            TrainRequest whole = request;
            whole.tokenizer = loadTokenizer(request.modelFolder);
            return makeTrainPlan(whole, stop);
        },
        [this](const TrainPlan& plan) {
            m_preparing = false;
            m_next.reset();
            start(plan);
        },
        [this](const Error& error) {
            m_preparing = false;
            m_run->leave();
            const QString name = m_run->runName();
            Q_EMIT progressChanged(name, -1.0, QString());
            Q_EMIT statusMessage(tr("%1 could not be started: %2").arg(name, errorLine(error)));
            putNextBack(errorLine(error).toStdString());
            startNext();
            if (!isRunning()) showLastRun();
        });
}

}  // namespace studio::ui
