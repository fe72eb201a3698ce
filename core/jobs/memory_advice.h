// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/config/settings.h"
#include "core/data/example.h"
#include "core/formats/model_config.h"
#include "core/jobs/preflight.h"

namespace studio {

/// What a fine-tuning was about to need when the memory gave out.
struct MemoryNeed {
    const ModelConfig& model;
    const TrainSettings& settings;
    const std::vector<Example>& train;
    std::int64_t validationTokens = 0;
    std::uint64_t availableBytes = 0;  ///< before it began, as availableMemoryBytes() gives it; 0: unknown
    std::string device = "cpu";
};

/// The estimate of the run with these settings instead of its own.
MemoryEstimate estimateNeed(const MemoryNeed& need, const TrainSettings& settings);

/// OutOfMemory with the forecast and the three best ways out, each with what it would need: a token budget
/// (the same steps in smaller parts), checkpointed blocks, moments of eight bits, LoRA, a shorter cutoff;
/// only those that apply and need less, those that would fit first. A smaller model is named always. Its
/// first argument is the forecast ("3.1 GB"). `during` says what was being done when the memory gave out
/// ("training").
Error notEnoughMemory(const MemoryNeed& need, const std::string& during);

}  // namespace studio
