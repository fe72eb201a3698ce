// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/torch.h"

namespace studio {

/// Inverted dropout (Srivastava et al. 2014) on what goes into a low-rank adapter, in one pass of a training.
struct AdapterDropout {
    double rate = 0.0;  ///< share of the numbers that become 0; the others are divided by 1 - rate
    std::uint64_t seed =
        0;  ///< the same seed leaves out the same numbers, also when a block is computed again
};

/// What the numbers of `x` are multiplied by: 0 or 1 / (1 - rate), each by the seed and its place alone, so
/// that neither threads nor device matter. Undefined for a rate of 0. // -> as x, float32
Tensor dropoutFactor(const Tensor& x, const AdapterDropout& dropout);

/// x by that factor, in the type of x; x itself where there is none. Differentiable.
Tensor dropped(const Tensor& x, const Tensor& factor);

}  // namespace studio
