// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/byte_level.h"

#include <array>

#include "core/text/utf8.h"

namespace studio {

namespace {

constexpr char32_t kFirstSubstitute = 0x100;
constexpr std::size_t kSubstitutes = 68;  // 0x00–0x20, 0x7F–0xA0 and 0xAD

constexpr bool standsForItself(unsigned byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
}

struct Alphabet {
    std::array<char32_t, 256> characters{};
    std::array<std::uint8_t, kSubstitutes> substituted{};

    constexpr Alphabet() {
        std::size_t next = 0;
        for (unsigned byte = 0; byte < 256; ++byte) {
            if (standsForItself(byte)) {
                characters[byte] = byte;
            } else {
                substituted[next] = static_cast<std::uint8_t>(byte);
                characters[byte] = kFirstSubstitute + static_cast<char32_t>(next++);
            }
        }
    }
};

constexpr Alphabet kAlphabet;
static_assert(kAlphabet.characters[' '] == 0x120 && kAlphabet.characters[0xAD] == 0x143);

}  // namespace

char32_t byteCharacter(std::uint8_t byte) {
    return kAlphabet.characters[byte];
}

std::optional<std::uint8_t> byteOfCharacter(char32_t character) {
    if (character < kFirstSubstitute) {
        if (!standsForItself(character)) return std::nullopt;
        return static_cast<std::uint8_t>(character);
    }
    if (character >= kFirstSubstitute + kSubstitutes) return std::nullopt;
    return kAlphabet.substituted[character - kFirstSubstitute];
}

std::string toByteCharacters(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) appendUtf8(text, byteCharacter(static_cast<std::uint8_t>(byte)));
    return text;
}

std::string fromByteCharacters(std::string_view token) {
    std::string bytes;
    for (std::size_t at = 0; at < token.size();) {
        const Utf8Step step = utf8At(token, at);
        const auto byte = step.state == Utf8::Valid ? byteOfCharacter(step.codePoint) : std::nullopt;
        if (!byte) return std::string(token);
        bytes += static_cast<char>(*byte);
        at += step.length;
    }
    return bytes;
}

}  // namespace studio
