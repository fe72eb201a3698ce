// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <memory>
#include <vector>

#include "core/tensor/adapter_dropout.h"
#include "core/tensor/torch.h"

namespace studio {

/// One weight as the operations see it: views of a ParameterArena.
struct Weight {
    Tensor value;     // float32; undefined: the model has no such weight, or only its rounded copy
    Tensor gradient;  // float32, same shape: products add to it; undefined: frozen, or no training
    Tensor rounded;   // 16 bits: the bfloat16 copy for products, or, where there is no value, the weight
                      // itself as its file has it; undefined where products take `value`

    bool exists() const { return value.defined() || rounded.defined(); }
    const Tensor& factor() const { return rounded.defined() ? rounded : value; }
};

/// Low-rank adapters (LoRA, Hu et al. 2021, https://arxiv.org/abs/2106.09685) of one linear layer: to the
/// outputs of each part, scale (x A^T) B^T is added.
struct LowRankAdapter {
    struct Part {
        std::int64_t firstOutput = 0;
        Weight up;  // B: [outputs of the part, rank]
    };
    Weight down;  // A of all parts, one below the other: [parts * rank, in]
    std::vector<Part> parts;
    std::int64_t rank = 0;
    double scale = 1.0;
    AdapterDropout dropout{};  ///< of the pass that is being made
};

/// x W^T + b. // weight: [out, in], bias: [out]
struct LinearLayer {
    Weight weight;
    Weight bias;
    std::unique_ptr<LowRankAdapter> adapter;  ///< null: none
};

/// RMS norm where there is no bias, layer norm with one. // [hidden]
struct NormLayer {
    Weight weight;
    Weight bias;
    double epsilon = 1e-5;
};

}  // namespace studio
