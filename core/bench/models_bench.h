// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/bench/bench_families.h"
#include "core/jobs/job.h"

namespace studio {

/// What one model does in one precision ("float32", "bfloat16", "int8"): a row for loading its file, beside a
/// plain read() of it in turn, where the precision is one of files; a row for a prompt of 512 tokens; a row
/// for the 64 tokens that are written behind it, greedily, one sequence. Throws InvalidArgument for another
/// precision.
std::vector<BenchRow> measureFamily(const BenchFamily& family, const std::string& precision,
                                    const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

/// measureFamily() of every architecture, or of that which BenchJob::shape names, in every precision, or in
/// the one that BenchJob::only names. The memory of loading is that of a process that does nothing else, the
/// first time. One BenchEvent a row. Throws InvalidArgument for an unknown name.
BenchResult benchModels(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
