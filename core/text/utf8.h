// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 by the character, for loops that run over every byte of a corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace studio {

enum class Utf8 { Valid, Invalid, Unfinished };

struct Utf8Step {
    Utf8 state = Utf8::Valid;
    /// Bytes of the character. Of bytes that are none: those which a decoder replaces by one U+FFFD (the
    /// "maximal subpart" of the Unicode standard, section 3.9), at least one.
    std::size_t length = 1;
    char32_t codePoint = 0xFFFD;
};

/// The character at `at` (which is inside `text`), by table 3-7 of the Unicode standard (well-formed UTF-8
/// byte sequences): no surrogates, no overlong forms. Unfinished is a beginning that the text's end cuts off.
inline Utf8Step utf8At(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return {Utf8::Valid, 1, lead};
    if (lead < 0xC2 || lead > 0xF4) return {Utf8::Invalid, 1, 0xFFFD};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    char32_t codePoint = lead & (0x7F >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i == text.size()) return {Utf8::Unfinished, i, 0xFFFD};
        const unsigned char next = byte(at + i);
        if (i == 1 ? next < low || next > high : (next & 0xC0) != 0x80) return {Utf8::Invalid, i, 0xFFFD};
        codePoint = (codePoint << 6) | (next & 0x3F);
    }
    return {Utf8::Valid, length, codePoint};
}

/// `c` is a Unicode scalar value.
inline void appendUtf8(std::string& text, char32_t c) {
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        text += static_cast<char>(0xE0 | (c >> 12));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | (c >> 18));
        text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    }
}

}  // namespace studio
