// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/utf8.h"

namespace studio {

/// Offset of the first byte that is not part of valid UTF-8 (RFC 3629: no surrogates, no overlong forms).
std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

/// Length of the longest prefix of `bytes` that does not end inside a UTF-8 character (streaming).
/// Only an unfinished character that more bytes could complete is left out; invalid bytes are not.
std::size_t completeUtf8Prefix(std::string_view bytes);

/// How many U+FFFD stand for bytes that are no UTF-8.
enum class InvalidUtf8 {
    EachByte,       ///< one for every byte
    MaximalSubpart  ///< one for every beginning of a character (Unicode 3.9; what Python and Rust do)
};

/// The text with all bytes that belong to no valid UTF-8 character replaced by U+FFFD.
std::string replaceInvalidUtf8(std::string_view bytes, InvalidUtf8 replacement = InvalidUtf8::EachByte);

/// The code point at `at`, which moves behind it; U+FFFD and one byte on where no valid UTF-8 character
/// stands. `at` is within `text`.
char32_t nextCodePoint(std::string_view text, std::size_t& at);

/// Number of Unicode code points; `text` is valid UTF-8.
std::size_t codePointCount(std::string_view text);

/// UTF-16 (either byte order) to UTF-8; nothing where the bytes are not valid UTF-16.
std::optional<std::string> utf16ToUtf8(std::string_view bytes, bool bigEndian);

/// Words for full-text search, lower-cased by full Unicode case folding: ICU word boundaries, but every Han,
/// Kana and Hangul character is a word of its own. Byte offsets refer to `text`.
struct Word {
    std::string folded;
    std::size_t begin = 0;
    std::size_t end = 0;
};
std::vector<Word> searchWords(std::string_view text);

/// ASCII white space removed at both ends.
std::string_view trimmed(std::string_view text);

/// Levenshtein distance by code points, for "did you mean" hints.
std::size_t editDistance(std::string_view a, std::string_view b);

/// The entry of `known` nearest to `word` (distance at most a third of its length), or nothing.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace studio
