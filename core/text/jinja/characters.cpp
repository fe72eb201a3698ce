// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/characters.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/uchar.h>

#include <cstdint>

#include "core/base/error.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

std::uint32_t categoryOf(char32_t c) {
    return U_GET_GC_MASK(static_cast<UChar32>(c));
}

template <typename Map>
std::string mapped(std::string_view text, Map map) {
    UErrorCode status = U_ZERO_ERROR;
    std::string result;
    icu::StringByteSink<std::string> sink(&result);
    map(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, status);
    if (U_FAILURE(status)) {
        throw Error(ErrorCode::Internal,
                    std::string("ICU could not change the case of a text (") + u_errorName(status) + ").",
                    "Check that the ICU data files of the system are installed completely.");
    }
    return result;
}

/// One character as a title has it: the digraph "ǆ" becomes "ǅ", "ß" becomes "Ss".
std::string largeInitial(std::string_view character) {
    return mapped(character, [](const icu::StringPiece& text, icu::ByteSink& sink, UErrorCode& status) {
        icu::CaseMap::utf8ToTitle("", U_TITLECASE_NO_BREAK_ADJUSTMENT, nullptr, text, sink, nullptr, status);
    });
}

}  // namespace

bool isSpace(char32_t c) {
    if (c < 0x80) return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20);
    return c == 0x85 || c == 0x2028 || c == 0x2029 || (categoryOf(c) & U_GC_ZS_MASK) != 0;
}

bool isLineBreak(char32_t c) {
    return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool isPrintable(char32_t c) {
    return c == ' ' || (categoryOf(c) & (U_GC_C_MASK | U_GC_Z_MASK)) == 0;
}

bool isAlphabetic(char32_t c) {
    return (categoryOf(c) & U_GC_L_MASK) != 0;
}

bool isNumeric(char32_t c) {
    return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

bool isDigit(char32_t c) {
    const auto type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE);
    return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}

bool isDecimal(char32_t c) {
    return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_NUMERIC_TYPE) == U_NT_DECIMAL;
}

bool isWordCharacter(char32_t c) {
    return c == '_' || isAlphabetic(c) || isNumeric(c);
}
bool isCased(char32_t c) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_CASED) != 0;
}
bool isUpper(char32_t c) {
    return u_isUUppercase(static_cast<UChar32>(c)) != 0;
}
bool isLower(char32_t c) {
    return u_isULowercase(static_cast<UChar32>(c)) != 0;
}

std::string upperCase(std::string_view text) {
    return mapped(text, [](const icu::StringPiece& from, icu::ByteSink& sink, UErrorCode& status) {
        icu::CaseMap::utf8ToUpper("", 0, from, sink, nullptr, status);
    });
}

std::string lowerCase(std::string_view text) {
    return mapped(text, [](const icu::StringPiece& from, icu::ByteSink& sink, UErrorCode& status) {
        icu::CaseMap::utf8ToLower("", 0, from, sink, nullptr, status);
    });
}

std::string foldedCase(std::string_view text) {
    return mapped(text, [](const icu::StringPiece& from, icu::ByteSink& sink, UErrorCode& status) {
        icu::CaseMap::utf8Fold(0, from, sink, nullptr, status);
    });
}

std::string titleCase(std::string_view text) {
    std::string result;
    bool within = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = nextCodePoint(text, at);
        const std::string_view character = text.substr(begin, at - begin);
        result += within ? lowerCase(character) : largeInitial(character);
        within = isCased(c);
    }
    return result;
}

std::string capitalized(std::string_view text) {
    const std::size_t first = offsetOf(text, 1);
    return largeInitial(text.substr(0, first)) + lowerCase(text.substr(first));
}

std::string swappedCase(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = nextCodePoint(text, at);
        const std::string_view character = text.substr(begin, at - begin);
        if (isUpper(c)) {
            result += lowerCase(character);
        } else if (isLower(c)) {
            result += upperCase(character);
        } else {
            result += character;
        }
    }
    return result;
}

}  // namespace studio::jinja
