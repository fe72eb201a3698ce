// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/base/progress.h"
#include "core/jobs/job.h"

namespace studio {

/// Throws what loadModel(), loadAdapter() and saveModel() do, RunExists where the folder is there, DiskFull
/// before anything is written where the weights would not fit, and WeightsInvalid where a weight is too large
/// for the type.
ExportModelResult exportModel(const ExportModelJob& job, const ProgressFunction& progress,
                              const std::stop_token& stop);

}  // namespace studio
