// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/config/settings.h"
#include "core/formats/json.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_notes.h"
#include "core/storage/run_score.h"

namespace studio {

/// How a run stands. Discarded: stopped, and as it was asked nothing is kept of what it learned. Diverged: it
/// failed because its loss or gradient was no finite number.
enum class RunState { Running, Paused, Finished, Stopped, Discarded, Interrupted, Diverged, Failed };
inline constexpr std::array kRunStates = {RunState::Running,  RunState::Paused,    RunState::Finished,
                                          RunState::Stopped,  RunState::Discarded, RunState::Interrupted,
                                          RunState::Diverged, RunState::Failed};
/// "running", "finished", …
const char* runStateName(RunState state);
/// Whether a process has it: it trains or waits in a pause.
bool isAtWork(RunState state);

/// Why a run cannot go on.
enum class ResumeObstacle {
    None,
    AtWork,        ///< a process writes it now
    Finished,      ///< it has done all its steps
    Discarded,     ///< what it had learned was thrown away, as it was asked
    NoCheckpoint,  ///< there is nothing to go on from
    NoTraining     ///< a pretraining, or its run.json is damaged
};

/// What the peak learning rate was changed to while a run went on.
struct RunRateChange {
    std::int64_t step = 0;  ///< the first one with it
    double from = 0.0, to = 0.0;

    bool operator==(const RunRateChange&) const = default;
};

/// Tells whether a file is the one that was read: it was replaced, or has grown.
struct FileStamp {
    std::uint64_t inode = 0, bytes = 0;
    std::int64_t changed = 0;  ///< nanoseconds

    bool operator==(const FileStamp&) const = default;
};
/// All 0 where there is no such file.
FileStamp fileStamp(const std::filesystem::path& file);

/// A run with all that a catalogue shows of it. Immutable once read; values that are not known are empty, NaN
/// or 0.
struct RunEntry {
    RunSummary summary;
    RunState state = RunState::Failed;
    RunNotes notes;
    std::string errorCode;      ///< of a run that failed, where its status says it: errorCodeName()
    std::string problem;        ///< why something of the folder could not be read, in English; else empty
    std::optional<Error> lost;  ///< lostModel(): its model is no longer whole

    std::string kind;  ///< "train" or "pretrain"
    std::optional<TrainSettings> settings;
    std::vector<RunRateChange> rateChanges;   ///< by their steps; the settings have the newest rate
    std::string templateTitle, templateHash;  ///< hash: of the template's texts
    std::string baseHash;                     ///< of the base model's weights
    std::string dataHash;                     ///< of the train and validation records
    std::optional<std::int64_t> trainRows, validationRows;
    std::string device, precision;
    std::optional<std::int64_t> threads;
    std::uint64_t peakMemoryBytes = 0;

    std::int64_t steps = 0;  ///< made so far
    double trainLoss = std::numeric_limits<double>::quiet_NaN();
    double firstEvalLoss = std::numeric_limits<double>::quiet_NaN();
    /// Of the model that was saved, where there is one; else the newest.
    double evalLoss = std::numeric_limits<double>::quiet_NaN();
    bool evaluatedAfterStart = false;  ///< not only before its first step
    double bestEvalLoss = std::numeric_limits<double>::quiet_NaN();
    std::int64_t bestEvalStep = 0;
    double seconds = std::numeric_limits<double>::quiet_NaN();
    std::optional<RunScore> score;
    bool hasCheckpoints = false;
    bool canGoOn = false;  ///< by what its run.json says: resumeProblem() has nothing to say

    std::shared_ptr<const std::vector<MetricsLine>> metrics;  ///< never null
    std::uint64_t metricsRead = 0;                            ///< bytes of metrics.jsonl behind them
    std::int64_t metricsLost = 0;     ///< steps of an ended run at its end that have no line
    std::int64_t metricsTorn = 0;     ///< lines among these that say nothing
    std::array<FileStamp, 5> stamps;  ///< of the files it was read from

    const std::string& name() const { return summary.name; }
    double learningRate() const;  ///< its peak; NaN where it is not known
    ResumeObstacle resumeObstacle() const;
};

/// Newest first. An entry whose files have not changed is the very object of `previous`, and of a metrics
/// file that has grown only the new lines are read: asking again every second costs little. Folders that are
/// no runs are left out; a damaged one is listed with its problem. Throws Cancelled. For any thread.
using RunEntries = std::vector<std::shared_ptr<const RunEntry>>;
RunEntries readRunEntries(const std::filesystem::path& runsFolder, const RunEntries& previous,
                          const std::stop_token& stop = {});

/// Null where there is none of that name.
std::shared_ptr<const RunEntry> findRun(const RunEntries& runs, const std::string& name);

}  // namespace studio
