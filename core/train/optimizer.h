// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/loss_scaler.h"
#include "core/tensor/parameter_arena.h"

namespace studio {

/// What one parameter update needs besides the gradients.
struct AdamWSettings {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0.0;
    bool decayNorms = false;  ///< norms and biases, too
};

/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101, algorithm
/// 2), float32 moments, bias-corrected; norms and biases are not decayed. On the CPU one pass over the arena
/// does clipping, moments, update and the bfloat16 copy. Holds a reference to the arena, whose gradients it
/// makes.
class AdamW {
public:
    AdamW(ParameterArena& arena, const AdamWSettings& settings);

    /// Euclidean norm of all gradients together; waits for the device.
    double gradientNorm() const;
    /// One update; gradients are multiplied by `scale` first (clipping) and set to zero afterwards. On other
    /// devices than the CPU the host waits for nothing.
    void step(double learningRate, const GradientScale& scale);
    void zeroGradients();

    /// The moments, and how many updates they come from: with the weights, all that a checkpoint needs.
    const Tensor& means() const { return m_means; }          // [size of the arena]
    const Tensor& variances() const { return m_variances; }  // [size of the arena]
    /// Fewer than were asked for where some were left out; waits for the device.
    std::int64_t steps() const;
    void setSteps(std::int64_t steps);

private:
    void updateOnCpu(std::int64_t begin, std::int64_t end, double learningRate, double gradientScale,
                     double weightDecay);
    void updateOnDevice(std::int64_t begin, std::int64_t end, double learningRate, const GradientScale& scale,
                        double weightDecay);
    bool onCpu() const { return m_arena.values().is_cpu(); }

    ParameterArena& m_arena;
    AdamWSettings m_settings;
    Tensor m_means, m_variances;  // [size of the arena]
    std::int64_t m_steps = 0;     ///< on the CPU
    Tensor m_stepsOnDevice;       // [] float32, elsewhere
};

/// Factor that brings a gradient of this norm down to `clipNorm` (1 when it is smaller, or when clipNorm is
/// 0).
double clipScale(double gradientNorm, double clipNorm);

}  // namespace studio
