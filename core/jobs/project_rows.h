// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/jobs/job.h"
#include "core/storage/project.h"

namespace studio {

/// Makes the job one of a run of this project: its folder by job.runName, the project's name, and a snapshot
/// of the rows as they are now with the hash that run.json keeps. Returns the accepted rows that are in no
/// split and therefore not used. Throws DatabaseFailed, Cancelled.
std::vector<std::int64_t> takeProjectRows(const Project& project, TrainJob& job,
                                          const std::stop_token& stop = {});

}  // namespace studio
