// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/kernels/eight_bit_map.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>
#include <vector>

namespace studio {

namespace {

constexpr int kDecades = 7;

/// The positive values: in each decade the middles of equal parts of 0.1 to 1 times its power of ten, and 1.
std::vector<double> positiveValues(bool isSigned) {
    std::vector<double> values;
    for (int decade = 0; decade < kDecades; ++decade) {
        const int parts = 1 << (isSigned ? decade : decade + 1);
        const double power = std::pow(10.0, decade - (kDecades - 1));
        for (int i = 0; i < parts; ++i) values.push_back(power * (0.1 + 0.9 * (i + 0.5) / parts));
    }
    values.push_back(1.0);
    return values;
}

EightBitMap makeMap(bool isSigned) {
    EightBitMap map;
    const std::vector<double> positive = positiveValues(isSigned);
    const auto ranks = static_cast<std::int32_t>(positive.size());
    map.zero = isSigned ? ranks - 1 : 0;
    map.highest = ranks;
    map.lowest = isSigned ? ranks - 1 : 0;  // there is no -1
    const auto at = [&](std::int32_t rank) {
        return rank == 0 ? 0.0 : positive[static_cast<std::size_t>(rank - 1)];
    };
    for (std::int32_t rank = -map.lowest; rank <= map.highest; ++rank) {
        map.values[static_cast<std::size_t>(map.zero + rank)] =
            static_cast<float>(rank < 0 ? -at(-rank) : at(rank));
    }
    std::fill(std::begin(map.borders), std::end(map.borders), std::numeric_limits<float>::infinity());
    for (std::int32_t rank = 0; rank < ranks; ++rank)
        map.borders[static_cast<std::size_t>(rank)] = static_cast<float>(0.5 * (at(rank) + at(rank + 1)));
    for (std::size_t i = 0; i < EightBitMap::kStretches; ++i) {
        const std::uint32_t bits = (EightBitMap::kFirst + static_cast<std::uint32_t>(i))
                                   << (23 - EightBitMap::kMantissaBits);
        float magnitude = 0.0F;
        std::memcpy(&magnitude, &bits, sizeof magnitude);
        std::int32_t rank = 0;
        while (rank < ranks && magnitude >= map.borders[static_cast<std::size_t>(rank)]) ++rank;
        map.starts[i] = static_cast<std::uint8_t>(rank);
    }
    return map;
}

}  // namespace

const EightBitMap& signedEightBitMap() {
    static const EightBitMap map = makeMap(true);
    return map;
}

const EightBitMap& unsignedEightBitMap() {
    static const EightBitMap map = makeMap(false);
    return map;
}

}  // namespace studio
