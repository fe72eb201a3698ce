// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace studio {

/// Folder of the base model that comes with the program, or an empty path where it is not installed. It is
/// the first folder (by name) below resources/embedded that holds a config.json.
std::filesystem::path embeddedModelFolder();

/// The folder's one name: links and relative parts resolved, without a slash at the end; also of a folder
/// that is gone.
std::filesystem::path resolvedFolder(const std::filesystem::path& folder);
/// Whether two paths name one folder.
bool sameFolder(const std::filesystem::path& one, const std::filesystem::path& other);

/// What a person calls a model or an adapter: its folder's name, or the run's whose "model" or "adapter" it
/// is (which run.json beside it shows).
std::string runOrFolderName(const std::filesystem::path& folder);

/// The last part of a folder's path that is not the "model" or the "adapter" of a run folder.
std::string modelFolderName(const std::filesystem::path& folder);

}  // namespace studio
