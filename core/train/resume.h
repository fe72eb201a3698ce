// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/job.h"

namespace studio {

/// The job as the run in its folder was begun: model, settings and template come from run.json. Throws
/// FileNotFound where there is no such run, InvalidArgument where it is finished, is no fine-tuning, or the
/// records are no longer those it began with.
TrainJob resumedJob(const TrainJob& asked);

}  // namespace studio
