// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The precompiled header of every torch unit, and the one place where differences between libtorch versions
// are bridged. Nothing left of core/tensor and nothing in ui includes it.

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/generated/variable_factories.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/types.h>
#include <torch/version.h>

#include <optional>
#include <utility>
#include <vector>

namespace studio {

using at::Tensor;

/// One call of libtorch's own AdamW kernel: each place of the lists is a stretch of one piece of memory.
struct AdamWKernelCall {
    std::vector<Tensor> weights, gradients, means, variances;  // float32, same sizes
    std::vector<Tensor> steps;  // each: [] float32, how many updates there are with this one
    double learningRate = 0.0, beta1 = 0.9, beta2 = 0.999, weightDecay = 0.0, epsilon = 1e-8;
    Tensor gradientDivisor;  // [] float32
    Tensor notFinite;        // [] float32: 1 leaves everything as it is
};

/// The optional of libtorch's interface: one of its own up to 2.2, std::optional since.
template <typename Optional>
struct OptionalKind;
template <template <typename> typename Optional, typename Value>
struct OptionalKind<Optional<Value>> {
    template <typename T>
    using Of = Optional<T>;
};
template <typename T>
using TorchOptional = OptionalKind<decltype(std::declval<at::TensorOptions>().device_opt())>::template Of<T>;

#if TORCH_VERSION_MAJOR >= 2

/// Attention by libtorch's own kernels (flash or memory-efficient ones where the device has them), scaled by
/// 1 / sqrt(size); an undefined mask means causal. Nothing where this libtorch has none. // query, key,
/// value: [rows, heads, time, size], mask: [time, time] of the query's type, added
inline TorchOptional<Tensor> nativeAttention(const Tensor& query, const Tensor& key, const Tensor& value,
                                             const Tensor& mask) {
    return at::scaled_dot_product_attention(
        query, key, value, mask.defined() ? TorchOptional<Tensor>(mask) : TorchOptional<Tensor>(),
        /*dropout_p=*/0.0, /*is_causal=*/!mask.defined());
}

/// False where this libtorch has no such kernel for the device.
inline bool nativeAdamW(const AdamWKernelCall& call) {
    if (!call.weights.front().is_cuda()) return false;
    at::_fused_adamw_(call.weights, call.gradients, call.means, call.variances, {}, call.steps,
                      call.learningRate, call.beta1, call.beta2, call.weightDecay, call.epsilon,
                      /*amsgrad=*/false, /*maximize=*/false, call.gradientDivisor, call.notFinite);
    return true;
}

#else

inline TorchOptional<Tensor> nativeAttention(const Tensor&, const Tensor&, const Tensor&, const Tensor&) {
    return {};
}

inline bool nativeAdamW(const AdamWKernelCall&) {
    return false;
}

#endif

}  // namespace studio
