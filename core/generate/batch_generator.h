// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/base/compute_limits.h"
#include "core/base/error.h"
#include "core/generate/generator.h"

namespace studio {

/// Bounds of a batch.
struct BatchLimits {
    std::int64_t sequences = kAnswersAtOnce;       ///< that are answered at the same time
    std::int64_t cacheBytes = kCachedBytesAtOnce;  ///< of keys and values; a single answer may take more
};

/// What is told while prompts are answered; `item` is the place in the list. Any may be empty.
struct BatchFunctions {
    std::function<void(std::size_t item, const std::string& text, std::int64_t tokens,
                       double tokensPerSecond)>
        onText;
    /// Once for each item, unless it is stopped before its turn.
    std::function<void(std::size_t item, Generation answer)> onAnswer;
    /// Instead of an answer: the prompt is empty, too long, or has an id outside the vocabulary.
    std::function<void(std::size_t item, const Error& error)> onRefused;
};

/// Continuous batching (Yu et al. 2022, "Orca"): each step of the model takes the newest token of all answers
/// under way; an answer leaves when it ends, and the next prompt takes its place. Prompts begin in order,
/// answers end in any. Each answer is the one that its prompt would get alone, to the last bit of its scores,
/// on every back end of NextTokenScorer. `stop` is polled between tokens: what is under way ends as
/// "cancelled" with what there is. Throws WeightsInvalid as checkScores() does.
void generateBatch(const Decoder& model, NextTokenScorer& scorer, const Tokenizer& tokenizer,
                   const std::vector<GenerationRequest>& requests, const BatchLimits& limits,
                   const BatchFunctions& functions, const std::stop_token& stop);

}  // namespace studio
