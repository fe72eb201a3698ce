// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

namespace studio {

/// What is asked of a run while it goes on, whoever runs it: control.json in its folder. The run reads it
/// between steps.
struct RunControl {
    /// HandOver: ends with a checkpoint and without a model, for another process to go on from. A run obeys
    /// it from its first step on: before, there is nothing to go on from.
    enum class Stop { No, Keep, Discard, HandOver };
    bool paused = false;
    std::optional<double> learningRate;  ///< another peak from the next step on; the schedule's shape stays
    Stop stop = Stop::No;

    bool operator==(const RunControl&) const = default;
};

/// Written as a whole or not at all. Throws FileUnwritable.
void writeRunControl(const std::filesystem::path& runFolder, const RunControl& control);
/// Where there is no such file nothing is asked; no answer where it cannot be read as this: then what was
/// asked before counts. A learning rate outside the setting's range is not asked.
std::optional<RunControl> readRunControl(const std::filesystem::path& runFolder);
/// Changes what is asked and leaves the rest of it as it is. Throws as writeRunControl().
void changeRunControl(const std::filesystem::path& runFolder, const std::function<void(RunControl&)>& change);
/// A run that begins, or goes on, is not to obey what an earlier part of it was asked.
void clearRunControl(const std::filesystem::path& runFolder);

/// Whether somebody trains the run now, this process or another. What another machine may be doing behind a
/// file system that tells nothing of its locks does not count.
bool runIsAtWork(const std::filesystem::path& runFolder);
/// The newest run at work of those in the folder; nothing where there is none. Throws Cancelled.
std::optional<std::filesystem::path> findRunAtWork(const std::filesystem::path& runsFolder,
                                                   const std::stop_token& stop = {});
/// The step of the newest checkpoint; 0 where there is none.
std::int64_t newestCheckpoint(const std::filesystem::path& runFolder);

}  // namespace studio
