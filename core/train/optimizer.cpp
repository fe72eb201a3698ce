// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cmath>

#include "core/tensor/kernels/kernel_table.h"

namespace studio {

AdamW::AdamW(ParameterArena& arena, const AdamWSettings& settings) : m_arena(arena), m_settings(settings) {
    m_arena.prepareGradients();
    m_means = at::zeros_like(m_arena.values());
    m_variances = at::zeros_like(m_arena.values());
}

double AdamW::gradientNorm() const {
    const Tensor& gradients = m_arena.gradients();
    if (gradients.is_cpu())
        return std::sqrt(cpuKernels().sumOfSquares(gradients.data_ptr<float>(), gradients.numel()));
    return std::sqrt(at::sum(gradients * gradients, at::kDouble).item<double>());
}

void AdamW::step(double learningRate, double gradientScale) {
    const at::NoGradGuard noGrad;
    ++m_steps;
    const std::int64_t size = m_arena.values().numel(), decayed = m_arena.decayedSize();
    const double otherDecay = m_settings.decayNorms ? m_settings.weightDecay : 0.0;
    if (m_arena.values().is_cpu()) {
        updateOnCpu(0, decayed, learningRate, gradientScale, m_settings.weightDecay);
        updateOnCpu(decayed, size, learningRate, gradientScale, otherDecay);
    } else {
        if (gradientScale != 1.0) Tensor(m_arena.gradients()).mul_(gradientScale);
        updateOnDevice(0, decayed, learningRate, m_settings.weightDecay);
        updateOnDevice(decayed, size, learningRate, otherDecay);
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

void AdamW::updateOnDevice(std::int64_t begin, std::int64_t end, double learningRate, double weightDecay) {
    const auto stretch = [&](const Tensor& flat) { return flat.narrow(0, begin, end - begin); };
    const auto steps = static_cast<double>(m_steps);
    const double correction1 = 1.0 - std::pow(m_settings.beta1, steps);
    const double correction2 = 1.0 - std::pow(m_settings.beta2, steps);
    const Tensor gradient = stretch(m_arena.gradients());
    Tensor weights = stretch(m_arena.values()), mean = stretch(m_means), variance = stretch(m_variances);
    if (weightDecay != 0.0) weights.mul_(1.0 - learningRate * weightDecay);
    mean.mul_(m_settings.beta1).add_(gradient, 1.0 - m_settings.beta1);
    variance.mul_(m_settings.beta2).addcmul_(gradient, gradient, 1.0 - m_settings.beta2);
    const Tensor denominator = variance.sqrt().div_(std::sqrt(correction2)).add_(m_settings.epsilon);
    weights.addcdiv_(mean, denominator, -learningRate / correction1);
}

void AdamW::zeroGradients() {
    Tensor(m_arena.gradients()).zero_();
}

double clipScale(double gradientNorm, double clipNorm) {
    if (clipNorm <= 0.0 || gradientNorm <= clipNorm) return 1.0;
    return clipNorm / (gradientNorm + 1e-6);
}

}  // namespace studio
