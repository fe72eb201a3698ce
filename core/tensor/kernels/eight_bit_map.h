// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace studio {

/// Weights whose moments share one scale.
inline constexpr std::int64_t kEightBitBlock = 256;

/// Eight-bit codes of numbers from -1 to 1 (or 0 to 1): dynamic tree quantisation (Dettmers et al. 2022,
/// "8-bit Optimizers via Block-wise Quantization", https://arxiv.org/abs/2110.02861). Seven decades down to
/// 1e-7, with twice as many values in each decade as in the one below. Codes ascend with their values.
struct EightBitMap {
    // Plain arrays: the kernels' units instantiate nothing of the standard library.
    /// Magnitudes are told apart by exponent and seven bits of their mantissa, down to 2^-23; no such stretch
    /// holds more than one border between codes.
    static constexpr int kMantissaBits = 7;
    static constexpr int kExponents = 23;
    static constexpr std::uint32_t kFirst = (127U - kExponents) << kMantissaBits;
    static constexpr std::size_t kStretches = (static_cast<std::size_t>(kExponents) << kMantissaBits) + 1;

    float values[256] = {};                  ///< of the codes
    float borders[256] = {};                 ///< [rank]: from here on a magnitude has the next rank
    std::uint8_t starts[kStretches] = {};    ///< rank at the beginning of a stretch
    std::int32_t zero = 0;                   ///< code of 0
    std::int32_t lowest = 0, highest = 255;  ///< ranks that negative and positive numbers may have
};

/// For means, and for variances.
const EightBitMap& signedEightBitMap();
const EightBitMap& unsignedEightBitMap();

}  // namespace studio
