// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/jobs/job.h"

namespace studio {

/// What a BenchJob can be named.
std::vector<std::string> benchNames();

/// Runs the bench of that name. Throws InvalidArgument where there is none, and for what it does not measure.
BenchResult runBench(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
