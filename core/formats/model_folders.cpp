// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_folders.h"

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"

namespace fs = std::filesystem;

namespace studio {

fs::path embeddedModelFolder() {
    fs::path root;
    try {
        root = resourcePath("embedded");
    } catch (const Error&) {
        return {};  // A build without the embedded model; the list then begins with the project's own models.
    }
    std::error_code failed;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(root, failed)) {
        if (fs::exists(entry.path() / "config.json", failed)) folders.push_back(entry.path());
    }
    if (folders.empty()) return {};
    return *std::min_element(folders.begin(), folders.end());
}

fs::path resolvedFolder(const fs::path& folder) {
    std::error_code failed;
    fs::path path = fs::weakly_canonical(folder, failed);
    if (failed) path = folder.lexically_normal();
    // "x/" and "x" are one folder.
    return path.has_filename() ? path : path.parent_path();
}

bool sameFolder(const fs::path& one, const fs::path& other) {
    if (one.empty() || other.empty()) return one.empty() && other.empty();
    return resolvedFolder(one) == resolvedFolder(other);
}

std::string runOrFolderName(const fs::path& folder) {
    fs::path path = fs::absolute(folder).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    const bool mayBeOfRun = path.filename() == "model" || path.filename() == "adapter";
    std::error_code ignored;
    if (mayBeOfRun && fs::exists(path.parent_path() / "run.json", ignored)) path = path.parent_path();
    return path.filename().string();
}

std::string modelFolderName(const fs::path& folder) {
    fs::path path = resolvedFolder(folder);
    const fs::path last = path.filename();
    if ((last == "model" || last == "adapter") && path.has_parent_path()) path = path.parent_path();
    return path.filename().string();
}

}  // namespace studio
