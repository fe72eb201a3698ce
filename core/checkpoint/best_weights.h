// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/tensor/torch.h"

namespace studio {

/// The trained weights of a run's best evaluation: CHECKPOINTS/best/ with weights.safetensors and state.json,
/// which holds the step and the weights' SHA-256. Replaced as a whole or not at all.
class BestWeights {
public:
    explicit BestWeights(std::filesystem::path checkpointsFolder)
        : m_folder(std::move(checkpointsFolder) / "best") {}

    /// Throws FileUnwritable or DiskFull; the older ones stay then. // values: [trained] float32
    void save(std::int64_t step, const Tensor& values) const;
    /// Whether those of this step are there and whole; then they are copied into `values`. Throws
    /// WeightsInvalid where they are damaged.
    bool load(std::int64_t step, const Tensor& values) const;

private:
    std::filesystem::path m_folder;
};

}  // namespace studio
