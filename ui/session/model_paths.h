// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <string>

#include "core/formats/model_folders.h"

namespace studio::ui {

using studio::embeddedModelFolder;
using studio::sameFolder;

/// How a project remembers a model: "embedded:", "project:runs/x/model" or an absolute path, so that a copied
/// project folder still finds its own models and another installation its embedded one.
std::string modelFolderToText(const std::filesystem::path& folder, const std::filesystem::path& project);
/// The folder, or an empty path where there is no such model on this machine.
std::filesystem::path modelFolderFromText(const std::string& text, const std::filesystem::path& project);

/// The last part of a folder's path that is not the "model" or the "adapter" of a run folder.
QString folderTitle(const std::filesystem::path& folder);

}  // namespace studio::ui
