// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/resume_plan.h"

#include "core/storage/project.h"

namespace studio::ui {

ResumePlan makeResumePlan(const ResumeRequest& request, const std::stop_token& stop) {
    ResumePlan plan;
    const auto project = Project::open(request.projectFolder);
    TrainJob& job = plan.job;
    job.resume = true;
    job.runName = request.runName;
    job.runFolder = project->runsFolder() / request.runName;
    job.changes = request.changes;
    job.projectName = project->name();
    TrainingRecords records = trainingRecords(*project);
    throwIfStopped(stop);
    std::vector<Record> all = records.train;
    all.insert(all.end(), records.validation.begin(), records.validation.end());
    job.dataHash = Project::snapshotHash(all);
    job.validationTakenFromTrain = records.validationTakenFromTrain;
    job.train = std::make_shared<const std::vector<Record>>(std::move(records.train));
    job.validation = std::make_shared<const std::vector<Record>>(std::move(records.validation));
    const PastRun past = readPastRun(RunFolder(job.runFolder).summary());
    plan.facts = past.facts;
    plan.facts.validationRows = static_cast<qint64>(job.validation->size());
    for (const std::string& change : request.changes) applyAssignment(plan.facts.settings, change);
    plan.past = past.metrics;
    // Model, settings and template are the run's own; the page shows them meanwhile.
    job.modelFolder = past.facts.baseModel;
    job.settings = past.facts.settings;
    return plan;
}

}  // namespace studio::ui
