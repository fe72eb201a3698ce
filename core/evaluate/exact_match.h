// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace studio {

/// Exact match of an answer and its reference after trimming ASCII white space at both ends. Case and
/// punctuation count.
bool exactMatch(const std::string& answer, const std::string& reference);

/// How many of how many.
struct MatchCount {
    std::int64_t matched = 0;
    std::int64_t all = 0;
    void add(bool match) {
        ++all;
        if (match) ++matched;
    }
    double percent() const {
        return all == 0 ? 0.0 : 100.0 * static_cast<double>(matched) / static_cast<double>(all);
    }
};

}  // namespace studio
