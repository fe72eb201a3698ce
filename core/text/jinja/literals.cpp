// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/literals.h"

#include <algorithm>
#include <charconv>

#include "core/text/jinja/problem.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

bool isDigitOf(char c, int base) {
    if (c >= '0' && c <= '9') return c - '0' < base;
    const char lower = static_cast<char>(c | 0x20);
    return base == 16 && lower >= 'a' && lower <= 'f';
}

/// The end of a run of digits in which "_" may stand between two of them; `at` where there is none.
std::size_t digitsEnd(std::string_view text, std::size_t at, int base) {
    std::size_t end = at;
    while (end < text.size()) {
        const bool joins =
            text[end] == '_' && end > at && end + 1 < text.size() && isDigitOf(text[end + 1], base);
        if (!joins && !isDigitOf(text[end], base)) break;
        ++end;
    }
    return end;
}

std::string withoutJoins(std::string_view text) {
    std::string plain(text);
    plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
    return plain;
}

NumberLiteral wholeLiteral(std::string_view text, std::size_t prefix, int base) {
    NumberLiteral number;
    number.length = digitsEnd(text, prefix, base);
    // "_" may also stand right behind the prefix.
    const std::string digits = withoutJoins(text.substr(prefix, number.length - prefix));
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number.whole, base);
    if (read.ec != std::errc()) fail("the number " + digits.substr(0, 40) + " has more than 64 bits");
    return number;
}

/// The end of the fraction and exponent behind the digits that end at `at`; `at` where it is a whole number.
std::size_t realEnd(std::string_view text, std::size_t at) {
    std::size_t end = at;
    if (at + 1 < text.size() && text[at] == '.' && isDigitOf(text[at + 1], 10))
        end = digitsEnd(text, at + 1, 10);
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        std::size_t digits = end + 1;
        if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) ++digits;
        if (digits < text.size() && isDigitOf(text[digits], 10)) end = digitsEnd(text, digits, 10);
    }
    return end;
}

/// Reads `count` hexadecimal digits.
char32_t hexCharacter(std::string_view text, std::size_t& at, std::size_t count) {
    char32_t c = 0;
    for (std::size_t i = 0; i < count; ++i, ++at) {
        if (at == text.size() || !isDigitOf(text[at], 16)) fail("an escape in a text lacks digits");
        const char digit = text[at];
        c = c * 16 + static_cast<char32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) fail("an escape in a text stands for no character");
    return c;
}

char32_t octalCharacter(std::string_view text, std::size_t& at) {
    char32_t c = 0;
    for (int i = 0; i < 3 && at < text.size() && isDigitOf(text[at], 8); ++i, ++at)
        c = c * 8 + static_cast<char32_t>(text[at] - '0');
    return c;
}

/// The escape whose letter stands at `at`.
void addEscape(std::string& result, std::string_view text, std::size_t& at) {
    constexpr std::string_view kLetters = "\\'\"abfnrtv";
    constexpr std::string_view kMeanings = "\\'\"\a\b\f\n\r\t\v";
    const char letter = text[at];
    if (const std::size_t place = kLetters.find(letter); place != std::string_view::npos) {
        result += kMeanings[place];
        ++at;
    } else if (letter == '\n') {
        ++at;
    } else if (isDigitOf(letter, 8)) {
        appendUtf8(result, octalCharacter(text, at));
    } else if (letter == 'x' || letter == 'u' || letter == 'U') {
        ++at;
        appendUtf8(result, hexCharacter(text, at, letter == 'x' ? 2 : letter == 'u' ? 4 : 8));
    } else if (letter == 'N') {
        unsupported("the escape \"\\N\" in a text");
    } else {
        result += '\\';
    }
}

}  // namespace

NumberLiteral numberLiteral(std::string_view text) {
    const std::size_t whole = digitsEnd(text, 0, 10);
    const std::size_t end = realEnd(text, whole);
    if (end > whole) {
        NumberLiteral number;
        number.isReal = true;
        number.length = end;
        const std::string plain = withoutJoins(text.substr(0, end));
        const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), number.real);
        if (read.ec != std::errc()) fail("the number " + plain.substr(0, 40) + " is beyond a double");
        return number;
    }
    if (text[0] == '0' && text.size() > 2) {
        const char kind = static_cast<char>(text[1] | 0x20);
        const int base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
        const std::size_t prefix = text[2] == '_' ? 3 : 2;
        if (base != 0 && prefix < text.size() && isDigitOf(text[prefix], base))
            return wholeLiteral(text, prefix, base);
    }
    if (text[0] != '0') return wholeLiteral(text, 0, 10);
    // Zeros alone are a number; other digits behind them are the next token, as in Jinja.
    NumberLiteral zero;
    while (zero.length < whole && (text[zero.length] == '0' || text[zero.length] == '_')) ++zero.length;
    return zero;
}

std::size_t textLiteralLength(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == text[0]) return i + 1;
        if (text[i] == '\\') ++i;
    }
    return 0;
}

std::string textLiteral(std::string_view inner) {
    std::string result;
    for (std::size_t at = 0; at < inner.size();) {
        if (inner[at] != '\\') {
            result += inner[at++];
            continue;
        }
        ++at;
        addEscape(result, inner, at);
    }
    return result;
}

}  // namespace studio::jinja
