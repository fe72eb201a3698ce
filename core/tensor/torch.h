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

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

/// Whether this libtorch is of a version or a later one.
#define STUDIO_TORCH_SINCE(major, minor) \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

#if STUDIO_TORCH_SINCE(2, 9)
#include <c10/core/CachingDeviceAllocator.h>
#endif

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

/// What libtorch holds of a device's memory, in bytes.
struct DeviceMemory {
    std::uint64_t now = 0, peak = 0;
};

#if STUDIO_TORCH_SINCE(2, 9)

inline c10::DeviceAllocator* deviceAllocator(const at::Device& device) {
    if (!device.is_cuda()) return nullptr;
    auto* const allocator = dynamic_cast<c10::DeviceAllocator*>(c10::GetAllocator(device.type()));
    return allocator && allocator->initialized() ? allocator : nullptr;
}

/// Gives what libtorch keeps for later back to the device, and counts the peak anew.
inline void releaseDeviceMemory(const at::Device& device) {
    auto* const allocator = deviceAllocator(device);
    if (!allocator) return;
    allocator->emptyCache();
    allocator->resetPeakStats(device.index());
}

inline DeviceMemory deviceMemory(const at::Device& device) {
    auto* const allocator = deviceAllocator(device);
    if (!allocator) return {};
    const auto stats = allocator->getDeviceStats(device.index());
    const auto& held =
        stats.reserved_bytes[static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE)];
    return {static_cast<std::uint64_t>(held.current), static_cast<std::uint64_t>(held.peak)};
}

#else

/// Older ones tell it only to programs built with CUDA's headers.
inline DeviceMemory deviceMemory(const at::Device&) {
    return {};
}
inline void releaseDeviceMemory(const at::Device&) {}

#endif

#if STUDIO_TORCH_SINCE(2, 8)

/// a b in float32, summed up and given in float32 whatever the factors are. // a: [m, k], b: [k, n] -> [m, n]
inline Tensor wideProduct(const Tensor& a, const Tensor& b) {
    if (a.is_cuda() && a.scalar_type() != at::kFloat) return at::mm(a, b, at::kFloat);
    return at::mm(a, b).to(at::kFloat);
}

#else

/// Where libtorch has no product of narrow factors with a wide result, it is rounded once to their type.
inline Tensor wideProduct(const Tensor& a, const Tensor& b) {
    return at::mm(a, b).to(at::kFloat);
}

#endif

#if STUDIO_TORCH_SINCE(2, 4)

/// x / sqrt(mean(x^2) + epsilon) * weight over the last dimension, one kernel where the device has it.
inline Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon) {
    return at::rms_norm(x, {x.size(-1)}, weight, epsilon);
}

#else

inline Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon) {
    return x * at::rsqrt(at::mean(x * x, {-1}, /*keepdim=*/true) + epsilon) * weight;
}

#endif

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
