// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/config/settings.h"
#include "core/model/next_token_scorer.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

struct Generation {
    std::vector<std::int64_t> ids;  ///< without the prompt and without the end token
    std::string text;
    std::string stopReason;  ///< "end_token" | "stop_string" | "max_tokens" | "context_full" | "cancelled"
    double tokensPerSecond = 0.0;  ///< of the tokens after the first, which comes out of the prompt
};

/// What is asked of a model.
struct GenerationRequest {
    std::vector<std::int64_t> prompt;  ///< ids, at least one
    GenerateSettings settings;
    bool continuesText =
        false;  ///< the answer goes on after the prompt's text: a leading space is part of it
    std::optional<std::int64_t> endId = {};  ///< ends the answer beside the model's own end tokens
};

/// More complete text, and how many tokens there are so far.
using TextFunction =
    std::function<void(const std::string& text, std::int64_t tokens, double tokensPerSecond)>;

/// Continues a prompt token by token with a key-value cache. Text is handed out without ever splitting a
/// UTF-8 character and never beyond a stop string. `stop` is polled between tokens and ends with what there
/// is. Throws InvalidArgument for an empty prompt, one that fills the context, or an id outside the
/// vocabulary.
Generation generate(const Decoder& model, NextTokenScorer& scorer, const Tokenizer& tokenizer,
                    const GenerationRequest& request, const TextFunction& onText,
                    const std::stop_token& stop);
/// With a scorer of its own, in the model's precision.
Generation generate(const Decoder& model, const Tokenizer& tokenizer, const GenerationRequest& request,
                    const TextFunction& onText, const std::stop_token& stop);

/// Throws WeightsInvalid where a score is NaN or infinite: damaged weights would answer with the first token
/// of the vocabulary, as if that were an answer.
void checkScores(const float* begin, const float* end);

/// Throws InvalidArgument unless the ids fit the model: at least one, all in the vocabulary, at most `limit`.
void checkIds(const std::vector<std::int64_t>& ids, const ModelConfig& config, std::int64_t limit);

/// Logits of every position, computed without a cache. // -> [tokens, vocabulary]
Tensor logitsOf(const Decoder& model, const std::vector<std::int64_t>& ids);

}  // namespace studio
