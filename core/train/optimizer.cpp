// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cmath>

#include "core/tensor/device_adamw.h"
#include "core/tensor/kernels/kernel_table.h"
#include "core/train/adamw_8bit.h"
#include "core/train/sgd.h"

namespace studio {

Optimizer::Optimizer(ParameterArena& arena) : m_arena(arena) {
    m_arena.prepareGradients();
}

double Optimizer::gradientNorm() const {
    const Tensor& gradients = m_arena.gradients();
    if (onCpu()) return std::sqrt(cpuKernels().sumOfSquares(gradients.data_ptr<float>(), gradients.numel()));
    return figuresOnDevice(gradients, 0.0, {}).norm.item<double>();
}

std::vector<Optimizer::Stretch> Optimizer::stretches() const {
    const std::int64_t decayed = m_arena.decayedSize();
    return {{0, decayed, true}, {decayed, m_arena.values().numel(), false}};
}

void Optimizer::step(double learningRate, const GradientScale& scale) {
    const at::NoGradGuard noGrad;
    begin(scale);
    for (const Stretch& stretch : stretches()) {
        if (stretch.size() > 0) update(stretch, learningRate, scale);
    }
    zeroGradients();
}

void Optimizer::zeroGradients() {
    Tensor(m_arena.gradients()).zero_();
}

AdamW::AdamW(ParameterArena& arena, const AdamWSettings& settings) : Optimizer(arena), m_settings(settings) {
    m_means = at::zeros_like(m_arena.values());
    m_variances = at::zeros_like(m_arena.values());
    if (!onCpu()) m_stepsOnDevice = at::zeros({}, m_arena.values().options());
}

std::vector<NamedTensor> AdamW::state() const {
    return {{"means", m_means}, {"variances", m_variances}};
}

std::int64_t AdamW::steps() const {
    return onCpu() ? m_steps : static_cast<std::int64_t>(m_stepsOnDevice.item<float>());
}

void AdamW::setSteps(std::int64_t steps) {
    m_steps = steps;
    if (!onCpu()) m_stepsOnDevice.fill_(static_cast<double>(steps));
}

void AdamW::begin(const GradientScale& scale) {
    ++m_steps;
    if (onCpu()) return;
    if (scale.notFinite.defined())
        m_stepsOnDevice.add_(1.0 - scale.notFinite);
    else
        m_stepsOnDevice.add_(1.0);
}

double AdamW::decayOf(const Stretch& stretch) const {
    return stretch.decays || m_settings.decayNorms ? m_settings.weightDecay : 0.0;
}

void AdamW::update(const Stretch& stretch, double learningRate, const GradientScale& scale) {
    if (onCpu()) {
        updateOnCpu(stretch, learningRate, scale.value);
        return;
    }
    const auto part = [&](const Tensor& flat) { return flat.narrow(0, stretch.begin, stretch.size()); };
    DeviceAdamW update;
    update.weights = part(m_arena.values());
    update.gradients = part(m_arena.gradients());
    update.means = part(m_means);
    update.variances = part(m_variances);
    update.steps = m_stepsOnDevice;
    update.learningRate = learningRate;
    update.beta1 = m_settings.beta1;
    update.beta2 = m_settings.beta2;
    update.weightDecay = decayOf(stretch);
    update.epsilon = m_settings.epsilon;
    update.scale = onDevice(scale, m_stepsOnDevice);
    update.update();
}

void AdamW::updateOnCpu(const Stretch& stretch, double learningRate, double scale) {
    const auto steps = static_cast<double>(m_steps);
    AdamWUpdate update = adamWUpdate(m_arena, stretch.begin, stretch.size());
    update.means = m_means.data_ptr<float>() + stretch.begin;
    update.variances = m_variances.data_ptr<float>() + stretch.begin;
    update.gradientScale = static_cast<float>(scale);
    update.learningRate = static_cast<float>(learningRate);
    update.beta1 = static_cast<float>(m_settings.beta1);
    update.beta2 = static_cast<float>(m_settings.beta2);
    update.epsilon = static_cast<float>(m_settings.epsilon);
    update.weightDecay = static_cast<float>(decayOf(stretch));
    update.correction1 = static_cast<float>(1.0 - std::pow(m_settings.beta1, steps));
    update.correction2 = static_cast<float>(1.0 - std::pow(m_settings.beta2, steps));
    cpuKernels().adamW(update);
}

std::unique_ptr<Optimizer> makeOptimizer(ParameterArena& arena, const TrainSettings& settings) {
    const AdamWSettings adamW{settings.beta1, settings.beta2, settings.epsilon, settings.weightDecay};
    if (settings.optimizer == "sgd")
        return std::make_unique<Sgd>(arena, settings.momentum, settings.weightDecay);
    if (settings.optimizer == "adamw8bit") return std::make_unique<AdamW8Bit>(arena, adamW);
    return std::make_unique<AdamW>(arena, adamW);
}

double clipScale(double gradientNorm, double clipNorm) {
    if (clipNorm <= 0.0 || gradientNorm <= clipNorm) return 1.0;
    return clipNorm / (gradientNorm + 1e-6);
}

}  // namespace studio
