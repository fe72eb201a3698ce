// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/compute_limits.h"
#include "core/tensor/ops.h"

namespace studio {

/// Pieces of the ATen composition as autograd functions of their own, for devices other than the CPU. Each
/// launches fewer kernels and keeps less for the backward pass than autograd would by itself; the plain
/// composition on the CPU is what they are tested against. Layers are remembered by address and must outlive
/// the graph.

/// sum += a b; where the factors are narrow, their product is rounded to their type, as autocast does. //
/// sum: [m, n] float32, a: [m, k], b: [k, n]
void addProduct(const Tensor& sum, const Tensor& a, const Tensor& b);

/// x W^T + b in the type of x. The gradient of the weight is added to Weight::gradient. // x: [tokens, in] ->
/// [tokens, out]
Tensor deviceLinear(const Tensor& x, const LinearLayer& layer);

/// The rotation of Ops::rotate() over whole heads, in the type of x. // x: [tokens, heads, size],
/// cos, sin: [tokens, 1, size / 2] float32
Tensor deviceRotate(const Tensor& x, const Tensor& cos, const Tensor& sin);

/// silu(gate) up; what is kept is x alone. // [tokens, 2 width] -> [tokens, width]
Tensor deviceSwiGlu(const Tensor& x);

/// Ops::crossEntropy(): logits in float32, of some rows at a time, with their gradients in the same pass, so
/// that memory does not grow with rows times vocabulary: `atOnce` values, or one row where that has more.
/// LossSettings::lossScale is in the gradients, which
/// float16 could not hold without it.
Losses deviceCrossEntropy(const Tensor& hidden, const Weight& head, std::int64_t vocabulary,
                          const Tensor& labels, const LossSettings& settings,
                          std::int64_t atOnce = kDeviceLogitsAtOnce);

}  // namespace studio
