// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/json_scan.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace studio {

namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isNumberByte(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// The code unit of a \uXXXX escape whose backslash stands at `offset`.
std::optional<unsigned> unicodeEscape(std::string_view text, std::size_t offset) {
    if (offset + 6 > text.size() || text[offset] != '\\' || text[offset + 1] != 'u') return std::nullopt;
    unsigned unit = 0;
    const char* digits = text.data() + offset + 2;
    const auto [end, error] = std::from_chars(digits, digits + 4, unit, 16);
    if (error != std::errc() || end != digits + 4) return std::nullopt;
    return unit;
}

/// Behind the closing quote of the string whose opening quote is at `offset`, or text.size() and !closed.
std::size_t scanString(std::string_view text, std::size_t offset, ScannedValue& value, bool& closed) {
    std::size_t i = offset + 1;
    while (i < text.size()) {
        const char c = text[i];
        if (c == '"') {
            closed = true;
            return i + 1;
        }
        if (c != '\\') {
            ++i;
            continue;
        }
        const std::optional<unsigned> unit = unicodeEscape(text, i);
        if (!unit) {
            i += 2;
            continue;
        }
        if (*unit >= 0xD800 && *unit <= 0xDBFF) {
            const std::optional<unsigned> partner = unicodeEscape(text, i + 6);
            if (partner && *partner >= 0xDC00 && *partner <= 0xDFFF) {
                i += 12;
                continue;
            }
        }
        if (*unit >= 0xD800 && *unit <= 0xDFFF && !value.loneSurrogate) value.loneSurrogate = i;
        i += 6;
    }
    closed = false;
    return text.size();
}

bool isHugeNumber(std::string_view token) {
    if (token.find_first_of(".eE") == std::string_view::npos) {
        if (token.size() <= 18) return false;
        std::int64_t integer = 0;
        std::uint64_t natural = 0;
        const char* end = token.data() + token.size();
        const bool fits = std::from_chars(token.data(), end, integer).ec == std::errc() ||
                          std::from_chars(token.data(), end, natural).ec == std::errc();
        return !fits;
    }
    return std::isinf(std::strtod(std::string(token).c_str(), nullptr));
}

std::size_t scanNumber(std::string_view text, std::size_t offset, ScannedValue& value) {
    std::size_t end = offset;
    while (end < text.size() && isNumberByte(text[end])) ++end;
    if (isHugeNumber(text.substr(offset, end - offset))) value.hugeNumbers.push_back({offset, end});
    return end;
}

std::int64_t countMembers(const OrderedJson& json) {
    std::int64_t count = json.is_object() ? static_cast<std::int64_t>(json.size()) : 0;
    if (json.is_structured()) {
        for (const OrderedJson& child : json) count += countMembers(child);
    }
    return count;
}

std::vector<std::string> findDuplicateKeys(const std::string& text) {
    std::vector<std::set<std::string>> open;
    std::vector<std::string> found;
    const auto watch = [&](int, OrderedJson::parse_event_t event, OrderedJson& parsed) {
        if (event == OrderedJson::parse_event_t::object_start) open.emplace_back();
        if (event == OrderedJson::parse_event_t::object_end) open.pop_back();
        if (event == OrderedJson::parse_event_t::key &&
            !open.back().insert(parsed.get<std::string>()).second) {
            found.push_back(parsed.get<std::string>());
        }
        return true;
    };
    [[maybe_unused]] const OrderedJson whole = OrderedJson::parse(text, watch, false);
    return found;
}

}  // namespace

std::size_t skipJsonSpace(std::string_view text, std::size_t offset) {
    while (offset < text.size() && isSpace(text[offset])) ++offset;
    return offset;
}

ScannedValue scanValue(std::string_view text, std::size_t begin) {
    ScannedValue value;
    value.begin = begin;
    std::int64_t depth = 0;
    std::size_t i = begin;
    while (i < text.size()) {
        const char c = text[i];
        if (c == '"') {
            bool closed = false;
            i = scanString(text, i, value, closed);
            if (!closed) break;
            value.complete = depth == 0;
        } else if (c == '{' || c == '[') {
            value.depth = std::max(value.depth, ++depth);
            ++i;
        } else if (c == '}' || c == ']') {
            if (depth == 0) break;  // the closing bracket of what this value stands in
            value.complete = --depth == 0;
            ++i;
        } else if (depth == 0 && (isSpace(c) || c == ',')) {
            break;
        } else if ((c >= '0' && c <= '9') || c == '-') {
            i = scanNumber(text, i, value);
        } else {
            if (c == ':') ++value.memberCount;
            ++i;
        }
        if (value.complete) break;
    }
    value.end = i;
    // A bare word or number has no end mark of its own.
    if (!value.complete && depth == 0 && i > begin && text[begin] != '"') value.complete = true;
    return value;
}

LineIndex::LineIndex(std::string_view text) {
    m_starts.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        m_starts.push_back(at + 1);
    }
}

std::size_t LineIndex::line(std::size_t offset) const {
    return static_cast<std::size_t>(std::upper_bound(m_starts.begin(), m_starts.end(), offset) -
                                    m_starts.begin());
}

std::size_t LineIndex::column(std::size_t offset) const {
    return offset - m_starts[line(offset) - 1] + 1;
}

std::string LineIndex::place(std::size_t offset) const {
    return "line " + std::to_string(line(offset)) + ", column " + std::to_string(column(offset));
}

std::string explainSyntax(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return "the text ends too early";
    const char c = text[offset];
    if (c == '/' || c == '#') return "comments are not part of JSON";
    if (c == '\'') return "texts stand in double quotes in JSON, not in single ones";
    if (c == 'N' || c == 'I') return "NaN and Infinity are not JSON numbers";
    if (c == '}' || c == ']') {
        std::size_t before = offset;
        while (before > 0 && isSpace(text[before - 1])) --before;
        if (before > 0 && text[before - 1] == ',') return "a comma stands before a closing bracket";
        return "a bracket closes where a value is missing";
    }
    if (static_cast<unsigned char>(c) < 0x20) {
        char code[16];
        std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        return std::string("the control character ") + code + " must be written as an escape inside a text";
    }
    if (static_cast<unsigned char>(c) < 0x7f)
        return std::string("the character ") + c + " is not expected here";
    return "this is not JSON";
}

ParsedValue parseScanned(std::string_view text, const ScannedValue& value) {
    std::string copy;
    std::size_t from = value.begin;
    for (const ScannedValue::Range& number : value.hugeNumbers) {
        copy.append(text, from, number.begin - from)
            .append("\"")
            .append(text, number.begin, number.end - number.begin);
        copy += '"';
        from = number.end;
    }
    copy.append(text, from, value.end - from);

    ParsedValue result;
    try {
        result.json = OrderedJson::parse(copy);
    } catch (const OrderedJson::parse_error& error) {
        // The two quotes around each rewritten number before the place are not in the file.
        std::size_t offset = value.begin + (error.byte > 0 ? error.byte - 1 : 0);
        for (const ScannedValue::Range& number : value.hugeNumbers) {
            if (number.end + 2 <= offset) offset -= 2;
        }
        // Inside a text the parser stops at the raw control character; at the end of input it stops behind
        // it.
        result.errorOffset = std::min(offset, value.end);
        return result;
    } catch (const OrderedJson::exception&) {
        result.errorOffset = value.begin;
        return result;
    }
    if (countMembers(result.json) != value.memberCount) result.duplicateKeys = findDuplicateKeys(copy);
    return result;
}

}  // namespace studio
