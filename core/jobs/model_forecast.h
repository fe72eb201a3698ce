// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/config/settings.h"
#include "core/formats/model_config.h"
#include "core/jobs/preflight.h"

namespace studio {

/// A device that a model may run on, and what is free there; 0: not known.
struct MemoryDevice {
    std::string name;  ///< "cpu", "cuda:0"
    std::uint64_t freeBytes = 0;
};
/// The CPU, and every GPU that this build's engine can use.
std::vector<MemoryDevice> memoryDevices();

/// How a need stands to what is free.
enum class MemoryFit { Fits, Tight, TooLarge, Unknown };
/// "fits", "tight", "too_large", "unknown".
const char* memoryFitName(MemoryFit fit);
/// Up to this share of what is free a need fits; up to all of it, it is tight.
inline constexpr double kTightShare = 0.85;
MemoryFit memoryFit(std::uint64_t needed, std::uint64_t free);

/// What a model is to do.
struct ForecastLoad {
    std::int64_t length = 512;          ///< tokens of a row, or of a prompt with its answer
    std::int64_t rows = 16;             ///< of a micro-batch, or answers at the same time
    std::string precision = "float32";  ///< of answering: auto|float32|bfloat16|float16|int8

    bool operator==(const ForecastLoad&) const = default;
};
inline constexpr std::int64_t kMostForecastLength = 1'000'000, kMostForecastRows = 4096;

/// The training that a forecast speaks of: the default settings with this method, rows as long as the load
/// says. LoRA is of rank 8 on all linear layers.
TrainSettings forecastSettings(const std::string& method, const ForecastLoad& load,
                               const std::string& device);

/// What answering needs: weights in the type of their file or of the products, beside codes of int8 where
/// those are asked for; keys and values of all answers under way, the pass over the longest prompt, and the
/// program. The formula stands in docs/memory.md.
MemoryEstimate estimateAnswering(const ModelConfig& model, const ForecastLoad& load,
                                 const std::string& device);

struct UseForecast {
    MemoryEstimate memory;
    MemoryFit fit = MemoryFit::Unknown;
};
/// What a model needs on one device for each thing that can be done with it.
struct ModelForecast {
    UseForecast answering, lora, full;
    std::int64_t length = 0;  ///< that it is of: the load's, or the model's context where that is shorter
    bool trains = true;       ///< false of an adapter: `lora` and `full` say nothing then
};
/// Trainings are taken to evaluate as many validation rows at once as a training does.
ModelForecast forecastMemory(const ModelConfig& model, const ForecastLoad& load, const MemoryDevice& device);

/// What a LoRA adapter of so many numbers (AdapterSummary::held) needs beside its base model: what the base
/// needs to answer, and its factors, which are kept in float32 in every precision and rounded beside that for
/// products in bfloat16. A training begins from a model and never from an adapter, so that there is no
/// forecast of one.
ModelForecast forecastAdapter(const ModelConfig& base, std::int64_t numbers, const ForecastLoad& load,
                              const MemoryDevice& device);

}  // namespace studio
