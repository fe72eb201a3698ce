// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/storage/project.h"
#include "core/storage/run_folder.h"

namespace studio {

/// The folder of a project's run, for every verb that names one. Its files may be damaged: who needs what
/// run.json says reads it with RunFolder::readRun(), which has the sentence for that. Throws FileNotFound
/// where the project has no run of that name.
std::filesystem::path runOfProject(const Project& project, const std::string& name);
std::filesystem::path runOfProject(const std::string& projectFolder, const std::string& name);

}  // namespace studio
