// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/engine/model_cache.h"
#include "core/generate/generator.h"
#include "core/jobs/job.h"

namespace studio {

/// What is asked of a model: the prompt's ids, and where the answer ends. An end mark that is no single token
/// of the model is a stop string.
GenerationRequest requestOf(const std::string& prompt, const PromptForm& form,
                            const GenerateSettings& settings, bool raw, const Tokenizer& tokenizer);

GenerateResult resultOf(Generation answer, int arm, std::vector<std::int64_t> promptIds,
                        const std::string& weightsHash);

/// Answers the prompts of a job with a loaded model: texts as they come, each answer when it ends, and the
/// count of those that ended as the stage "generating". A prompt that cannot be asked is refused alone.
GenerateBatchResult answerBatch(const GenerateBatchJob& job, const LoadedModel& model,
                                const std::string& weightsHash, JobObserver& observer,
                                const std::stop_token& stop);

}  // namespace studio
