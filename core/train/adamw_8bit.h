// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/adamw.h"

namespace studio {

/// AdamW whose moments are kept in eight bits, with one scale for each 256 weights (Dettmers et al. 2022,
/// https://arxiv.org/abs/2110.02861): 2 bytes a weight instead of 8. Computes in float32.
class AdamW8Bit final : public AdamWOptimizer {
public:
    /// Weights whose moments are float32 at the same time on a device: 128 MB of them.
    static constexpr std::int64_t kUnpackedAtOnce = std::int64_t{1} << 24;

    /// `unpackedAtOnce`: a multiple of kEightBitBlock.
    AdamW8Bit(ParameterArena& arena, const AdamWSettings& settings,
              std::int64_t unpackedAtOnce = kUnpackedAtOnce);
    std::vector<NamedTensor> state() const override;

private:
    /// The moments of one stretch.
    struct Moments {
        Tensor means, variances;            // [size] uint8
        Tensor meanScales, varianceScales;  // [blocks] float32
    };
    void update(const Stretch& stretch, double learningRate, const GradientScale& scale) override;
    void updatePart(const Stretch& stretch, std::int64_t begin, std::int64_t size, double learningRate,
                    const GradientScale& scale);

    Moments m_matrices, m_vectors;
    std::int64_t m_unpackedAtOnce;
};

}  // namespace studio
