// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/config/settings.h"
#include "core/model/decoder.h"

namespace studio {

/// What one parameter update needs besides the gradients.
struct AdamWSettings {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0.0;
};

/// AdamW with decoupled weight decay (Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101, algorithm
/// 2), float32 moments, bias-corrected. Parameters whose `decays` is false are not decayed. Holds references
/// to the tensors.
class AdamW {
public:
    AdamW(const std::vector<Parameter>& parameters, const AdamWSettings& settings);

    /// Euclidean norm of all gradients together; missing gradients count as zero.
    double gradientNorm() const;
    /// One update; gradients are multiplied by `gradientScale` first (clipping) and set to zero afterwards.
    void step(double learningRate, double gradientScale);
    void zeroGradients();

private:
    struct Slot {
        Tensor parameter;
        Tensor mean;      ///< first moment
        Tensor variance;  ///< second moment
        bool decays = true;
    };
    std::vector<Slot> m_slots;
    AdamWSettings m_settings;
    std::int64_t m_steps = 0;
};

/// Factor that brings a gradient of this norm down to `clipNorm` (1 when it is smaller, or when clipNorm is
/// 0).
double clipScale(double gradientNorm, double clipNorm);

}  // namespace studio
