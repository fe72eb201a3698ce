// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/jobs/job.h"
#include "core/storage/line_tail.h"

namespace studio {

/// Follows a training that any process does through the files of its folder, and tells the same events and
/// the same outcome as the job itself would. The first poll() tells all from the beginning. One thread at a
/// time.
class RunFollower {
public:
    explicit RunFollower(std::filesystem::path runFolder);

    struct Poll {
        bool restarted =
            false;  ///< the run goes on from an earlier step: all is told again, from the beginning
        std::vector<JobEvent> events;
        /// Once: the run has ended. Of one that was handed over or discarded nothing is kept: then there is
        /// no value.
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
    void readEnd(Poll& poll, const RunStatus& status) const;
    TrainResult resultOf(const RunStatus& status) const;

    std::filesystem::path m_folder;
    LineTail m_metrics, m_samples, m_events;
    bool m_started = false;  ///< TrainingStarted was told
    bool m_ended = false;
    std::string m_stage;
    MetricsLine m_last;
    double m_secondsLeft;
};

}  // namespace studio
