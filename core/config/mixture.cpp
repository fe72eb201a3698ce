// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/mixture.h"

#include <algorithm>
#include <charconv>

#include "core/config/name_patterns.h"

namespace studio {

namespace {

std::optional<SourceWeight> parsePart(const std::string& part) {
    const std::size_t equals = part.rfind('=');
    if (equals == std::string::npos || equals == 0) return {};
    SourceWeight result{part.substr(0, equals), 0.0};
    while (!result.source.empty() && result.source.back() == ' ') result.source.pop_back();
    std::size_t begin = equals + 1;
    while (begin < part.size() && part[begin] == ' ') ++begin;
    const char* end = part.data() + part.size();
    const auto [stop, error] = std::from_chars(part.data() + begin, end, result.weight);
    const bool inRange = result.weight >= 0.0 && result.weight <= kMostSourceWeight;
    if (error != std::errc() || stop != end || !inRange || result.source.empty()) return {};
    return result;
}

}  // namespace

std::vector<SourceWeight> parseMixture(std::string_view text, std::optional<std::string>& problem) {
    std::vector<SourceWeight> mixture;
    for (const std::string& part : commaList(text)) {
        const auto parsed = parsePart(part);
        const bool known =
            parsed && std::any_of(mixture.begin(), mixture.end(),
                                  [&](const SourceWeight& other) { return other.source == parsed->source; });
        if (!parsed || known) {
            problem = part;
            return {};
        }
        mixture.push_back(*parsed);
    }
    return mixture;
}

}  // namespace studio
