// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/sgd.h"

#include "core/tensor/huge_pages.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

Sgd::Sgd(ParameterArena& arena, double momentum, double weightDecay)
    : Optimizer(arena), m_momentum(momentum), m_weightDecay(weightDecay) {
    if (momentum > 0.0) m_momenta = zerosOnHugePages(m_arena.values());
}

std::vector<NamedTensor> Sgd::state() const {
    if (!m_momenta.defined()) return {};
    return {{"momenta", m_momenta}};
}

void Sgd::update(const Stretch& stretch, double learningRate, const GradientScale& scale) {
    if (!onCpu()) {
        updateOnDevice(stretch, learningRate, scale);
        return;
    }
    SgdUpdate update;
    update.count = stretch.size();
    update.weights = m_arena.values().data_ptr<float>() + stretch.begin;
    update.gradients = m_arena.gradients().data_ptr<float>() + stretch.begin;
    if (m_momenta.defined()) update.momenta = m_momenta.data_ptr<float>() + stretch.begin;
    if (m_arena.rounded().defined())
        update.copy = static_cast<Bfloat16*>(m_arena.rounded().data_ptr()) + stretch.begin;
    update.gradientScale = static_cast<float>(scale.value);
    update.learningRate = static_cast<float>(learningRate);
    update.momentum = static_cast<float>(m_momentum);
    update.weightDecay = static_cast<float>(stretch.decays ? m_weightDecay : 0.0);
    cpuKernels().sgd(update);
}

void Sgd::updateOnDevice(const Stretch& stretch, double learningRate, const GradientScale& given) {
    const auto part = [&](const Tensor& flat) { return flat.narrow(0, stretch.begin, stretch.size()); };
    Tensor weights = part(m_arena.values()), change = part(m_arena.gradients());
    const GradientScale scale = onDevice(given, weights);
    const Tensor made = 1.0 - scale.notFinite;  // 0 leaves everything as it is
    change.mul_(scale.factor);
    at::nan_to_num_(change, 0.0, 0.0, 0.0);
    if (m_momenta.defined()) {
        Tensor momenta = part(m_momenta);
        momenta.mul_(1.0 - made * (1.0 - m_momentum)).add_(change.mul_(made));
        change.copy_(momenta);
    }
    if (stretch.decays && m_weightDecay != 0.0) weights.mul_(1.0 - made * (learningRate * m_weightDecay));
    weights.sub_(change.mul_(made * learningRate));
}

}  // namespace studio
