// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/tensor/torch.h"

namespace studio {

/// The residual stream between two blocks, and what the last block adds to it. // [tokens, hidden]
struct Stream {
    Tensor residual;
    Tensor delta;  ///< undefined before the first block
};

/// Runs a block so that only the sum of its input is kept, and runs it again in the backward pass (Chen et
/// al. 2016, https://arxiv.org/abs/1604.06174). `kept` is the memory for that sum, until then. The block
/// begins with the sum of its input, and must compute the same both times; it is called after this function
/// has returned. // kept: [tokens, hidden], of the residual's type
Stream recomputed(const Stream& input, const Tensor& kept, std::function<Stream(const Stream&)> block);

}  // namespace studio
