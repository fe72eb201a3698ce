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

MemoryEstimate estimateNeed(const MemoryNeed& need, std::int64_t batchRows, std::int64_t cutoff) {
    constexpr std::int64_t kEvaluatedAtOnce = 8192;  // tokens, as core/train does
    return estimateMemory(need.model, heaviestBatchTokens(need.train, batchRows, cutoff),
                          std::min(need.validationTokens, kEvaluatedAtOnce));
}

Error notEnoughMemory(const MemoryNeed& need, const std::string& during) {
    const TrainSettings& settings = need.settings;
    const MemoryEstimate now = estimateNeed(need, settings.batchRows, settings.cutoff);
    const auto about = [](const MemoryEstimate& memory) { return "about " + byteText(memory.total()); };
    std::string ways;
    if (settings.batchRows > 1) {
        const std::int64_t rows = (settings.batchRows + 1) / 2;
        const std::int64_t accumulation = (settings.batchRows * settings.accumulation + rows - 1) / rows;
        ways += "batch_rows=" + std::to_string(rows) + " with accumulation=" + std::to_string(accumulation) +
                " for as many rows in a step (" + about(estimateNeed(need, rows, settings.cutoff)) + "), or ";
    }
    std::int64_t longest = 0;
    for (const Example& example : need.train)
        longest = std::max(longest, static_cast<std::int64_t>(example.ids.size()));
    const std::int64_t cutoff = std::min(longest, settings.cutoff) / 2;
    if (cutoff >= kShortestAdvised) {
        ways += "cutoff=" + std::to_string(cutoff) + " (" +
                about(estimateNeed(need, settings.batchRows, cutoff)) + "), or ";
    }
    return Error(
        ErrorCode::OutOfMemory, "The memory is not enough for " + during + ": " + forecast(need, now) + ".",
        "Train with " + ways + "a smaller base model; or close other programs.", {byteText(now.total())});
}

}  // namespace studio
