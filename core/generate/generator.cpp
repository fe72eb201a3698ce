// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/generate/generator.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/generate/sampler.h"
#include "core/generate/stop_watcher.h"
#include "core/tensor/index_upload.h"

namespace studio {

namespace {

using Clock = std::chrono::steady_clock;

/// Logits of the last position, on the host. A vocabulary that is padded beyond the tokenizer's has ids that
/// mean nothing: they are left out.
std::vector<float> lastLogits(const Decoder& model, const Tensor& hidden, std::int64_t tokenizerSize) {
    const Tensor row = model.logits(hidden.narrow(0, hidden.size(0) - 1, 1)).to(at::kCPU).contiguous();
    const auto* data = row.data_ptr<float>();
    checkScores(data, data + row.numel());
    return {data, data + std::min(row.numel(), tokenizerSize)};
}

bool endsAnswer(std::int64_t id, const ModelConfig& config, const Tokenizer& tokenizer) {
    if (std::find(config.eosIds.begin(), config.eosIds.end(), id) != config.eosIds.end()) return true;
    return tokenizer.eosId() == id;
}

double rate(std::int64_t tokens, Clock::time_point since) {
    const double seconds = std::chrono::duration<double>(Clock::now() - since).count();
    return seconds > 0.0 ? static_cast<double>(tokens) / seconds : 0.0;
}

}  // namespace

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

Generation generate(const Decoder& model, const Tokenizer& tokenizer, const GenerationRequest& request,
                    const TextFunction& onText, const std::stop_token& stop) {
    const ModelConfig& config = model.config();
    const GenerateSettings& settings = request.settings;
    const std::vector<std::int64_t>& prompt = request.prompt;
    checkIds(prompt, config, config.contextLength - 1);
    const at::NoGradGuard noGrad;
    const std::int64_t room = config.contextLength - static_cast<std::int64_t>(prompt.size());
    const std::int64_t most = std::min(settings.maxNewTokens, room);
    KeyValueCache cache(config, static_cast<std::int64_t>(prompt.size()) + most, model.compute().device);
    Sampler sampler(settings);
    StreamDecoder decoder =
        request.continuesText ? StreamDecoder(tokenizer, prompt) : StreamDecoder(tokenizer);
    StopWatcher stops(settings.stop);
    Generation result;
    std::vector<std::int64_t> seen = prompt;
    const auto show = [&](const std::string& text, double tokensPerSecond) {
        result.text += text;
        if (onText && !text.empty())
            onText(text, static_cast<std::int64_t>(result.ids.size()), tokensPerSecond);
    };

    std::vector<float> logits =
        lastLogits(model, model.hiddenCached(uploadIndices(prompt, model.compute().device), cache),
                   tokenizer.vocabSize());
    const auto begun = Clock::now();
    result.stopReason = most < settings.maxNewTokens ? "context_full" : "max_tokens";
    while (static_cast<std::int64_t>(result.ids.size()) < most) {
        if (stop.stop_requested()) {
            result.stopReason = "cancelled";
            break;
        }
        const std::int64_t id = sampler.next(logits, seen);
        if (endsAnswer(id, config, tokenizer)) {
            result.stopReason = "end_token";
            break;
        }
        result.ids.push_back(id);
        seen.push_back(id);
        show(stops.push(decoder.push(id)), rate(static_cast<std::int64_t>(result.ids.size()), begun));
        if (stops.stopped()) {
            result.stopReason = "stop_string";
            break;
        }
        if (static_cast<std::int64_t>(result.ids.size()) < most) {
            logits = lastLogits(model, model.hiddenCached(uploadIndices({id}, model.compute().device), cache),
                                tokenizer.vocabSize());
        }
    }
    result.tokensPerSecond = rate(static_cast<std::int64_t>(result.ids.size()), begun);
    show(stops.push(decoder.finish()), result.tokensPerSecond);
    show(stops.finish(), result.tokensPerSecond);
    return result;
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
