// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/optimizer.h"

namespace studio {

/// AdamW whose moments are kept in eight bits, with one scale for each 256 weights (Dettmers et al. 2022,
/// https://arxiv.org/abs/2110.02861): 2 bytes a weight instead of 8. Computes in float32.
class AdamW8Bit final : public Optimizer {
public:
    AdamW8Bit(ParameterArena& arena, const AdamWSettings& settings);
    std::vector<NamedTensor> state() const override;
    std::int64_t steps() const override;
    void setSteps(std::int64_t steps) override;

private:
    /// The moments of one stretch.
    struct Moments {
        Tensor means, variances;            // [size] uint8
        Tensor meanScales, varianceScales;  // [blocks] float32
    };
    void begin(const GradientScale& scale) override;
    void update(const Stretch& stretch, double learningRate, const GradientScale& scale) override;
    void updateOnCpu(const Stretch& stretch, const Moments& moments, double learningRate, double scale);
    void updateOnDevice(const Stretch& stretch, const Moments& moments, double learningRate,
                        const GradientScale& scale);

    AdamWSettings m_settings;
    Moments m_matrices, m_vectors;
    Tensor m_stepsOnDevice;  // [] float32, elsewhere than on the CPU
};

}  // namespace studio
