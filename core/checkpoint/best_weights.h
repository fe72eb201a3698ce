// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/tensor/torch.h"

namespace studio {

/// The trained weights of a run's best evaluations: CHECKPOINTS/best-N/ with weights.safetensors and
/// state.json, which holds the step and the weights' SHA-256. Each is there as a whole or not at all.
class BestWeights {
public:
    explicit BestWeights(std::filesystem::path checkpointsFolder) : m_folder(std::move(checkpointsFolder)) {}

    /// Removes all others but those of `alsoKept` once these are there. Throws FileUnwritable or DiskFull;
    /// the older ones stay then. // values: [trained] float32
    void save(std::int64_t step, const Tensor& values, std::int64_t alsoKept = -1) const;
    /// Whether those of this step are there; then they are copied into `values`. Throws WeightsInvalid where
    /// they are damaged: then `values` are as they were.
    bool load(std::int64_t step, const Tensor& values) const;

private:
    std::filesystem::path pathOf(std::int64_t step) const;
    std::filesystem::path m_folder;
};

}  // namespace studio
