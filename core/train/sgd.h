// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/optimizer.h"

namespace studio {

/// Stochastic gradient descent with momentum and decoupled weight decay (SGDW, Loshchilov and Hutter 2019,
/// algorithm 1). With a momentum of 0 it keeps nothing besides the weights.
class Sgd final : public Optimizer {
public:
    Sgd(ParameterArena& arena, double momentum, double weightDecay);
    std::vector<NamedTensor> state() const override;

private:
    void update(const Stretch& stretch, double learningRate, const GradientScale& scale) override;
    void updateOnDevice(const Stretch& stretch, double learningRate, const GradientScale& scale);

    double m_momentum, m_weightDecay;
    Tensor m_momenta;  // [trained]; undefined without momentum
};

}  // namespace studio
