// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/memory_advice.h"

#include <algorithm>

#include "core/base/byte_text.h"
#include "core/base/error.h"

namespace studio {

namespace {

constexpr std::int64_t kShortestAdvised = 64;  // tokens: below, few rows keep a response

std::string forecast(const MemoryNeed& need, const MemoryEstimate& memory) {
    const std::uint64_t fixed = memory.weights + memory.gradients + memory.optimizer;
    std::string text = "about " + byteText(memory.total()) + " are needed (" + byteText(fixed) +
                       " for weights, gradients and optimizer, " + byteText(memory.activations) +
                       " for the tokens of a batch, " + byteText(memory.program) + " for the program)";
    // What a graphics card has free is not known here.
    if (need.device == "cpu" && need.availableBytes > 0)
        text += ", and " + byteText(need.availableBytes) + " were free at the start";
    return text;
}

}  // namespace

MemoryEstimate estimateNeed(const MemoryNeed& need, const TrainSettings& settings) {
    constexpr std::int64_t kEvaluatedAtOnce = 8192;  // tokens, as core/train does
    return estimateMemory(need.model, settings, microBatchTokens(need.train, settings, settings.cutoff),
                          std::min(need.validationTokens, kEvaluatedAtOnce));
}

Error notEnoughMemory(const MemoryNeed& need, const std::string& during) {
    const TrainSettings& settings = need.settings;
    const MemoryEstimate now = estimateNeed(need, settings);
    std::string ways;
    const auto offer = [&](const std::string& what, const TrainSettings& other) {
        const MemoryEstimate memory = estimateNeed(need, other);
        if (memory.total() < now.total()) ways += what + " (about " + byteText(memory.total()) + "), or ";
    };
    if (settings.batchRows > 1) {
        TrainSettings fewer = settings;
        fewer.batchRows = (settings.batchRows + 1) / 2;
        fewer.accumulation =
            (settings.batchRows * settings.accumulation + fewer.batchRows - 1) / fewer.batchRows;
        offer("batch_rows=" + std::to_string(fewer.batchRows) +
                  " with accumulation=" + std::to_string(fewer.accumulation) + " for as many rows in a step",
              fewer);
    }
    std::int64_t longest = 0;
    for (const Example& example : need.train)
        longest = std::max(longest, static_cast<std::int64_t>(example.ids.size()));
    TrainSettings shorter = settings;
    shorter.cutoff = std::min(longest, settings.cutoff) / 2;
    if (shorter.cutoff >= kShortestAdvised) offer("cutoff=" + std::to_string(shorter.cutoff), shorter);
    if (!settings.gradientCheckpointing) {
        TrainSettings again = settings;
        again.gradientCheckpointing = true;
        offer("gradient_checkpointing=true", again);
    }
    if (settings.method == "full") {
        TrainSettings lora = settings;
        lora.method = "lora";
        lora.freeze.clear();
        offer("method=lora", lora);
    }
    return Error(
        ErrorCode::OutOfMemory, "The memory is not enough for " + during + ": " + forecast(need, now) + ".",
        "Train with " + ways + "a smaller base model; or close other programs.", {byteText(now.total())});
}

}  // namespace studio
