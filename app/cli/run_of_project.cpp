// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_of_project.h"

#include "core/base/error.h"

namespace studio {

std::filesystem::path runOfProject(const Project& project, const std::string& name) {
    if (isRun(project.runsFolder(), name)) return project.runsFolder() / name;
    throw Error(ErrorCode::FileNotFound, "The project " + project.name() + " has no run \"" + name + "\".",
                "List the runs with finetune runs list.", {name});
}

std::filesystem::path runOfProject(const std::string& projectFolder, const std::string& name) {
    return runOfProject(*Project::open(projectFolder), name);
}

}  // namespace studio
