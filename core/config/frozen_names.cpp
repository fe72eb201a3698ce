// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/frozen_names.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/config/name_patterns.h"

namespace studio {

namespace {

bool fitsAny(const std::vector<std::string>& patterns, const std::string& name) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matchesPattern(pattern, name); });
}

}  // namespace

bool frozenTogether(const std::vector<std::string>& patterns, const std::vector<std::string>& names) {
    const auto count = static_cast<std::size_t>(std::count_if(
        names.begin(), names.end(), [&](const std::string& name) { return fitsAny(patterns, name); }));
    if (count == 0 || count == names.size()) return count != 0;
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::SettingInvalid,
                "freeze: " + list + " are computed together and cannot be frozen in part.",
                "Let the patterns fit all of them or none.", {"freeze", "freeze_in_part", list});
}

void checkFrozen(const std::vector<std::string>& patterns, std::vector<std::string> names) {
    std::sort(names.begin(), names.end());  // so that the examples are the same for everybody who asks
    for (const std::string& pattern : patterns) {
        const bool fits = std::any_of(names.begin(), names.end(),
                                      [&](const std::string& name) { return matchesPattern(pattern, name); });
        if (fits) continue;
        throw Error(ErrorCode::SettingInvalid, "freeze: no weight of this model fits \"" + pattern + "\".",
                    "Its names look like " + names.front() + " and " + names[names.size() / 2] + ".",
                    {"freeze", "freeze_fits_nothing", pattern});
    }
    const bool all = std::all_of(names.begin(), names.end(),
                                 [&](const std::string& name) { return fitsAny(patterns, name); });
    if (all) {
        throw Error(ErrorCode::SettingInvalid, "freeze: every weight of the model would be frozen.",
                    "Leave something to train.", {"freeze", "freeze_everything"});
    }
}

}  // namespace studio
