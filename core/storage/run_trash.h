// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace studio {

class RunLock;

/// A deleted run: its whole folder, in RUNS/.trash.
struct TrashedRun {
    std::string name;              ///< what the run was called
    std::filesystem::path folder;  ///< where it lies now
    std::int64_t deleted = 0;      ///< unix seconds
};

/// Days that a deleted run is kept.
inline constexpr int kTrashDays = 30;

/// Moves the run to the trash in one step; nothing of it is lost. Throws FileNotFound, RunBusy where a
/// process writes the run or may do so, FileUnwritable.
TrashedRun moveRunToTrash(const std::filesystem::path& runsFolder, const std::string& name);
/// The same for one who has the run's lock already, and holds it over the move.
TrashedRun moveRunToTrash(const std::filesystem::path& runsFolder, const std::string& name,
                          const RunLock& lock);

/// Newest first.
std::vector<TrashedRun> listTrash(const std::filesystem::path& runsFolder);

/// Moves a deleted run back, under its own or another name. Throws RunExists where that name is taken,
/// InvalidArgument where it cannot be one, FileNotFound, FileUnwritable.
void restoreRun(const std::filesystem::path& runsFolder, const TrashedRun& run, const std::string& name);

/// Removes all deleted runs, or those deleted before `before` (unix seconds), for good. Returns how many.
/// Throws FileUnwritable, Cancelled.
std::int64_t emptyTrash(const std::filesystem::path& runsFolder, const std::stop_token& stop = {});
std::int64_t removeOldTrash(const std::filesystem::path& runsFolder, std::int64_t before,
                            const std::stop_token& stop = {});

}  // namespace studio
