// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The runs that wait: how they come into the queue, and how each begins in its turn.
#include "core/base/files.h"
#include "core/tokenizer/tokenizer.h"
#include "ui/text/error_text.h"
#include "ui/train/queue_model.h"
#include "ui/train/queue_panel.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"

namespace studio::ui {

namespace {

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

TrainRequest requestOf(const QueuedRun& run, const std::filesystem::path& project) {
    TrainRequest request;
    request.projectFolder = project;
    request.modelFolder = run.modelFolder;
    request.runName = run.name;
    request.settings = run.settings;
    request.promptTemplate = run.promptTemplate;
    request.sampleRows = run.sampleRows;
    return request;
}

}  // namespace

void TrainPage::enqueue(const TrainPlan& plan) {
    try {
        m_queue->checkName(plan.job.runName);
        m_queue->add(queuedOf(plan));
    } catch (const Error& error) {
        return showError(tr("The run was not queued"), error);
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
        return showError(tr("The queue was not started"), error);
    }
    m_queueGoes = true;
    setState(m_state);
    if (!isRunning()) startNext();
}

void TrainPage::holdQueue() {
    m_queueGoes = false;
    showQueueState();
}

void TrainPage::showQueueState() {
    for (QueuePanel* panel : {m_setupQueue, m_runQueue}) panel->setGoing(m_queueGoes, isRunning());
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
void TrainPage::putTakenBack(const std::string& problem) {
    try {
        m_queue->putBack(problem);
    } catch (const Error& error) {
        showError(tr("The queue was not changed"), error);
    }
}

void TrainPage::startNext() {
    std::optional<QueuedRun> next;
    try {
        if (m_session.isOpen()) next = m_queue->takeNext();
    } catch (const Error& error) {
        showError(tr("The queue was not started"), error);
    }
    if (!next) {
        m_queueGoes = false;
        return setState(m_state);
    }
    prepare(factsOf(*next), m_session.project().runsFolder() / next->name);
    const TrainRequest request = requestOf(*next, m_session.project().folder());
    m_tasks.run<TrainPlan>(
        [request](const std::stop_token& stop) {
            checkRunName(request.projectFolder / "runs", request.runName);
            TrainRequest whole = request;
            whole.tokenizer = loadTokenizer(request.modelFolder);
            return makeTrainPlan(whole, stop);
        },
        [this](const TrainPlan& plan) { startTaken(plan); },
        [this](const Error& error) { nextFailed(error); });
}

// Its name was free when its rows were read; another program may have taken it meanwhile.
void TrainPage::startTaken(const TrainPlan& plan) {
    try {
        checkRunName(plan.job.runFolder.parent_path(), plan.job.runName);
    } catch (const Error& error) {
        return nextFailed(error);
    }
    m_preparing = false;
    m_queue->forgetTaken();
    launch(plan);
}

// It waits on with its problem, and the one after it has its turn.
void TrainPage::nextFailed(const Error& error) {
    endPreparation();
    Q_EMIT statusMessage(tr("%1 could not be started: %2").arg(m_run->runName(), errorLine(error)));
    putTakenBack(errorLine(error).toStdString());
    startNext();
    if (!isRunning()) showRuns({false, true});
}

}  // namespace studio::ui
