// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "core/jobs/job.h"

namespace studio {

/// Runs the job by this program in a process of its own, by the hidden verb "bench alone", so that its
/// resident memory is its own. Empty where that process fails. Throws Cancelled.
std::vector<BenchRow> runAlone(const BenchJob& job, const std::stop_token& stop);

/// How long this program takes to start, say its --help and end; the median of four times `rounds`.
BenchRow measureStartup(std::int64_t rounds, const std::stop_token& stop);

}  // namespace studio
