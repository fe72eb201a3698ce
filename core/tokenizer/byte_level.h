// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How byte-level vocabularies spell bytes: each of the 256 is one printable character (GPT-2's encoder.py,
// bytes_to_unicode). Bytes that are printable in Latin-1 stand for themselves; the others, in order, are
// U+0100, U+0101, …: a space is "Ġ", a line feed "Ċ".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio {

/// The character that stands for `byte`.
char32_t byteCharacter(std::uint8_t byte);

/// The byte that `character` stands for, or nothing.
std::optional<std::uint8_t> byteOfCharacter(char32_t character);

/// Bytes spelled as such characters, in UTF-8.
std::string toByteCharacters(std::string_view bytes);

/// The bytes of a token spelled so. A token that has any other character stands for its own UTF-8 bytes
/// (added tokens are written plainly).
std::string fromByteCharacters(std::string_view token);

}  // namespace studio
