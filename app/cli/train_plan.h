// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_context.h"
#include "core/jobs/job.h"
#include "core/jobs/preflight.h"

namespace studio {

/// What a training will need and how long it will take, said before it begins; nothing is trained. With
/// `measure` some real steps are made first, unless this machine has measured the same model and settings
/// before. Returns the exit code.
int tellTrainPlan(CommandContext& context, const TrainJob& job, bool measure);

/// The same as one JSON object. `freeMemory`, `freeDisk`: bytes, 0 where unknown.
OrderedJson trainPlanJson(const TrainJob& job, const Preflight& found, std::uint64_t freeMemory,
                          std::uint64_t freeDisk);

}  // namespace studio
