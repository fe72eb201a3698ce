// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adamw.h"

#include <cmath>

#include "core/tensor/huge_pages.h"

namespace studio {

double AdamWOptimizer::decayOf(const Stretch& stretch) const {
    return stretch.decays || m_settings.decayNorms ? m_settings.weightDecay : 0.0;
}

AdamWUpdate AdamWOptimizer::cpuUpdate(const Stretch& stretch, double learningRate,
                                      const GradientScale& scale) const {
    const auto steps = static_cast<double>(m_steps);
    AdamWUpdate update = adamWUpdate(m_arena, stretch.begin, stretch.size());
    update.gradientScale = static_cast<float>(scale.value);
    update.learningRate = static_cast<float>(learningRate);
    update.beta1 = static_cast<float>(m_settings.beta1);
    update.beta2 = static_cast<float>(m_settings.beta2);
    update.epsilon = static_cast<float>(m_settings.epsilon);
    update.weightDecay = static_cast<float>(decayOf(stretch));
    update.correction1 = static_cast<float>(1.0 - std::pow(m_settings.beta1, steps));
    update.correction2 = static_cast<float>(1.0 - std::pow(m_settings.beta2, steps));
    return update;
}

DeviceAdamW AdamWOptimizer::deviceUpdate(const Stretch& stretch, double learningRate,
                                         const GradientScale& scale) const {
    DeviceAdamW update;
    update.weights = m_arena.values().narrow(0, stretch.begin, stretch.size());
    update.gradients = m_arena.gradients().narrow(0, stretch.begin, stretch.size());
    update.steps = m_stepsOnDevice;
    update.learningRate = learningRate;
    update.beta1 = m_settings.beta1;
    update.beta2 = m_settings.beta2;
    update.weightDecay = decayOf(stretch);
    update.epsilon = m_settings.epsilon;
    update.scale = onDevice(scale, m_stepsOnDevice);
    return update;
}

AdamW::AdamW(ParameterArena& arena, const AdamWSettings& settings) : AdamWOptimizer(arena, settings) {
    m_means = zerosOnHugePages(m_arena.values());
    m_variances = zerosOnHugePages(m_arena.values());
}

std::vector<NamedTensor> AdamW::state() const {
    return {{"means", m_means}, {"variances", m_variances}};
}

void AdamW::update(const Stretch& stretch, double learningRate, const GradientScale& scale) {
    if (onCpu()) {
        AdamWUpdate update = cpuUpdate(stretch, learningRate, scale);
        update.means = m_means.data_ptr<float>() + stretch.begin;
        update.variances = m_variances.data_ptr<float>() + stretch.begin;
        cpuKernels().adamW(update);
        return;
    }
    DeviceAdamW update = deviceUpdate(stretch, learningRate, scale);
    update.means = m_means.narrow(0, stretch.begin, stretch.size());
    update.variances = m_variances.narrow(0, stretch.begin, stretch.size());
    update.update();
}

}  // namespace studio
