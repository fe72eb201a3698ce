// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/jobs/job.h"
#include "core/jobs/preflight.h"

namespace studio {

/// How fast an earlier run trained.
struct MeasuredSpeed {
    double tokensPerSecond = 0.0;  ///< trained; evaluations, answers and saving left out
    std::string run;               ///< its name
};

/// Of the newest run of this folder that trained the job's model on this machine with its device, precision
/// and threads, long enough for its rate to mean something; one of the same method comes before others.
/// "auto" is what the run recorded that it was, and what it will be for the job. Where the run computed other
/// parts of a step than the job will (adapters, blocks that are computed again), the rate is converted.
std::optional<MeasuredSpeed> measuredSpeed(const std::filesystem::path& runsFolder, const TrainJob& job);

/// What is known for the pre-flight of a job: its threads, what a probe has measured before, and the speed of
/// an earlier run beside its own.
PreflightMachine machineFor(const TrainJob& job);

}  // namespace studio
