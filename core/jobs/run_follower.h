// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/json.h"
#include "core/jobs/job.h"
#include "core/storage/line_tail.h"

namespace studio {

/// Follows a training that any process does through the files of its folder, and tells the same events and
/// the same outcome as the job itself would. The first poll() tells all from the beginning. One thread at a
/// time.
class RunFollower {
public:
    /// How long a run that was handed over may lie before that counts as its end: so long the next process
    /// needs until it says that it goes on.
    static constexpr std::chrono::seconds kHandOverWait{30};
    /// How long a run without a status may lie that nobody has the lock of: so long the first status of one
    /// that begins takes at most, and the last one of a process that has just ended.
    static constexpr std::chrono::seconds kStatusWait{1};
    explicit RunFollower(std::filesystem::path runFolder,
                         std::chrono::steady_clock::duration handOverWait = kHandOverWait);

    struct Poll {
        bool restarted =
            false;  ///< the run goes on from an earlier step: all is told again, from the beginning
        std::vector<JobEvent> events;
        /// Once: the run has ended. Of one that was handed over or discarded nothing is kept: then there is
        /// no value. The same holds where the run's folder is gone. Failed, too, where the run is said to be
        /// over and its run.json, which has the figures, cannot be read; or where nobody has its lock and
        /// neither its status nor its other files say how it ended.
        std::optional<JobOutcome> outcome;
        bool interrupted = false;  ///< it did not end by itself: its process is gone; the outcome says so
    };
    /// What came since the last call. Reads only what is new. A file that is just being replaced is read the
    /// next time. Throws nothing but what memory gives.
    Poll poll();

    const std::filesystem::path& folder() const { return m_folder; }

private:
    void readLines(Poll& poll);
    void readStart(Poll& poll);
    std::optional<RunStatus> readStatus() const;
    void readStage(Poll& poll, const RunStatus& status);
    void readEnd(Poll& poll, const RunStatus& status);
    void endWithoutStatus(Poll& poll);
    void tellEnd(Poll& poll, const RunStatus& status) const;
    bool isBetweenProcesses(const RunStatus& status);
    std::optional<OrderedJson> readRun() const;
    TrainResult resultOf(const RunStatus& status, const OrderedJson& run) const;

    std::filesystem::path m_folder;
    LineTail m_metrics, m_samples, m_events;
    bool m_started = false;  ///< TrainingStarted was told
    bool m_ended = false;
    std::string m_stage;
    MetricsLine m_last;
    double m_secondsLeft;
    bool m_wasThere;  ///< the folder
    std::chrono::steady_clock::duration m_handOverWait;
    std::optional<std::chrono::steady_clock::time_point> m_handedOver;  ///< since when it lies
    std::optional<std::chrono::steady_clock::time_point>
        m_left;  ///< since when nobody has it, without a status
};

}  // namespace studio
