// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/name_patterns.h"

#include <charconv>
#include <cstdint>

namespace studio {

namespace {

struct NumberRange {
    std::int64_t first = 0, last = 0;
};

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0) return {};
    return value;
}

/// "2-11" or "7", what stands between brackets.
std::optional<NumberRange> range(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto first = number(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
    if (!first || !last || *last < *first) return {};
    return NumberRange{*first, *last};
}

/// The rest of the name behind a number of the range, which ends where the digits end.
std::optional<std::string_view> behindNumber(std::string_view name, const NumberRange& wanted) {
    std::size_t digits = 0;
    while (digits < name.size() && name[digits] >= '0' && name[digits] <= '9') ++digits;
    const auto found = number(name.substr(0, digits));
    if (!found || *found < wanted.first || *found > wanted.last) return {};
    return name.substr(digits);
}

}  // namespace

std::vector<std::string> commaList(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
        if (!part.empty()) parts.emplace_back(part);
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return parts;
}

bool matchesPattern(std::string_view pattern, std::string_view name) {
    while (!pattern.empty()) {
        if (pattern.front() == '*') {
            for (std::size_t skip = 0; skip <= name.size(); ++skip)
                if (matchesPattern(pattern.substr(1), name.substr(skip))) return true;
            return false;
        }
        if (pattern.front() == '[') {
            const std::size_t close = pattern.find(']');
            if (close == std::string_view::npos) return false;
            const auto wanted = range(pattern.substr(1, close - 1));
            const auto rest = wanted ? behindNumber(name, *wanted) : std::nullopt;
            if (!rest) return false;
            name = *rest;
            pattern.remove_prefix(close + 1);
            continue;
        }
        if (name.empty() || (pattern.front() != '?' && pattern.front() != name.front())) return false;
        pattern.remove_prefix(1);
        name.remove_prefix(1);
    }
    return name.empty();
}

std::optional<std::string> brokenPattern(const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
        for (std::size_t open = pattern.find('['); open != std::string::npos;
             open = pattern.find('[', open + 1)) {
            const std::size_t close = pattern.find(']', open);
            if (close == std::string::npos ||
                !range(std::string_view(pattern).substr(open + 1, close - open - 1)))
                return pattern;
        }
    }
    return std::nullopt;
}

}  // namespace studio
