// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cmath>

namespace studio {

AdamW::AdamW(const std::vector<Parameter>& parameters, const AdamWSettings& settings) : m_settings(settings) {
    for (const Parameter& parameter : parameters) {
        m_slots.push_back({parameter.tensor, at::zeros_like(parameter.tensor),
                           at::zeros_like(parameter.tensor), parameter.decays});
    }
}

double AdamW::gradientNorm() const {
    // Summed in one float64 scalar on the device, so that the host waits once, and in a fixed order
    // (bit-equal runs).
    Tensor sum;
    for (const Slot& slot : m_slots) {
        const Tensor& gradient = slot.parameter.grad();
        if (!gradient.defined()) continue;
        const Tensor square = at::sum(gradient * gradient, at::kDouble);
        sum = sum.defined() ? sum + square : square;
    }
    return sum.defined() ? std::sqrt(sum.item<double>()) : 0.0;
}

void AdamW::step(double learningRate, double gradientScale) {
    const at::NoGradGuard noGrad;
    ++m_steps;
    const double correction1 = 1.0 - std::pow(m_settings.beta1, static_cast<double>(m_steps));
    const double correction2 = 1.0 - std::pow(m_settings.beta2, static_cast<double>(m_steps));
    for (Slot& slot : m_slots) {
        Tensor& gradient = slot.parameter.mutable_grad();
        if (!gradient.defined()) continue;
        if (gradientScale != 1.0) gradient.mul_(gradientScale);
        if (slot.decays && m_settings.weightDecay != 0.0)
            slot.parameter.mul_(1.0 - learningRate * m_settings.weightDecay);
        slot.mean.mul_(m_settings.beta1).add_(gradient, 1.0 - m_settings.beta1);
        slot.variance.mul_(m_settings.beta2).addcmul_(gradient, gradient, 1.0 - m_settings.beta2);
        const Tensor denominator = slot.variance.sqrt().div_(std::sqrt(correction2)).add_(m_settings.epsilon);
        slot.parameter.addcdiv_(slot.mean, denominator, -learningRate / correction1);
    }
    zeroGradients();
}

void AdamW::zeroGradients() {
    for (Slot& slot : m_slots) {
        if (slot.parameter.grad().defined()) slot.parameter.mutable_grad().zero_();
    }
}

double clipScale(double gradientNorm, double clipNorm) {
    if (clipNorm <= 0.0 || gradientNorm <= clipNorm) return 1.0;
    return clipNorm / (gradientNorm + 1e-6);
}

}  // namespace studio
