// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/jobs/job.h"

namespace studio {

/// What of a step's time is no forward and no backward pass. At every shape the gradients' norm, clipping and
/// AdamW, beside the rate at which this memory is copied. At shape a, where steps are shortest, a real
/// training of instruction rows with its run folder and events: drawing and packing rows, metrics, status,
/// events. One BenchEvent a row. Throws InvalidArgument for an unknown shape.
BenchResult benchOverhead(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
