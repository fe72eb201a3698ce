// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/torch.h"

namespace studio {

/// One weight as the operations see it: views of a ParameterArena.
struct Weight {
    Tensor value;     // float32; undefined: the model has no such weight
    Tensor gradient;  // float32, same shape: products add to it; undefined: frozen, or no training
    Tensor rounded;   // bfloat16 copy for products; undefined where they take `value`

    bool exists() const { return value.defined(); }
    const Tensor& factor() const { return rounded.defined() ? rounded : value; }
};

/// x W^T + b. // weight: [out, in], bias: [out]
struct LinearLayer {
    Weight weight;
    Weight bias;
};

/// RMS norm where there is no bias, layer norm with one. // [hidden]
struct NormLayer {
    Weight weight;
    Weight bias;
    double epsilon = 1e-5;
};

}  // namespace studio
