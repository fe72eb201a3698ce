// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace studio {

/// What a run's model/ has not of its configuration and its weights, by name; empty where it is whole, as it
/// is when it is renamed into its place: files may have gone since.
std::string missingOfModel(const std::filesystem::path& model);

}  // namespace studio
