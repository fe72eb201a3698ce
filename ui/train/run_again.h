// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/jobs/job.h"
#include "ui/session/project_session.h"
#include "ui/train/run_facts.h"

namespace studio::ui {

/// What a run was started with, as its run.json says.
struct RunOrigin {
    TrainSettings settings;
    std::filesystem::path baseModel;
    PromptTemplate promptTemplate;
};
/// Throws Error where the folder does not say it.
RunOrigin readRunOrigin(const RunSummary& run);

/// Chooses the base model and the template of a run in the project. A template that the project does not have
/// any more, or that was changed since, is stored beside the others under a name of its own. Throws Error.
void chooseOrigin(ProjectSession& session, const RunOrigin& origin, const std::string& runName);

/// A job that goes on with a run, and what the run has measured so far.
struct RunAgain {
    TrainJob job;
    PastRun past;
};
/// Reads the project through a connection of its own. For a worker thread. Throws Error and Cancelled.
RunAgain makeRunAgain(const std::filesystem::path& projectFolder, const RunSummary& run,
                      const std::vector<std::string>& changes, const std::stop_token& stop);

}  // namespace studio::ui
