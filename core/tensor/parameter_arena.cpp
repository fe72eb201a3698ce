// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/parameter_arena.h"

#include "core/tensor/kernels/kernel_table.h"

namespace studio {

namespace {

constexpr std::int64_t kBorder = 64;

}  // namespace

void ParameterArena::reserve(Weight& weight, std::vector<std::int64_t> shape, bool decays) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape) count *= size;
    m_places.push_back({&weight, std::move(shape), decays, 0, count});
}

Tensor ParameterArena::view(const Tensor& flat, const Place& place) const {
    return flat.narrow(0, place.offset, place.count).view(place.shape);
}

void ParameterArena::allocate(const at::Device& device, bool rounded) {
    const at::NoGradGuard noGrad;
    std::int64_t size = 0;
    for (const bool decays : {true, false}) {
        for (Place& place : m_places) {
            if (place.decays != decays) continue;
            place.offset = size;
            size += (place.count + kBorder - 1) / kBorder * kBorder;
        }
        if (decays) m_decayedSize = size;
    }
    m_values = at::zeros({size}, at::TensorOptions().dtype(at::kFloat).device(device));
    if (rounded) m_rounded = at::zeros({size}, at::TensorOptions().dtype(at::kBFloat16).device(device));
    for (Place& place : m_places) {
        place.weight->value = view(m_values, place);
        // Norms and biases are used in float32.
        if (rounded && place.decays) place.weight->rounded = view(m_rounded, place);
    }
}

void ParameterArena::prepareGradients() {
    if (m_gradients.defined()) {
        m_gradients.zero_();
        return;
    }
    const at::NoGradGuard noGrad;
    m_gradients = at::zeros_like(m_values);
    for (Place& place : m_places) {
        Weight& weight = *place.weight;
        weight.gradient = view(m_gradients, place);
        weight.value.set_requires_grad(true);
        weight.value.mutable_grad() = weight.gradient;
    }
}

void ParameterArena::round() {
    if (!m_rounded.defined()) return;
    cpuKernels().bfloat16.fromFloat(m_values.data_ptr<float>(), static_cast<Bfloat16*>(m_rounded.data_ptr()),
                                    m_values.numel());
}

}  // namespace studio
