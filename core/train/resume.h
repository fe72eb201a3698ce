// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job.h"

namespace studio {

/// The job as the run in its folder was begun: model, settings and template come from run.json, but for
/// `changes`. Throws FileNotFound where there is no such run, BadFormat where run.json is damaged,
/// SettingInvalid for a change that is none, InvalidArgument where the run is finished, is no fine-tuning,
/// has no checkpoint, or where its base model or its records are no longer those it began with: then it says
/// what has changed.
TrainJob resumedJob(const TrainJob& asked);

}  // namespace studio
