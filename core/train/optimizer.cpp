// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include <cmath>

#include "core/tensor/kernels/kernel_table.h"
#include "core/train/adamw.h"
#include "core/train/adamw_8bit.h"
#include "core/train/sgd.h"

namespace studio {

Optimizer::Optimizer(ParameterArena& arena) : m_arena(arena) {
    m_arena.prepareGradients();
    if (!onCpu()) m_stepsOnDevice = at::zeros({}, m_arena.values().options());
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
    ++m_steps;
    if (!onCpu()) {
        if (scale.notFinite.defined())
            m_stepsOnDevice.add_(1.0 - scale.notFinite);
        else
            m_stepsOnDevice.add_(1.0);
    }
    for (const Stretch& stretch : stretches()) {
        if (stretch.size() > 0) update(stretch, learningRate, scale);
    }
    zeroGradients();
}

void Optimizer::zeroGradients() {
    Tensor(m_arena.gradients()).zero_();
}

std::int64_t Optimizer::steps() const {
    return onCpu() ? m_steps : static_cast<std::int64_t>(m_stepsOnDevice.item<float>());
}

void Optimizer::setSteps(std::int64_t steps) {
    m_steps = steps;
    if (!onCpu()) m_stepsOnDevice.fill_(static_cast<double>(steps));
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
