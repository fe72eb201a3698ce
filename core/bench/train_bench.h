// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/jobs/job.h"

namespace studio {

/// Whole training steps (forward, backward, clipping, AdamW) of the fused kernels in bfloat16 and float32 and
/// of PyTorch, in turn, so that a busy machine slows all alike; and the products' ceilings from the same
/// minutes. Without PyTorch the ATen composition stands in for it. One BenchEvent a row. Throws
/// InvalidArgument for an unknown shape.
BenchResult benchTraining(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
