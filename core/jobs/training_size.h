// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/config/settings.h"
#include "core/formats/model_config.h"

namespace studio {

/// How many numbers of a model the settings train.
struct TrainingSize {
    std::uint64_t trained = 0;  ///< adapters, or the weights that are not frozen
    std::uint64_t frozen = 0;

    /// Bytes of the optimizer's state for one trained number.
    static double optimizerBytes(const TrainSettings& settings);
    /// What is trained is less than the model: saving needs all of it in float32 once more.
    bool apart() const { return frozen > 0; }
};
/// The devices that the engine will find, without loading it: "cpu", "cuda:0", …. GPUs only where this
/// build's engine can use them.
std::vector<std::string> engineDevices();

/// The CUDA device that a setting "device" stands for: "auto" as chosenDevice() takes it, of the devices that
/// the driver shows to an engine built for CUDA. Nothing: the CPU.
std::optional<int> gpuOf(const std::string& device);
/// Whether products are made in 16 bits there, as far as that is known without asking it.
bool narrowOnGpu(const ModelConfig& model, const TrainSettings& settings);

/// Whether this machine's CPU has the instructions that the engine's kernels for bfloat16 need.
bool cpuMultipliesBfloat16();

/// Whether products take bfloat16 on this machine's CPU, as chooseCompute() of the engine decides it.
bool trainsInBfloat16(const ModelConfig& model, const TrainSettings& settings);

/// What a training computes on and in, by the names that the engine writes into run.json: "cuda:0",
/// "bfloat16".
struct ComputeNames {
    std::string device, precision;

    bool operator==(const ComputeNames&) const = default;
};
/// What chooseCompute() of the engine will make of the settings.
ComputeNames computeNames(const ModelConfig& model, const TrainSettings& settings);

TrainingSize trainingSize(const ModelConfig& model, const TrainSettings& settings);

}  // namespace studio
