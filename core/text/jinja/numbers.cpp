// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/numbers.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "core/text/jinja/characters.h"
#include "core/text/jinja/problem.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

/// Digits of any script as those of ASCII.
std::string asciiDigits(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (c >= 0x80 && isDecimal(c)) {
            result += static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c)));
        } else {
            appendUtf8(result, c);
        }
    }
    return result;
}

/// Digits without the "_" between them; nothing where one stands elsewhere.
std::optional<std::string> withoutJoins(std::string_view anyText) {
    const std::string text = asciiDigits(anyText);
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            digits += text[i];
            continue;
        }
        const bool joins = i > 0 && i + 1 < text.size() && text[i - 1] != '_' && text[i + 1] != '_';
        if (!joins) return std::nullopt;
    }
    return digits;
}

std::int64_t roundedWhole(std::int64_t value, std::int64_t precision) {
    if (precision >= 0) return value;
    if (precision < -18) return 0;
    std::int64_t unit = 1;
    for (std::int64_t i = precision; i < 0; ++i) unit *= 10;
    std::int64_t quotient = value / unit;
    const std::int64_t rest = value % unit;
    const std::int64_t missing = unit - std::abs(rest);  // less than the rest where that is more than half
    const bool up = missing < std::abs(rest) || (missing == std::abs(rest) && quotient % 2 != 0);
    if (up) quotient += value < 0 ? -1 : 1;
    std::int64_t result = 0;
    if (__builtin_mul_overflow(quotient, unit, &result)) fail("a whole number has more than 64 bits");
    return result;
}

}  // namespace

std::optional<std::int64_t> wholeNumber(std::string_view text, int base) {
    text = stripped(text, Side::Both);
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    if (text.size() > 2 && text[0] == '0' && base != 10) {
        const char kind = static_cast<char>(text[1] | 0x20);
        if (kind == (base == 16 ? 'x' : base == 8 ? 'o' : 'b')) text.remove_prefix(text[2] == '_' ? 3 : 2);
    }
    const auto digits = withoutJoins(text);
    if (!digits || digits->empty() || (*digits)[0] == '-') return std::nullopt;
    std::uint64_t magnitude = 0;
    const auto read = std::from_chars(digits->data(), digits->data() + digits->size(), magnitude, base);
    if (read.ptr != digits->data() + digits->size() || read.ec == std::errc::invalid_argument)
        return std::nullopt;
    const std::uint64_t most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (read.ec != std::errc() || magnitude > most) fail("a whole number has more than 64 bits");
    return negative ? -static_cast<std::int64_t>(magnitude) : static_cast<std::int64_t>(magnitude);
}

std::optional<double> realNumber(std::string_view text) {
    text = stripped(text, Side::Both);
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    const auto digits = withoutJoins(text);
    if (!digits || digits->empty() || (*digits)[0] == '-' || digits->find('(') != std::string::npos)
        return std::nullopt;
    double value = 0;
    const auto read = std::from_chars(digits->data(), digits->data() + digits->size(), value);
    if (read.ptr != digits->data() + digits->size() || read.ec == std::errc::invalid_argument)
        return std::nullopt;
    // Out of range leaves the value as it was: the sign of the exponent says which end.
    if (read.ec == std::errc::result_out_of_range)
        value = digits->find("e-") == std::string::npos && digits->find("E-") == std::string::npos
                    ? std::numeric_limits<double>::infinity()
                    : 0;
    return negative ? -value : value;
}

Value rounded(const Value& number, std::int64_t precision) {
    if (number.isWhole()) return Value::integer(roundedWhole(number.asInteger(), precision));
    const double value = number.asReal();
    if (std::isnan(value) || std::isinf(value) || precision > 300) return number;
    if (precision < -300) return Value::real(std::copysign(0.0, value));
    if (precision < 0) {
        const double unit = std::pow(10.0, static_cast<double>(-precision));
        return Value::real(std::nearbyint(value / unit) * unit);
    }
    // to_chars rounds the exact value, as Python does; a product with a power of ten would round before that.
    std::array<char, 1024> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::fixed, static_cast<int>(precision));
    double result = 0;
    std::from_chars(buffer.data(), end.ptr, result);
    return Value::real(result);
}

}  // namespace studio::jinja
