// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of files that another version of the program may have written: what is missing, or of another kind,
// is none. The place is a key, or a path like "/plan/total_steps", which is slower.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "core/formats/json.h"

namespace studio {

/// Null where there is nothing.
inline const OrderedJson* jsonOf(const OrderedJson& json, const char* place) {
    if (*place == '/') {
        const OrderedJson::json_pointer path(place);
        return json.contains(path) ? &json.at(path) : nullptr;
    }
    const auto found = json.find(place);
    return found == json.end() ? nullptr : &*found;
}

/// NaN where it is no number.
inline double realOf(const OrderedJson& json, const char* place) {
    const OrderedJson* value = jsonOf(json, place);
    return value && value->is_number() ? value->get<double>() : std::numeric_limits<double>::quiet_NaN();
}
/// 0 where it is no number, or beyond what a double holds exactly.
inline std::int64_t integerOf(const OrderedJson& json, const char* place) {
    constexpr double kMost = 9007199254740992.0;
    const double real = realOf(json, place);
    return real >= -kMost && real <= kMost ? static_cast<std::int64_t>(real) : 0;
}
/// Empty where it is no text.
inline std::string textOf(const OrderedJson& json, const char* place) {
    const OrderedJson* value = jsonOf(json, place);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}
/// Whether it is there and true.
inline bool flagOf(const OrderedJson& json, const char* place) {
    const OrderedJson* value = jsonOf(json, place);
    return value && value->is_boolean() && value->get<bool>();
}

}  // namespace studio
