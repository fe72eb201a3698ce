// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/chosen_base.h"

#include <algorithm>

#include "core/formats/adapter_files.h"
#include "core/formats/model_folders.h"

namespace fs = std::filesystem;

namespace studio {

fs::path chosenBase(const fs::path& adapter, const std::map<fs::path, fs::path>& ofProject,
                    const fs::path& ofUser) {
    const auto found = std::find_if(ofProject.begin(), ofProject.end(),
                                    [&](const auto& each) { return sameFolder(each.first, adapter); });
    fs::path projects = found == ofProject.end() ? fs::path() : found->second;
    std::error_code ignored;
    if (!projects.empty() && fs::exists(projects / "config.json", ignored)) return projects;
    if (!ofUser.empty()) return ofUser;
    fs::path own = adapterBase(adapter);
    return own.empty() ? projects : own;
}

}  // namespace studio
