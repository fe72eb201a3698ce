// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstring>

#include "core/tensor/torch.h"

namespace studio {

/// Fills a float32 tensor with bytes of a file, which need not be aligned. On the CPU nothing is held beside
/// the two: a copy of all weights is what a run may have no room for.
inline void copyFromBytes(const std::byte* bytes, const Tensor& values) {
    const at::NoGradGuard noGrad;
    if (values.numel() == 0) return;  // it has no address
    if (values.is_cpu() && values.is_contiguous()) {
        std::memcpy(values.data_ptr(), bytes, values.nbytes());
        return;
    }
    const Tensor host = at::empty(values.sizes(), at::kFloat);
    std::memcpy(host.data_ptr(), bytes, host.nbytes());
    Tensor(values).copy_(host);
}

}  // namespace studio
