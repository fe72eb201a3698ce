// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generate/generator.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/generate/batch_generator.h"

namespace studio {

void checkScores(const float* begin, const float* end) {
    if (std::all_of(begin, end, [](float score) { return std::isfinite(score); })) return;
    throw Error(ErrorCode::WeightsInvalid, "The model gives scores that are not numbers.",
                "Name the damaged weights with finetune model info --check, and get the model anew.");
}

void checkIds(const std::vector<std::int64_t>& ids, const ModelConfig& config, std::int64_t limit) {
    if (ids.empty()) {
        throw Error(ErrorCode::InvalidArgument, "The prompt has no tokens.",
                    "Write a prompt, or use a model whose tokenizer adds a start token.");
    }
    if (static_cast<std::int64_t>(ids.size()) > limit) {
        throw Error(
            ErrorCode::InvalidArgument,
            "The prompt has " + std::to_string(ids.size()) + " tokens, and this model's context of " +
                std::to_string(config.contextLength) +
                (limit < config.contextLength ? " has no room left for an answer." : " holds no more."),
            "Shorten the prompt.", {std::to_string(ids.size()), std::to_string(config.contextLength)});
    }
    for (const std::int64_t id : ids) {
        if (id >= 0 && id < config.vocabSize) continue;
        throw Error(ErrorCode::InvalidArgument,
                    "Token id " + std::to_string(id) + " is outside the model's vocabulary of " +
                        std::to_string(config.vocabSize) + ".",
                    "Use the tokenizer that belongs to this model.",
                    {std::to_string(id), std::to_string(config.vocabSize)});
    }
}

Generation generate(const Decoder& model, NextTokenScorer& scorer, const Tokenizer& tokenizer,
                    const GenerationRequest& request, const TextFunction& onText,
                    const std::stop_token& stop) {
    // Nothing is answered where the stop came first.
    Generation result;
    result.stopReason = "cancelled";
    BatchFunctions functions;
    functions.onText = [&](std::size_t, const std::string& text, std::int64_t tokens, double rate) {
        if (onText) onText(text, tokens, rate);
    };
    functions.onAnswer = [&](std::size_t, Generation answer) { result = std::move(answer); };
    functions.onRefused = [](std::size_t, const Error& error) { throw Error(error); };
    checkIds(request.prompt, model.config(), model.config().contextLength - 1);
    generateBatch(model, scorer, tokenizer, {request}, {}, functions, stop);
    return result;
}

Generation generate(const Decoder& model, const Tokenizer& tokenizer, const GenerationRequest& request,
                    const TextFunction& onText, const std::stop_token& stop) {
    return generate(model, *makeNextTokenScorer(model), tokenizer, request, onText, stop);
}

Tensor logitsOf(const Decoder& model, const std::vector<std::int64_t>& ids) {
    checkIds(ids, model.config(), model.config().contextLength);
    const at::NoGradGuard noGrad;
    PackedBatch batch;
    batch.ids = ids;
    for (std::size_t i = 0; i < ids.size(); ++i) batch.positions.push_back(static_cast<std::int64_t>(i));
    batch.labels.assign(ids.size(), PackedBatch::kIgnored);
    batch.boundaries = {0, static_cast<std::int32_t>(ids.size())};
    batch.longest = static_cast<std::int32_t>(ids.size());
    return model.logits(model.hidden(toDevice(batch, model.compute())));
}

}  // namespace studio
