// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/cli/output.h"
#include "core/jobs/job.h"

namespace studio {

/// The same work by other programs, as far as they are on this machine and the scripts of the sources'
/// tests/bench are there: PyTorch through python3, and for decoding llama.cpp, whose library is looked for in
/// $STUDIO_LLAMA_CPP and where the system has its libraries. A note says what is missing.
std::vector<BenchRow> referenceRows(const BenchJob& job, Output& output);

}  // namespace studio
