// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/config/settings.h"
#include "core/storage/run_folder.h"
#include "core/text/prompt_template.h"
#include "ui/session/project_session.h"

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

}  // namespace studio::ui
