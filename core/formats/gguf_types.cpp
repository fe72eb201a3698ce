// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_types.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/formats/half_floats.h"

static_assert(std::endian::native == std::endian::little,
              "GGUF stores little-endian numbers and they are written as they are");

namespace studio {

namespace {

struct TypeRow {
    GgufType type;
    const char* name;
    std::uint32_t fileType;
    std::uint64_t group;       ///< numbers
    std::uint64_t groupBytes;  ///< of them
};
constexpr std::array<TypeRow, 4> kTypes{{{GgufType::Float32, "F32", 0, 1, 4},
                                         {GgufType::Float16, "F16", 1, 1, 2},
                                         {GgufType::BFloat16, "BF16", 32, 1, 2},
                                         {GgufType::Q8_0, "Q8_0", 7, 32, 34}}};

const TypeRow& rowOf(GgufType type) {
    return *std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow& row) { return row.type == type; });
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

using Refused = std::optional<std::size_t>;

Refused firstNotFinite(std::span<const float> numbers) {
    const auto found =
        std::find_if(numbers.begin(), numbers.end(), [](float number) { return !std::isfinite(number); });
    if (found == numbers.end()) return std::nullopt;
    return static_cast<std::size_t>(found - numbers.begin());
}

/// `infinity`: the pattern of that type's infinity without its sign.
template <typename Round>
Refused appendHalves(std::span<const float> numbers, std::uint16_t infinity, const Round& round,
                     char* place) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::uint16_t half = round(numbers[i]);
        if ((half & 0x7FFFU) == infinity) return i;
        std::memcpy(place + 2 * i, &half, sizeof half);
    }
    return std::nullopt;
}

/// The scale is the largest magnitude over 127; the numbers are divided by it as it is in float32, and what
/// is stored is its binary16, as in ggml's reference.
bool writeGroup(const float* numbers, char* place) {
    float largest = 0.0F;
    for (std::int64_t i = 0; i < kGgufGroup; ++i) largest = std::max(largest, std::fabs(numbers[i]));
    const float scale = largest / 127.0F;
    const float inverse = scale > 0.0F ? 1.0F / scale : 0.0F;
    const std::uint16_t stored = float16Of(scale);
    // The inverse of a subnormal scale overflows; the stored scale is then 0 and so is every number.
    const bool tiny = !std::isfinite(inverse);
    std::memcpy(place, &stored, sizeof stored);
    for (std::int64_t i = 0; i < kGgufGroup; ++i)
        place[2 + i] = static_cast<char>(tiny ? 0 : std::lround(numbers[i] * inverse));
    return stored != 0x7C00U;
}

Refused appendGroups(std::span<const float> numbers, char* place) {
    constexpr std::size_t kGroup = kGgufGroup, kGroupBytes = 34;
    for (std::size_t i = 0; i + kGroup <= numbers.size(); i += kGroup) {
        if (writeGroup(numbers.data() + i, place + i / kGroup * kGroupBytes)) continue;
        const auto group = numbers.subspan(i, kGroup);
        const auto largest = std::max_element(group.begin(), group.end(),
                                              [](float a, float b) { return std::fabs(a) < std::fabs(b); });
        return i + static_cast<std::size_t>(largest - group.begin());
    }
    return std::nullopt;
}

}  // namespace

const char* ggufTypeName(GgufType type) {
    return rowOf(type).name;
}

std::optional<GgufType> ggufTypeOfName(std::string_view name) {
    for (const TypeRow& row : kTypes) {
        const std::string_view known = row.name;
        const bool same = std::equal(name.begin(), name.end(), known.begin(), known.end(),
                                     [](char a, char b) { return upper(a) == b; });
        if (same) return row.type;
    }
    return std::nullopt;
}

std::optional<GgufType> ggufTypeOfNumber(std::uint32_t number) {
    for (const TypeRow& row : kTypes)
        if (static_cast<std::uint32_t>(row.type) == number) return row.type;
    return std::nullopt;
}

std::uint32_t ggufFileType(GgufType type) {
    return rowOf(type).fileType;
}

std::uint64_t ggufBytes(GgufType type, std::uint64_t count) {
    return count / rowOf(type).group * rowOf(type).groupBytes;
}

std::optional<std::size_t> appendNumbers(GgufType type, std::span<const float> numbers, std::string& bytes) {
    if (const Refused refused = firstNotFinite(numbers)) return refused;
    const std::size_t begin = bytes.size();
    bytes.resize(begin + ggufBytes(type, numbers.size()));
    char* const place = bytes.data() + begin;
    switch (type) {
        case GgufType::Float32:
            if (!numbers.empty()) std::memcpy(place, numbers.data(), numbers.size_bytes());
            return std::nullopt;
        case GgufType::Float16:
            return appendHalves(numbers, 0x7C00U, float16Of, place);
        case GgufType::BFloat16:
            return appendHalves(numbers, 0x7F80U, bfloat16Of, place);
        case GgufType::Q8_0:
            return appendGroups(numbers, place);
    }
    return std::nullopt;
}

}  // namespace studio
