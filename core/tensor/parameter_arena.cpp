// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/parameter_arena.h"

#include "core/tensor/huge_pages.h"

namespace studio {

namespace {

constexpr std::int64_t kBorder = 64;

}  // namespace

void ParameterArena::reserve(Weight& weight, std::vector<std::int64_t> shape, Role role, bool trained) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape) count *= size;
    m_places.push_back({&weight, std::move(shape), role, trained, 0, count});
}

Tensor ParameterArena::view(const Tensor& flat, const Place& place) {
    return flat.narrow(0, place.offset, place.count).view(place.shape);
}

/// Lays out one kind of places from `offset` on, and returns where they end.
std::int64_t ParameterArena::arrange(Role role, bool trained, std::int64_t offset) {
    for (Place& place : m_places) {
        if (place.role != role || place.trained != trained) continue;
        place.offset = offset;
        offset += (place.count + kBorder - 1) / kBorder * kBorder;
    }
    return offset;
}

void ParameterArena::allocate(const at::Device& device, bool rounded) {
    const at::NoGradGuard noGrad;
    const auto zeros = [&](std::int64_t size, at::ScalarType type) {
        return onHugePages(at::empty({size}, at::TensorOptions().dtype(type).device(device))).zero_();
    };
    m_decayedSize = arrange(Role::Matrix, true, 0);
    const std::int64_t trained = arrange(Role::Vector, true, m_decayedSize);
    m_values = zeros(trained, at::kFloat);
    if (rounded) m_rounded = zeros(trained, at::kBFloat16);
    const Tensor frozenMatrices =
        zeros(arrange(Role::Matrix, false, 0), rounded ? at::kBFloat16 : at::kFloat);
    const Tensor frozenVectors = zeros(arrange(Role::Vector, false, 0), at::kFloat);
    viewTrained();
    for (Place& place : m_places) {
        if (place.trained) continue;
        const bool matrix = place.role == Role::Matrix;
        const Tensor frozen = view(matrix ? frozenMatrices : frozenVectors, place);
        (rounded && matrix ? place.weight->rounded : place.weight->value) = frozen;
    }
}

void ParameterArena::viewTrained() {
    for (Place& place : m_places) {
        if (!place.trained) continue;
        place.weight->value = view(m_values, place);
        // Norms and biases are used in float32.
        if (m_rounded.defined() && place.role == Role::Matrix) place.weight->rounded = view(m_rounded, place);
    }
}

void ParameterArena::share(const ParameterArena& other) {
    const at::NoGradGuard noGrad;
    m_decayedSize = arrange(Role::Matrix, true, 0);
    arrange(Role::Vector, true, m_decayedSize);
    m_values = other.m_values;
    m_rounded = other.m_rounded;
    viewTrained();
}

void ParameterArena::prepareGradients() {
    if (m_gradients.defined()) {
        m_gradients.zero_();
        return;
    }
    const at::NoGradGuard noGrad;
    m_gradients = zerosOnHugePages(m_values);
    for (Place& place : m_places) {
        if (!place.trained) continue;
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

AdamWUpdate adamWUpdate(const ParameterArena& arena, std::int64_t begin, std::int64_t count) {
    AdamWUpdate update;
    update.count = count;
    update.weights = arena.values().data_ptr<float>() + begin;
    update.gradients = arena.gradients().data_ptr<float>() + begin;
    if (arena.rounded().defined()) update.copy = static_cast<Bfloat16*>(arena.rounded().data_ptr()) + begin;
    return update;
}

}  // namespace studio
