// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adamw_8bit.h"

#include <algorithm>

#include "core/tensor/eight_bit_tensor.h"

namespace studio {

static_assert(AdamW8Bit::kUnpackedAtOnce % kEightBitBlock == 0);

AdamW8Bit::AdamW8Bit(ParameterArena& arena, const AdamWSettings& settings, std::int64_t unpackedAtOnce)
    : AdamWOptimizer(arena, settings), m_unpackedAtOnce(unpackedAtOnce) {
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

// On other devices the moments are unpacked for the update, a part after the other: their float32 is there
// for a moment only.
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
    for (std::int64_t begin = 0; begin < stretch.size(); begin += m_unpackedAtOnce)
        updatePart(stretch, begin, std::min(m_unpackedAtOnce, stretch.size() - begin), learningRate, scale);
}

void AdamW8Bit::updatePart(const Stretch& stretch, std::int64_t begin, std::int64_t size, double learningRate,
                           const GradientScale& scale) {
    const Moments& all = stretch.decays ? m_matrices : m_vectors;
    const std::int64_t firstBlock = begin / kEightBitBlock;
    const std::int64_t blocks = (size + kEightBitBlock - 1) / kEightBitBlock;
    const Moments part{all.means.narrow(0, begin, size), all.variances.narrow(0, begin, size),
                       all.meanScales.narrow(0, firstBlock, blocks),
                       all.varianceScales.narrow(0, firstBlock, blocks)};
    const Stretch place{stretch.begin + begin, stretch.begin + begin + size, stretch.decays};
    DeviceAdamW update = deviceUpdate(place, learningRate, scale);
    update.means = unpackEightBit(part.means, part.meanScales, signedEightBitMap());
    update.variances = unpackEightBit(part.variances, part.varianceScales, unsignedEightBitMap());
    update.update();
    packEightBit(update.means, signedEightBitMap(), part.means, part.meanScales);
    packEightBit(update.variances, unsignedEightBitMap(), part.variances, part.varianceScales);
}

}  // namespace studio
