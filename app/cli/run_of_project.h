// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/storage/project.h"
#include "core/storage/run_folder.h"

namespace studio {

/// The folder of a project's run. Throws FileNotFound where the project has no run of that name.
inline std::filesystem::path runOfProject(const std::string& project, const std::string& name) {
    std::filesystem::path folder = Project::open(project)->runsFolder() / name;
    std::error_code ignored;
    if (name.find('/') != std::string::npos || !std::filesystem::exists(folder / "status.json", ignored)) {
        throw Error(ErrorCode::FileNotFound, "There is no run \"" + name + "\" in the project.",
                    "finetune project info lists its runs.", {name});
    }
    return folder;
}

}  // namespace studio
