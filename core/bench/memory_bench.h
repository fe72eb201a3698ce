// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/jobs/job.h"

namespace studio {

/// Whether memory grows: a real training of a small model on instruction rows in batches of other sizes each
/// time, with at most 1,024 tokens: 2,000 steps, or 200 for each of one or two rounds. Its one row has the
/// resident memory after the first hundred steps (a quarter of them in a shorter run), when the usual shapes
/// were met, at the end, and at its highest. To be run in a process of its own.
BenchResult benchMemory(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
