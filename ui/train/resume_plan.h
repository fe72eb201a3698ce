// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/jobs/job.h"
#include "ui/train/run_facts.h"
#include "ui/train/run_link.h"

namespace studio::ui {

/// Which run is to go on, and with what other settings ("learning_rate=1e-5"; see TrainJob::changes). Values.
struct ResumeRequest {
    std::filesystem::path projectFolder;
    std::string runName;
    std::vector<std::string> changes;
};

/// A run that can go on, and what it measured and answered before.
struct ResumePlan {
    TrainJob job;
    RunFacts facts;
    RunLink::Past past;
};

/// Reads the project through a connection of its own. For a worker thread. Throws Error and Cancelled.
/// Whether the rows are still those of the run is for the job to say.
ResumePlan makeResumePlan(const ResumeRequest& request, const std::stop_token& stop);

}  // namespace studio::ui
