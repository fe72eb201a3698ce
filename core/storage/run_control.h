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
    /// Another peak from the next step on; the schedule's shape stays. It becomes a change of the run once a
    /// step was made with it; where a stop comes first, it counts from where the run goes on.
    std::optional<double> learningRate;
    Stop stop = Stop::No;
    bool discardWithdrawn = false;  ///< a discard was asked before the stop that keeps
    bool settled = false;           ///< the run has begun to do what `stop` says: it stays at that

    bool operator==(const RunControl&) const = default;
};

/// "keep", "discard" or "hand_over"; empty for none.
const char* runStopName(RunControl::Stop stop);

/// Written as a whole or not at all. Throws FileUnwritable.
void writeRunControl(const std::filesystem::path& runFolder, const RunControl& control);
/// Where there is no such file nothing is asked; no answer where it cannot be read as this: then what was
/// asked before counts. A learning rate outside the setting's range is not asked.
std::optional<RunControl> readRunControl(const std::filesystem::path& runFolder);
/// Changes what is asked and leaves the rest of it as it is, also where another process asks in the same
/// moment. Throws as writeRunControl().
void changeRunControl(const std::filesystem::path& runFolder, const std::function<void(RunControl&)>& change);
/// Asks a run to pause, to go on, or for another rate. Throws RunStopping where it is to end: it would never
/// come to that; else as writeRunControl().
void askRun(const std::filesystem::path& runFolder, const std::function<void(RunControl&)>& change);
/// Asks a run to end, or to be handed over. What was learned is worth more than the wish to be rid of it: a
/// stop that keeps it takes the place of another one that was not obeyed yet, and nothing takes its own; a
/// discard takes that of a hand-over. Returns what was asked before. Throws RunStopping, naming the run,
/// where another stop is on its way that this one does not go before; else as writeRunControl().
RunControl::Stop askToStop(const std::filesystem::path& runFolder, RunControl::Stop kind);
/// Throws RunStopping where askToStop() would.
void checkMayStop(const std::filesystem::path& runFolder, RunControl::Stop kind);
/// The last word, by the run itself: it ends now, with what it has learned thrown away if `discard`. From
/// here on others who ask are told that it ends. Returns what was asked: a stop that keeps goes before
/// `discard`; discardWithdrawn says that some discard is not obeyed. What was settled before stays. A folder
/// that cannot be written changes nothing of the answer.
RunControl settleRunEnd(const std::filesystem::path& runFolder, bool discard);
/// The same before a run is handed over, once its checkpoint is there. Returns what counts: another stop that
/// was asked for meanwhile goes before.
RunControl settleHandOver(const std::filesystem::path& runFolder);
/// The run cannot be handed over: takes back the wish, which would stand in the way of every later one. What
/// else was asked for stays.
void withdrawHandOver(const std::filesystem::path& runFolder);
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
