// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/engine/model_cache.h"
#include "core/generate/generator.h"
#include "core/jobs/job.h"

namespace studio {

GenerateResult resultOf(Generation answer, int arm, std::vector<std::int64_t> promptIds,
                        const std::string& weightsHash);

/// Answers the prompts of a job with a loaded model: texts as they come, each answer when it ends, and the
/// count of those that ended as the stage "generating". A prompt that cannot be asked is refused alone.
GenerateBatchResult answerBatch(const GenerateBatchJob& job, const LoadedModel& model,
                                const std::string& weightsHash, JobObserver& observer,
                                const std::stop_token& stop);

}  // namespace studio
