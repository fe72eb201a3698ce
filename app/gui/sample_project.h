// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace studio::ui {

/// Where the user's own copy of the sample project lies: Countries.ftproj in the user's data folder, the same
/// that
/// ./run.sh uses.
std::filesystem::path sampleProjectFolder();

/// Makes the sample project from resources/sample: the pairs about two thirds of the countries as train rows,
/// the others as test rows. The folder appears when it is complete, so that a killed program leaves none that
/// is half made. Throws what importing and storing throw, and InvalidArgument where the folder exists.
void makeSampleProject(const std::filesystem::path& folder);

}  // namespace studio::ui
