// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/training_size.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

#include "core/base/compute_limits.h"
#include "core/base/device_choice.h"
#include "core/base/gpu.h"
#include "core/config/lora_targets.h"
#include "core/config/name_patterns.h"

namespace studio {

namespace {

/// "model.layers.3.self_attn.q_proj" of the weight of a projection; empty for what is none.
std::string moduleOf(const std::string& name) {
    constexpr std::string_view kEnd = ".weight";
    return name.ends_with(kEnd) ? name.substr(0, name.size() - kEnd.size()) : std::string();
}

}  // namespace

// Only an engine that was built for CUDA can use the driver's.
std::vector<std::string> engineDevices() {
    std::vector<std::string> devices{"cpu"};
#ifdef STUDIO_CUDA
    for (int i = 0; i < gpuCount(); ++i) devices.push_back("cuda:" + std::to_string(i));
#endif
    return devices;
}

std::optional<int> gpuOf(const std::string& device) {
    // One that is named and missing is the start's to refuse; a forecast can speak of it.
    const std::string chosen = device == "auto" ? chosenDevice(device, engineDevices()) : device;
    if (!chosen.starts_with("cuda")) return std::nullopt;
    const std::size_t colon = chosen.find(':');
    return colon == std::string::npos ? 0 : std::atoi(chosen.c_str() + colon + 1);
}

bool narrowOnGpu(const ModelConfig& model, const TrainSettings& settings) {
    if (settings.precision == "auto") return model.hiddenSize >= kBfloat16MinHidden;
    return settings.precision != "float32";
}

bool cpuMultipliesBfloat16() {
#if defined(__x86_64__)
    // Every processor with AMX for bfloat16 has these instructions, too.
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

bool trainsInBfloat16(const ModelConfig& model, const TrainSettings& settings) {
    if (gpuOf(settings.device)) return false;  // there the copies pass by
    if (settings.precision != "auto") return settings.precision == "bfloat16";
    return model.hiddenSize >= kBfloat16MinHidden && cpuMultipliesBfloat16();
}

ComputeNames computeNames(const ModelConfig& model, const TrainSettings& settings) {
    const std::optional<int> gpu = gpuOf(settings.device);
    ComputeNames names{gpu ? "cuda:" + std::to_string(*gpu) : "cpu", settings.precision};
    if (settings.precision != "auto") return names;
    if (!gpu)
        names.precision = trainsInBfloat16(model, settings) ? "bfloat16" : "float32";
    else if (!narrowOnGpu(model, settings))
        names.precision = "float32";
    else
        names.precision = gpuHasBfloat16(*gpu) ? "bfloat16" : "float16";
    return names;
}

double TrainingSize::optimizerBytes(const TrainSettings& settings) {
    if (settings.optimizer == "adamw8bit") return 2.0 + 8.0 / 256.0;  // codes, and a scale for each 256
    if (settings.optimizer == "sgd") return settings.momentum > 0.0 ? 4.0 : 0.0;
    return 8.0;
}

TrainingSize trainingSize(const ModelConfig& model, const TrainSettings& settings) {
    TrainingSize size;
    std::optional<std::string> problem;
    const bool lora = settings.method == "lora";
    const std::vector<std::string> targets = loraTargetNames(settings.loraTargets, problem);
    const std::vector<std::string> patterns = commaList(settings.freeze);
    for (const auto& tensor : expectedTensors(model)) {
        const std::string& name = tensor.first;
        const std::vector<std::int64_t>& shape = tensor.second;
        std::uint64_t count = 1;
        for (const std::int64_t length : shape) count *= static_cast<std::uint64_t>(length);
        const bool frozen = lora || std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
                                return matchesPattern(pattern, name);
                            });
        (frozen ? size.frozen : size.trained) += count;
        if (lora && shape.size() == 2 && isLoraTarget(targets, moduleOf(name)))
            size.trained += static_cast<std::uint64_t>(settings.loraRank * (shape[0] + shape[1]));
    }
    return size;
}

}  // namespace studio
