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

ParameterArena::Sizes ParameterArena::arrangeAll() {
    m_decayedSize = arrange(Role::Matrix, true, 0);
    return {arrange(Role::Vector, true, m_decayedSize), arrange(Role::Matrix, false, 0),
            arrange(Role::Vector, false, 0)};
}

void ParameterArena::allocate(const at::Device& device, bool rounded, at::ScalarType frozen) {
    const at::NoGradGuard noGrad;
    const auto zeros = [&](std::int64_t size, at::ScalarType type) {
        return onHugePages(at::empty({size}, at::TensorOptions().dtype(type).device(device))).zero_();
    };
    const Sizes sizes = arrangeAll();
    m_values = zeros(sizes.trained, at::kFloat);
    if (rounded) m_rounded = zeros(sizes.trained, at::kBFloat16);
    m_frozenMatrices = zeros(sizes.frozenMatrices, frozen);
    m_frozenVectors = zeros(sizes.frozenVectors, at::kFloat);
    viewAll();
}

void ParameterArena::viewAll() {
    for (Place& place : m_places) {
        const bool matrix = place.role == Role::Matrix;
        if (place.trained) {
            place.weight->value = view(m_values, place);
            // Norms and biases are used in float32.
            if (m_rounded.defined() && matrix) place.weight->rounded = view(m_rounded, place);
            continue;
        }
        const Tensor frozen = view(matrix ? m_frozenMatrices : m_frozenVectors, place);
        (frozen.scalar_type() == at::kFloat ? place.weight->value : place.weight->rounded) = frozen;
    }
}

void ParameterArena::share(const ParameterArena& other) {
    const at::NoGradGuard noGrad;
    arrangeAll();
    m_values = other.m_values;
    m_rounded = other.m_rounded;
    m_frozenMatrices = other.m_frozenMatrices;
    m_frozenVectors = other.m_frozenVectors;
    viewAll();
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
