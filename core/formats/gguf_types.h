// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace studio {

/// Element types of GGUF tensors that this program writes; the numbers are those of the format
/// (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, ggml_type).
enum class GgufType : std::uint32_t {
    Float32 = 0,
    Float16 = 1,
    Q8_0 = 8,  ///< groups of 32 numbers of a row: a binary16 scale and 32 signed bytes
    BFloat16 = 30
};

/// Numbers that share a scale.
inline constexpr std::int64_t kGgufGroup = 32;

/// "F32", "F16", "BF16", "Q8_0".
const char* ggufTypeName(GgufType type);
/// The same names in any case; nothing for another one.
std::optional<GgufType> ggufTypeOfName(std::string_view name);
std::optional<GgufType> ggufTypeOfNumber(std::uint32_t number);
/// The number that general.file_type has for a file whose matrices are mostly of this type.
std::uint32_t ggufFileType(GgufType type);

/// Bytes of `count` numbers of a row. Q8_0 needs whole groups.
std::uint64_t ggufBytes(GgufType type, std::uint64_t count);

/// Appends the numbers in that type, little-endian, rounded to the nearest (ties to even; in Q8_0 away from
/// zero, as ggml does it). Returns the index of the first number that is not finite or that the type cannot
/// hold, and then the bytes are of no use.
std::optional<std::size_t> appendNumbers(GgufType type, std::span<const float> numbers, std::string& bytes);

}  // namespace studio
