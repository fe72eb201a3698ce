// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/project_rows.h"

#include <utility>

#include "core/base/progress.h"

namespace studio {

std::vector<std::int64_t> takeProjectRows(const Project& project, TrainJob& job,
                                          const std::stop_token& stop) {
    TrainingRecords records = trainingRecords(project);
    throwIfStopped(stop);
    job.runFolder = project.runsFolder() / job.runName;
    job.projectName = project.name();
    std::vector<Record> all = records.train;
    all.insert(all.end(), records.validation.begin(), records.validation.end());
    job.dataHash = Project::snapshotHash(all);
    job.validationTakenFromTrain = records.validationTakenFromTrain;
    job.train = std::make_shared<const std::vector<Record>>(std::move(records.train));
    job.validation = std::make_shared<const std::vector<Record>>(std::move(records.validation));
    return records.leftOut;
}

}  // namespace studio
