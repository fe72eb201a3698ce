// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adamw_8bit.h"

#include "core/tensor/eight_bit_tensor.h"

namespace studio {

AdamW8Bit::AdamW8Bit(ParameterArena& arena, const AdamWSettings& settings) : AdamWOptimizer(arena, settings) {
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

// On other devices the moments are unpacked as a whole for the update: correct, but it needs their float32
// for a moment.
void AdamW8Bit::update(const Stretch& stretch, double learningRate, const GradientScale& scale) {
    const Moments& moments = stretch.decays ? m_matrices : m_vectors;
    if (onCpu()) {
        AdamW8Update update;
        update.update = cpuUpdate(stretch, learningRate, scale);
        update.means = moments.means.data_ptr<std::uint8_t>();
        update.variances = moments.variances.data_ptr<std::uint8_t>();
        update.meanScales = moments.meanScales.data_ptr<float>();
        update.varianceScales = moments.varianceScales.data_ptr<float>();
        update.signedMap = &signedEightBitMap();
        update.unsignedMap = &unsignedEightBitMap();
        cpuKernels().adamW8(update);
        return;
    }
    DeviceAdamW update = deviceUpdate(stretch, learningRate, scale);
    update.means = unpackEightBit(moments.means, moments.meanScales, signedEightBitMap());
    update.variances = unpackEightBit(moments.variances, moments.varianceScales, unsignedEightBitMap());
    update.update();
    packEightBit(update.means, signedEightBitMap(), moments.means, moments.meanScales);
    packEightBit(update.variances, unsignedEightBitMap(), moments.variances, moments.varianceScales);
}

}  // namespace studio
