// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/jobs/job.h"

namespace studio {

/// Steps of shape b with adapters of rank 8 on all linear layers beside steps that train all weights, in
/// turn, in the faster precision. With `job.only`, one of the two tasks alone, and its row has the peak
/// memory of the process. One BenchEvent a row. Throws InvalidArgument for another shape or task.
BenchResult benchLora(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

/// The same for blocks that are computed again in the backward pass, 8 rows of 512 tokens.
BenchResult benchCheckpointing(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
