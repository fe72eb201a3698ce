// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/memory_advice.h"

#include <algorithm>

#include "core/base/byte_text.h"
#include "core/base/error.h"
#include "core/data/batch.h"

namespace studio {

namespace {

constexpr std::int64_t kShortestAdvised = 64;  // tokens: below, few rows keep a response

std::string forecast(const MemoryNeed& need, const MemoryEstimate& memory) {
    const std::uint64_t fixed = memory.weights + memory.gradients + memory.optimizer;
    std::string text = "about " + byteText(memory.total()) + " are needed (" + byteText(fixed) +
                       " for weights, gradients and optimizer, " + byteText(memory.activations) +
                       " for the tokens of a batch, " + byteText(memory.program) + " for the program)";
    if (need.availableBytes > 0) text += ", and " + byteText(need.availableBytes) + " were free at the start";
    return text;
}

}  // namespace

MemoryEstimate estimateNeed(const MemoryNeed& need, const TrainSettings& settings) {
    return estimateMemory(need.model, settings, microBatchTokens(need.train, settings, settings.cutoff),
                          std::min(need.validationTokens, kEvaluationTokens));
}

namespace {

/// One way to need less, and what it would need.
struct Way {
    std::string text;
    std::uint64_t bytes = 0;
};

std::int64_t longestRow(const MemoryNeed& need) {
    std::int64_t longest = 0;
    for (const Example& example : need.train)
        longest = std::max(longest, static_cast<std::int64_t>(example.ids.size()));
    return std::min(longest, need.settings.cutoff);
}

/// Halves a number until what it stands for fits, or until the least that makes sense.
template <typename Change>
TrainSettings halved(const MemoryNeed& need, std::int64_t from, std::int64_t least, const Change& change) {
    TrainSettings settings = need.settings;
    for (std::int64_t number = from / 2; number >= least; number /= 2) {
        change(settings, number);
        if (need.availableBytes == 0 || estimateNeed(need, settings).total() <= need.availableBytes) break;
    }
    return settings;
}

/// All there are, those that change the training least first.
std::vector<Way> waysOut(const MemoryNeed& need) {
    const TrainSettings& settings = need.settings;
    const std::uint64_t now = estimateNeed(need, settings).total();
    std::vector<Way> ways;
    const auto offer = [&](const std::string& text, const TrainSettings& other) {
        const std::uint64_t bytes = estimateNeed(need, other).total();
        if (bytes < now) ways.push_back({text, bytes});
    };
    // Smaller parts of the same step: the same training.
    const std::int64_t heaviest = microBatchTokens(need.train, settings, settings.cutoff);
    const TrainSettings parts = halved(need, heaviest, std::max<std::int64_t>(1, longestRow(need)),
                                       [](TrainSettings& s, std::int64_t tokens) { s.batchTokens = tokens; });
    if (parts.batchTokens != settings.batchTokens)
        offer("batch_tokens=" + std::to_string(parts.batchTokens) + " for the same steps in smaller parts",
              parts);
    if (!settings.gradientCheckpointing) {
        TrainSettings again = settings;
        again.gradientCheckpointing = true;
        offer("gradient_checkpointing=true for the same steps, about a quarter slower", again);
    }
    if (settings.optimizer == "adamw") {
        TrainSettings small = settings;
        small.optimizer = "adamw8bit";
        offer("optimizer=adamw8bit", small);
    }
    if (settings.method == "full") {
        TrainSettings lora = settings;
        lora.method = "lora";
        lora.freeze.clear();
        offer("method=lora", lora);
    }
    const TrainSettings shorter = halved(need, longestRow(need), kShortestAdvised,
                                         [](TrainSettings& s, std::int64_t tokens) { s.cutoff = tokens; });
    if (shorter.cutoff != settings.cutoff) offer("cutoff=" + std::to_string(shorter.cutoff), shorter);
    return ways;
}

/// The three best: first those that fit, as they are ordered, then those that need least.
std::vector<Way> bestOf(std::vector<Way> ways, std::uint64_t available) {
    constexpr std::size_t kTold = 3;
    const auto fits = [&](const Way& way) { return available == 0 || way.bytes <= available; };
    const auto others = std::stable_partition(ways.begin(), ways.end(), fits);
    std::stable_sort(others, ways.end(), [](const Way& a, const Way& b) { return a.bytes < b.bytes; });
    if (ways.size() > kTold) ways.resize(kTold);
    return ways;
}

}  // namespace

Error notEnoughMemory(const MemoryNeed& need, const std::string& during) {
    const MemoryEstimate now = estimateNeed(need, need.settings);
    std::string ways;
    for (const Way& way : bestOf(waysOut(need), need.availableBytes))
        ways += way.text + " (about " + byteText(way.bytes) + "), or ";
    return Error(
        ErrorCode::OutOfMemory, "The memory is not enough for " + during + ": " + forecast(need, now) + ".",
        "Train with " + ways + "a smaller base model; or close other programs.", {byteText(now.total())});
}

}  // namespace studio
