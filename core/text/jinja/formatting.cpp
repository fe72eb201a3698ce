// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/formatting.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "core/text/jinja/arithmetic.h"
#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/written.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

constexpr std::int64_t kMostPrecision = 500;

[[noreturn]] void noSuchType(const Value& value, char type) {
    requireDefined(value);
    fail(std::string("the format \"") + type + "\" does not go with a '" + value.typeName() + "'");
}

std::string padded(Budget& budget, const std::string& text, const FieldStyle& style, char align) {
    const std::size_t length = codePointCount(text);
    if (style.width <= length) return text;
    const std::size_t missing = style.width - length;
    budget.checkText(text.size() + missing * style.fill.size());
    const std::size_t left = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    std::string result;
    for (std::size_t i = 0; i < left; ++i) result += style.fill;
    result += text;
    for (std::size_t i = left; i < missing; ++i) result += style.fill;
    return result;
}

/// Puts `group` between the thousands of the digits before the point.
std::string grouped(const std::string& digits, char group) {
    if (group == 0) return digits;
    const std::size_t whole = std::min(digits.find_first_not_of("0123456789"), digits.size());
    std::string result;
    for (std::size_t i = 0; i < whole; ++i) {
        if (i > 0 && (whole - i) % 3 == 0) result += group;
        result += digits[i];
    }
    return result + digits.substr(whole);
}

/// Sign, prefix and digits, filled up to the width as numbers are.
std::string numberField(Budget& budget, bool negative, const std::string& prefix, std::string digits,
                        const FieldStyle& style) {
    digits = grouped(digits, style.group);
    std::string head = negative ? "-" : style.sign != 0 ? std::string(1, style.sign) : "";
    head += prefix;
    const bool zeros = style.align == '=' || (style.zeros && style.align == 0);
    if (!zeros) return padded(budget, head + digits, style, style.align == 0 ? '>' : style.align);
    FieldStyle inner = style;
    inner.width = style.width > head.size() ? style.width - head.size() : 0;
    if (style.zeros && style.fill == " ") inner.fill = "0";
    return head + padded(budget, digits, inner, '>');
}

std::string wholeField(Budget& budget, std::int64_t value, const FieldStyle& style) {
    const bool negative = value < 0;
    const auto magnitude =
        negative ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    const char type = style.type == 0 ? 'd' : style.type;
    const int base = type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 10;
    std::array<char, 66> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, base);
    std::string digits(buffer.data(), end.ptr);
    if (type == 'X') digits = upperCase(digits);
    if (style.precision > static_cast<std::int64_t>(digits.size()))
        digits.insert(0, static_cast<std::size_t>(style.precision) - digits.size(), '0');
    const std::string prefix = style.alternate && base != 10 ? std::string("0") + type : "";
    return numberField(budget, negative, prefix, digits, style);
}

std::string realDigits(double magnitude, char type, std::int64_t precision) {
    const char lower = static_cast<char>(type | 0x20);
    const auto layout = lower == 'e'   ? std::chars_format::scientific
                        : lower == 'g' ? std::chars_format::general
                                       : std::chars_format::fixed;
    std::array<char, 1024> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, layout,
                                   static_cast<int>(precision < 0 ? 6 : precision));
    return {buffer.data(), end.ptr};
}

std::string realField(Budget& budget, double value, const FieldStyle& style) {
    const bool negative = std::signbit(value) && !std::isnan(value);
    const double magnitude = std::fabs(value);
    std::string digits;
    if (std::isnan(value) || std::isinf(value)) {
        digits = std::isnan(value) ? "nan" : "inf";
    } else if (style.type == 0 && style.precision < 0) {
        digits = realText(magnitude);
    } else if (style.type == '%') {
        digits = realDigits(magnitude * 100, 'f', style.precision);
    } else {
        digits = realDigits(magnitude, style.type == 0 ? 'g' : style.type, style.precision);
    }
    if (style.type == 'E' || style.type == 'F' || style.type == 'G') digits = upperCase(digits);
    if (style.type == '%') digits += '%';
    return numberField(budget, negative, "", digits, style);
}

std::string textField(Budget& budget, const std::string& text, const FieldStyle& style) {
    std::string shownText = text;
    if (style.precision >= 0) shownText = sliced(text, 0, static_cast<std::size_t>(style.precision));
    return padded(budget, shownText, style, style.align == 0 || style.align == '=' ? '<' : style.align);
}

std::string characterOf(const Value& value) {
    if (value.isText() && codePointCount(value.asText()) == 1) return value.asText();
    if (!value.isWhole()) noSuchType(value, 'c');
    const std::int64_t c = value.asInteger();
    if (c < 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) fail("there is no character of that number");
    std::string text;
    appendUtf8(text, static_cast<char32_t>(c));
    return text;
}

bool isOneOf(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

}  // namespace

std::string formatted(Budget& budget, const Value& value, const FieldStyle& style, bool percent) {
    if (style.precision > kMostPrecision) exceeded("a number is to have more than 500 decimals, the limit");
    FieldStyle own = style;
    if (percent && own.align == 0 && own.zeros && !value.isNumber()) own.zeros = false;
    if (percent && isOneOf(style.type, "srac")) {
        own.align = own.align == 0 ? '>' : own.align;
        const std::string text = style.type == 'c'   ? characterOf(value)
                                 : style.type == 's' ? written(budget, value)
                                                     : shown(budget, value);
        return textField(budget, text, own);
    }
    if (percent && isOneOf(style.type, "diu")) {
        own.type = 'd';
        if (value.is(Value::Kind::Real)) return wholeField(budget, wholeOf(value.asReal()), own);
    }
    if (!percent && !value.isNumber()) {
        if (value.isText() ? !isOneOf(style.type, std::string_view("s\0", 2))
                           : style.type != 0 || style.width > 0)
            noSuchType(value, style.type == 0 ? 's' : style.type);
        return textField(budget, written(budget, value), own);
    }
    if (!value.isNumber()) noSuchType(value, style.type);
    if (!percent && style.type == 'c') return textField(budget, characterOf(value), own);
    if (!percent && value.is(Value::Kind::Boolean) && style.type == 0 && style.width == 0)
        return written(budget, value);
    if (isOneOf(own.type, "eEfFgG%")) return realField(budget, value.asReal(), own);
    if (own.type == 0 && value.is(Value::Kind::Real)) return realField(budget, value.asReal(), own);
    if (!isOneOf(own.type, std::string_view("dxXob\0", 6)))
        unsupported(std::string("the format \"") + own.type + "\"");
    if (!value.isWhole()) noSuchType(value, own.type);
    return wholeField(budget, value.asInteger(), own);
}

}  // namespace studio::jinja
