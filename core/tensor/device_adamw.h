// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/loss_scaler.h"

namespace studio {

/// AdamW of one stretch of the arena on a device other than the CPU (Loshchilov and Hutter 2019, algorithm
/// 2). No number is read by the host: bias corrections, clipping and the decision to leave a step out are
/// made on the device.
struct DeviceAdamW {
    Tensor weights, gradients, means, variances;  // [size] float32; gradients are used up
    Tensor steps;  // [] float32: how many updates there are with this one, if it is made
    double learningRate = 0.0, beta1 = 0.9, beta2 = 0.999, weightDecay = 0.0, epsilon = 1e-8;
    GradientScale scale;

    /// One kernel over everything with libtorch 2 on CUDA, else operators in place, without memory of their
    /// own beside the gradients'.
    void update() const;
};

}  // namespace studio
