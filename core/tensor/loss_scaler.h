// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/torch.h"

namespace studio {

/// What gradients are multiplied by before an optimizer uses them: a number on the CPU, elsewhere scalars
/// that stay on the device, so that a step waits for nothing.
struct GradientScale {
    GradientScale(double number = 1.0) : value(number) {}
    double value = 1.0;
    Tensor factor;     // [] float32 on the device; undefined: `value` counts
    Tensor notFinite;  // [] float32 on the device: 1 where the step must change nothing, else 0
};

/// The same with both scalars on the device of `like`.
GradientScale onDevice(const GradientScale& scale, const Tensor& like);

/// Dynamic loss scaling (Micikevicius et al. 2018, https://arxiv.org/abs/1710.03740, section 3.2), with the
/// rules and the numbers of torch.amp.GradScaler: a step whose gradients are not finite is left out and
/// halves the scale; after 2000 good steps in a row the scale doubles. All of it happens on the device.
class LossScaler {
public:
    static constexpr double kFirstScale = 65536.0;
    static constexpr double kGrowthInterval = 2000.0;

    explicit LossScaler(const at::Device& device, double scale = kFirstScale);
    /// What the loss is multiplied by. // [] float32
    const Tensor& scale() const { return m_scale; }
    /// After each step. // notFinite: [] float32, 1 or 0
    void update(const Tensor& notFinite);

    /// For checkpoints; reading waits for the device.
    struct State {
        double scale = kFirstScale;
        std::int64_t goodSteps = 0;  ///< since the scale last changed
    };
    State state() const;
    void restore(const State& state);

private:
    Tensor m_scale, m_goodSteps;  // [] float32
};

/// The norm of all gradients and what follows from it for the update, without leaving the device.
struct GradientFigures {
    Tensor norm;          // [] float64, of the gradients without the loss scale
    GradientScale scale;  // takes the loss scale away and clips
};
/// `clipNorm` 0: no clipping. `lossScale` undefined: 1. // gradients: [size] float32, lossScale: [] float32
GradientFigures figuresOnDevice(const Tensor& gradients, double clipNorm, const Tensor& lossScale);

}  // namespace studio
