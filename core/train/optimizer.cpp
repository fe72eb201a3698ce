// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cmath>

#include "core/tensor/device_adamw.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

AdamW::AdamW(ParameterArena& arena, const AdamWSettings& settings) : m_arena(arena), m_settings(settings) {
    m_arena.prepareGradients();
    m_means = at::zeros_like(m_arena.values());
    m_variances = at::zeros_like(m_arena.values());
    if (!onCpu()) m_stepsOnDevice = at::zeros({}, m_arena.values().options());
}

double AdamW::gradientNorm() const {
    const Tensor& gradients = m_arena.gradients();
    if (onCpu()) return std::sqrt(cpuKernels().sumOfSquares(gradients.data_ptr<float>(), gradients.numel()));
    return figuresOnDevice(gradients, 0.0, {}).norm.item<double>();
}

std::int64_t AdamW::steps() const {
    return onCpu() ? m_steps : static_cast<std::int64_t>(m_stepsOnDevice.item<float>());
}

void AdamW::setSteps(std::int64_t steps) {
    m_steps = steps;
    if (!onCpu()) m_stepsOnDevice.fill_(static_cast<double>(steps));
}

void AdamW::step(double learningRate, const GradientScale& scale) {
    const at::NoGradGuard noGrad;
    const std::int64_t size = m_arena.values().numel(), decayed = m_arena.decayedSize();
    const double otherDecay = m_settings.decayNorms ? m_settings.weightDecay : 0.0;
    if (onCpu()) {
        ++m_steps;
        updateOnCpu(0, decayed, learningRate, scale.value, m_settings.weightDecay);
        updateOnCpu(decayed, size, learningRate, scale.value, otherDecay);
    } else {
        GradientScale onDevice = scale;
        if (!onDevice.factor.defined()) onDevice.factor = at::full_like(m_stepsOnDevice, scale.value);
        if (!onDevice.notFinite.defined()) onDevice.notFinite = at::zeros_like(m_stepsOnDevice);
        m_stepsOnDevice.add_(1.0 - onDevice.notFinite);
        updateOnDevice(0, decayed, learningRate, onDevice, m_settings.weightDecay);
        updateOnDevice(decayed, size, learningRate, onDevice, otherDecay);
    }
    zeroGradients();
}

void AdamW::updateOnCpu(std::int64_t begin, std::int64_t end, double learningRate, double gradientScale,
                        double weightDecay) {
    const auto steps = static_cast<double>(m_steps);
    AdamWUpdate update;
    update.count = end - begin;
    update.weights = m_arena.values().data_ptr<float>() + begin;
    update.gradients = m_arena.gradients().data_ptr<float>() + begin;
    update.means = m_means.data_ptr<float>() + begin;
    update.variances = m_variances.data_ptr<float>() + begin;
    if (m_arena.rounded().defined())
        update.copy = static_cast<Bfloat16*>(m_arena.rounded().data_ptr()) + begin;
    update.gradientScale = static_cast<float>(gradientScale);
    update.learningRate = static_cast<float>(learningRate);
    update.beta1 = static_cast<float>(m_settings.beta1);
    update.beta2 = static_cast<float>(m_settings.beta2);
    update.epsilon = static_cast<float>(m_settings.epsilon);
    update.weightDecay = static_cast<float>(weightDecay);
    update.correction1 = static_cast<float>(1.0 - std::pow(m_settings.beta1, steps));
    update.correction2 = static_cast<float>(1.0 - std::pow(m_settings.beta2, steps));
    cpuKernels().adamW(update);
}

void AdamW::updateOnDevice(std::int64_t begin, std::int64_t end, double learningRate,
                           const GradientScale& scale, double weightDecay) {
    const auto stretch = [&](const Tensor& flat) { return flat.narrow(0, begin, end - begin); };
    DeviceAdamW update;
    update.weights = stretch(m_arena.values());
    update.gradients = stretch(m_arena.gradients());
    update.means = stretch(m_means);
    update.variances = stretch(m_variances);
    update.steps = m_stepsOnDevice;
    update.learningRate = learningRate;
    update.beta1 = m_settings.beta1;
    update.beta2 = m_settings.beta2;
    update.weightDecay = weightDecay;
    update.epsilon = m_settings.epsilon;
    update.scale = scale;
    update.update();
}

void AdamW::zeroGradients() {
    Tensor(m_arena.gradients()).zero_();
}

double clipScale(double gradientNorm, double clipNorm) {
    if (clipNorm <= 0.0 || gradientNorm <= clipNorm) return 1.0;
    return clipNorm / (gradientNorm + 1e-6);
}

}  // namespace studio
