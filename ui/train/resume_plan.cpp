// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/resume_plan.h"

#include <algorithm>

#include "core/jobs/project_rows.h"
#include "core/storage/run_control.h"

namespace studio::ui {

ResumePlan makeResumePlan(const ResumeRequest& request, const std::stop_token& stop) {
    ResumePlan plan;
    const auto project = Project::open(request.projectFolder);
    TrainJob& job = plan.job;
    job.resume = true;
    job.runName = request.runName;
    job.changes = request.changes;
    takeProjectRows(*project, job, stop);
    const PastRun past = readPastRun(RunFolder(job.runFolder).summary());
    plan.facts = past.facts;
    plan.facts.validationRows = static_cast<qint64>(job.validation->size());
    // What was measured after the checkpoint is made once more.
    const std::int64_t from = newestCheckpoint(job.runFolder);
    for (const MetricsLine& line : past.metrics)
        if (line.step <= from) plan.facts.secondsBefore = std::max(plan.facts.secondsBefore, line.seconds);
    for (const std::string& change : request.changes) applyAssignment(plan.facts.settings, change);
    plan.past = {past.metrics, past.samples};
    // Model, settings and template are the run's own; the page shows them meanwhile.
    job.modelFolder = past.facts.baseModel;
    job.settings = past.facts.settings;
    return plan;
}

}  // namespace studio::ui
