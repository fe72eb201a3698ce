// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adamw_8bit.h"

#include <cmath>

#include "core/tensor/device_adamw.h"
#include "core/tensor/eight_bit_tensor.h"
#include "core/tensor/kernels/kernel_table.h"

namespace studio {

AdamW8Bit::AdamW8Bit(ParameterArena& arena, const AdamWSettings& settings)
    : Optimizer(arena), m_settings(settings) {
    const auto options = m_arena.values().options();
    const auto make = [&](std::int64_t size, Moments& moments) {
        const std::int64_t blocks = (size + kEightBitBlock - 1) / kEightBitBlock;
        moments.means = at::full({size}, signedEightBitMap().zero, options.dtype(at::kByte));
        moments.variances = at::full({size}, unsignedEightBitMap().zero, options.dtype(at::kByte));
        moments.meanScales = at::zeros({blocks}, options);
        moments.varianceScales = at::zeros({blocks}, options);
    };
    make(stretches()[0].size(), m_matrices);
    make(stretches()[1].size(), m_vectors);
    if (!onCpu()) m_stepsOnDevice = at::zeros({}, options);
}

// Codes are told as float32: the arena's sizes are multiples of 64, and nobody computes with them.
std::vector<NamedTensor> AdamW8Bit::state() const {
    std::vector<NamedTensor> state;
    for (const auto& [name, moments] : {std::pair{"matrices.", &m_matrices}, {"vectors.", &m_vectors}}) {
        const std::string prefix = name;
        state.push_back({prefix + "means", moments->means.view(at::kFloat)});
        state.push_back({prefix + "mean_scales", moments->meanScales});
        state.push_back({prefix + "variances", moments->variances.view(at::kFloat)});
        state.push_back({prefix + "variance_scales", moments->varianceScales});
    }
    return state;
}

std::int64_t AdamW8Bit::steps() const {
    return onCpu() ? m_steps : static_cast<std::int64_t>(m_stepsOnDevice.item<float>());
}

void AdamW8Bit::setSteps(std::int64_t steps) {
    m_steps = steps;
    if (!onCpu()) m_stepsOnDevice.fill_(static_cast<double>(steps));
}

void AdamW8Bit::begin(const GradientScale& scale) {
    ++m_steps;
    if (onCpu()) return;
    if (scale.notFinite.defined())
        m_stepsOnDevice.add_(1.0 - scale.notFinite);
    else
        m_stepsOnDevice.add_(1.0);
}

void AdamW8Bit::update(const Stretch& stretch, double learningRate, const GradientScale& scale) {
    const Moments& moments = stretch.decays ? m_matrices : m_vectors;
    if (onCpu())
        updateOnCpu(stretch, moments, learningRate, scale.value);
    else
        updateOnDevice(stretch, moments, learningRate, scale);
}

void AdamW8Bit::updateOnCpu(const Stretch& stretch, const Moments& moments, double learningRate,
                            double scale) {
    const auto steps = static_cast<double>(m_steps);
    AdamW8Update update;
    update.update = adamWUpdate(m_arena, stretch.begin, stretch.size());
    update.update.gradientScale = static_cast<float>(scale);
    update.update.learningRate = static_cast<float>(learningRate);
    update.update.beta1 = static_cast<float>(m_settings.beta1);
    update.update.beta2 = static_cast<float>(m_settings.beta2);
    update.update.epsilon = static_cast<float>(m_settings.epsilon);
    update.update.weightDecay = static_cast<float>(stretch.decays ? m_settings.weightDecay : 0.0);
    update.update.correction1 = static_cast<float>(1.0 - std::pow(m_settings.beta1, steps));
    update.update.correction2 = static_cast<float>(1.0 - std::pow(m_settings.beta2, steps));
    update.means = moments.means.data_ptr<std::uint8_t>();
    update.variances = moments.variances.data_ptr<std::uint8_t>();
    update.meanScales = moments.meanScales.data_ptr<float>();
    update.varianceScales = moments.varianceScales.data_ptr<float>();
    update.signedMap = &signedEightBitMap();
    update.unsignedMap = &unsignedEightBitMap();
    cpuKernels().adamW8(update);
}

// Elsewhere the moments are unpacked as a whole for the update: correct, but it needs their float32 for a
// moment.
void AdamW8Bit::updateOnDevice(const Stretch& stretch, const Moments& moments, double learningRate,
                               const GradientScale& scale) {
    DeviceAdamW update;
    update.weights = m_arena.values().narrow(0, stretch.begin, stretch.size());
    update.gradients = m_arena.gradients().narrow(0, stretch.begin, stretch.size());
    update.means = unpackEightBit(moments.means, moments.meanScales, signedEightBitMap());
    update.variances = unpackEightBit(moments.variances, moments.varianceScales, unsignedEightBitMap());
    update.steps = m_stepsOnDevice;
    update.learningRate = learningRate;
    update.beta1 = m_settings.beta1;
    update.beta2 = m_settings.beta2;
    update.weightDecay = stretch.decays ? m_settings.weightDecay : 0.0;
    update.epsilon = m_settings.epsilon;
    update.scale = onDevice(scale, m_stepsOnDevice);
    update.update();
    packEightBit(update.means, signedEightBitMap(), moments.means, moments.meanScales);
    packEightBit(update.variances, unsignedEightBitMap(), moments.variances, moments.varianceScales);
}

}  // namespace studio
