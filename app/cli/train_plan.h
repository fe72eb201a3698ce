// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_context.h"
#include "core/jobs/job.h"
#include "core/jobs/preflight.h"

namespace studio {

/// What a training will need and how long it will take.
struct PlannedTraining {
    Preflight found;
    std::string measuredRun;                     ///< whose speed the time comes from; empty: of none
    std::int64_t cutoffAsked = 0;                ///< a model's context may be less
    std::uint64_t freeMemory = 0, freeDisk = 0;  ///< bytes; 0 where unknown
};

/// Refuses what a start would refuse, in the same words. With `measure` some real steps are made, unless this
/// machine has measured the same model and settings before.
PlannedTraining planTraining(CommandContext& context, const TrainJob& job, bool measure);

/// planTraining(), told; nothing is trained. Returns the exit code.
int tellTrainPlan(CommandContext& context, const TrainJob& job, bool measure);

/// The same as one JSON object.
OrderedJson trainPlanJson(const TrainJob& job, const PlannedTraining& plan);

}  // namespace studio
