// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/jobs/job.h"

namespace studio {

/// Greedy decoding of one sequence by the kernels in every precision, by PyTorch and by llama.cpp, in turn,
/// so that a busy machine slows all alike, beside the rate at which this memory is read. Without either the
/// ATen composition stands in for them. At shape b also the answers to 200 prompts (16 to 48 tokens, answers
/// of 24 to 72), together and one by one; one by one only every fifth of them, as the rate is what counts.
/// One BenchEvent a row. Throws InvalidArgument for an unknown shape.
BenchResult benchDecoding(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
