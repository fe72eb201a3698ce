// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/cli/output.h"
#include "core/jobs/job.h"

namespace studio {

/// The same steps by PyTorch, where python3 has it and the sources' tests/bench/torch_train.py is there; a
/// note says what is missing.
std::vector<BenchRow> pyTorchRows(const BenchJob& job, Output& output);

}  // namespace studio
