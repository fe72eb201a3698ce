// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/model_paths.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

const std::string kEmbedded = "embedded:";
const std::string kProject = "project:";

}  // namespace

std::string modelFolderToText(const fs::path& folder, const fs::path& project) {
    const fs::path embedded = embeddedModelFolder();
    if (!embedded.empty() && sameFolder(folder, embedded)) return kEmbedded;
    const fs::path inside = resolvedFolder(folder).lexically_relative(resolvedFolder(project));
    if (!inside.empty() && *inside.begin() != "..") return kProject + inside.generic_string();
    return resolvedFolder(folder).string();
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

QString folderTitle(const fs::path& folder) {
    return QString::fromStdString(modelFolderName(folder));
}

}  // namespace studio::ui
