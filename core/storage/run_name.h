// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace studio {

/// Whether there is a run of that name: a folder with one of the files that a run writes first, however
/// damaged they are.
bool isRun(const std::filesystem::path& runsFolder, const std::string& name);

/// Checks the name of a run that is to begin ([A-Za-z0-9._-], at most 80 bytes, not starting with a dot) and
/// that it is free, or that of a run of a project which ended before its first step and left nothing but its
/// records: makeRunFolder() moves that one to the trash. Automatic names (run-1, run-2, …) are not given
/// again. Throws InvalidArgument or RunExists.
void checkRunName(const std::filesystem::path& runsFolder, const std::string& name);
/// The same where not even such a run may have the name. Throws as checkRunName().
void checkFreeRunName(const std::filesystem::path& runsFolder, const std::string& name);
/// "run-1", "run-2", …: the first free one.
std::string freeRunName(const std::filesystem::path& runsFolder, const std::string& stem = "run");

/// Makes the folder of a run that begins. Of several processes that ask for one name at the same moment only
/// one gets it. What a run left that ended before its first step goes to the trash, from where it can be
/// restored. Throws RunExists, FileUnwritable.
void makeRunFolder(const std::filesystem::path& folder);

}  // namespace studio
