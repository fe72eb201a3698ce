// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/base/error.h"
#include "ui/train/run_facts.h"

namespace studio::ui {

/// What Train wants to know of the runs of a project.
struct RunsWanted {
    bool atWork = false;  ///< whether another process is at one
    bool last = false;    ///< the run to show where there is none at work

    bool any() const { return atWork || last; }
    RunsWanted& operator|=(const RunsWanted& other) {
        atWork = atWork || other.atWork;
        last = last || other.last;
        return *this;
    }
};

/// What there is. Values, so that another thread can find it.
struct RunsLook {
    std::optional<std::filesystem::path> atWork;
    bool anyModel = false;  ///< there is something to compare
    /// The newest run, where it has a checkpoint and was interrupted, was stopped without a model, or failed
    /// and its model is no longer whole; or else the newest with a model.
    std::optional<PastRun> last;
    bool lastCanGoOn = false;
    std::optional<Error> problem;  ///< why a run cannot be shown
};

/// Reads every run of the folder: for a worker thread. Throws Cancelled.
RunsLook lookAtRuns(const std::filesystem::path& runsFolder, const RunsWanted& wanted,
                    const std::stop_token& stop);

}  // namespace studio::ui
