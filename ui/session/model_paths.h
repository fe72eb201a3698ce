// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <string>

namespace studio::ui {

/// Folder of the base model that comes with the program, or an empty path where it is not installed. It is
/// the first folder (by name) below resources/embedded that holds a config.json.
std::filesystem::path embeddedModelFolder();

/// How a project remembers a model: "embedded:", "project:runs/x/model" or an absolute path, so that a copied
/// project folder still finds its own models and another installation its embedded one.
std::string modelFolderToText(const std::filesystem::path& folder, const std::filesystem::path& project);
/// The folder, or an empty path where there is no such model on this machine.
std::filesystem::path modelFolderFromText(const std::string& text, const std::filesystem::path& project);

/// Whether two paths name one folder (links and relative parts resolved; also for folders that are gone).
bool sameFolder(const std::filesystem::path& one, const std::filesystem::path& other);

/// The last part of a folder's path that is not the "model" of a run folder.
QString folderTitle(const std::filesystem::path& folder);

}  // namespace studio::ui
