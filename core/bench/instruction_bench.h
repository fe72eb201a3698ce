// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/jobs/job.h"

namespace studio {

/// Instruction data as it is, at shapes a and c: the same batches of rows laid end to end by the fused
/// kernels and padded to the longest of each batch by PyTorch in float32, in turn. Tokens are real ones. The
/// padding share is counted in the batches; that a batch's rows are rounded up to 64 together is not counted.
/// One BenchEvent a row. Throws InvalidArgument for another shape.
BenchResult benchInstruction(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
