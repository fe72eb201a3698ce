// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace studio::jinja {

/// A number as Python writes it: 12, 1_000, 0x1F, 0b101, 0o17, 1.5, 2e-3.
struct NumberLiteral {
    bool isReal = false;
    std::int64_t whole = 0;
    double real = 0;
    std::size_t length = 0;  ///< bytes
};

/// The number that `text`, which begins with a digit, begins with. Throws Problem for one beyond 64 bits.
NumberLiteral numberLiteral(std::string_view text);

/// Bytes of the quoted text at the beginning of `text` with its quotes, or 0 where it is not closed.
std::size_t textLiteralLength(std::string_view text);
/// What stands between the quotes, with Python's escapes resolved (an unknown escape stays as it is). Throws
/// Problem for a broken one, and for surrogates, which UTF-8 does not have.
std::string textLiteral(std::string_view inner);

}  // namespace studio::jinja
