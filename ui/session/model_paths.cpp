// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/model_paths.h"

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

const std::string kEmbedded = "embedded:";
const std::string kProject = "project:";

fs::path resolved(const fs::path& folder) {
    std::error_code failed;
    fs::path path = fs::weakly_canonical(folder, failed);
    if (failed) path = folder.lexically_normal();
    // "x/" and "x" are one folder.
    return path.has_filename() ? path : path.parent_path();
}

}  // namespace

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

std::string modelFolderToText(const fs::path& folder, const fs::path& project) {
    const fs::path embedded = embeddedModelFolder();
    if (!embedded.empty() && sameFolder(folder, embedded)) return kEmbedded;
    const fs::path inside = resolved(folder).lexically_relative(resolved(project));
    if (!inside.empty() && *inside.begin() != "..") return kProject + inside.generic_string();
    return resolved(folder).string();
}

fs::path modelFolderFromText(const std::string& text, const fs::path& project) {
    fs::path folder;
    if (text == kEmbedded)
        folder = embeddedModelFolder();
    else if (text.rfind(kProject, 0) == 0)
        folder = project / text.substr(kProject.size());
    else
        folder = text;
    std::error_code failed;
    return !folder.empty() && fs::is_directory(folder, failed) ? folder : fs::path();
}

bool sameFolder(const fs::path& one, const fs::path& other) {
    if (one.empty() || other.empty()) return one.empty() && other.empty();
    return resolved(one) == resolved(other);
}

QString folderTitle(const fs::path& folder) {
    fs::path path = resolved(folder);
    if (path.filename() == "model" && path.has_parent_path()) path = path.parent_path();
    return QString::fromStdString(path.filename().string());
}

}  // namespace studio::ui
