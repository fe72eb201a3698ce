// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/device_adamw.h"
#include "core/tensor/kernels/kernel_table.h"
#include "core/train/optimizer.h"

namespace studio {

/// What AdamW needs besides the gradients.
struct AdamWSettings {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0.0;
    bool decayNorms = false;  ///< norms and biases, too
};

/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101, algorithm
/// 2), bias-corrected, wherever its moments are kept.
class AdamWOptimizer : public Optimizer {
protected:
    AdamWOptimizer(ParameterArena& arena, const AdamWSettings& settings)
        : Optimizer(arena), m_settings(settings) {}

    /// All of an update but the moments.
    AdamWUpdate cpuUpdate(const Stretch& stretch, double learningRate, const GradientScale& scale) const;
    DeviceAdamW deviceUpdate(const Stretch& stretch, double learningRate, const GradientScale& scale) const;

private:
    double decayOf(const Stretch& stretch) const;

    AdamWSettings m_settings;
};

/// With float32 moments. On the CPU one pass over the arena does clipping, moments, update and the bfloat16
/// copy.
class AdamW final : public AdamWOptimizer {
public:
    AdamW(ParameterArena& arena, const AdamWSettings& settings);
    std::vector<NamedTensor> state() const override;

private:
    void update(const Stretch& stretch, double learningRate, const GradientScale& scale) override;

    Tensor m_means, m_variances;  // [trained]
};

}  // namespace studio
