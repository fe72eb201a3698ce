// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How runs begin: from the form and from their checkpoint.
#include "ui/train/queue_model.h"
#include "ui/train/run_link.h"
#include "ui/train/run_view.h"
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
    m_wanted = {};
}

void TrainPage::start(const TrainPlan& plan) {
    if (isRunning()) return;
    try {
        m_queue->checkName(plan.job.runName);
    } catch (const Error& error) {
        showError(tr("The training was not started"), error);
        m_setup->refresh();
        return;
    }
    launch(plan);
}

void TrainPage::launch(const TrainPlan& plan) {
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

void TrainPage::endPreparation() {
    m_preparing = false;
    m_run->leave();
    tellNoProgress();
}

void TrainPage::preparationFailed(const Error& error) {
    endPreparation();
    showError(tr("The training was not started"), error);
    showRuns({false, true});
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

}  // namespace studio::ui
