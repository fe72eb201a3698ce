// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/kernels/kernel_table.h"
#include "core/tensor/torch.h"
#include "core/tensor/weight_handle.h"

/// What the fused operations share: tensors as the kernels' pointers, and layers within autograd's contexts.
namespace studio {

inline at::TensorOptions floats() {
    return at::TensorOptions().dtype(at::kFloat);
}

inline float* floatData(const Tensor& x) {
    return x.defined() ? x.data_ptr<float>() : nullptr;
}

template <typename E>
E* typed(const Tensor& x) {
    return x.defined() ? static_cast<E*>(x.data_ptr()) : nullptr;
}

/// Calls work(kernels of the type, value of the type) for float32 or bfloat16 tensors.
template <typename Work>
void withType(at::ScalarType type, Work&& work) {
    if (type == at::kBFloat16)
        work(cpuKernels().bfloat16, Bfloat16{});
    else
        work(cpuKernels().float32, float{});
}

}  // namespace studio
