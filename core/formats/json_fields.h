// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of files that another version of the program may have written: what is missing, or of another kind,
// is none. By key ("Of"), by a path like "/plan/total_steps" ("At"), which is slower, or of what was found
// ("In").
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "core/formats/json.h"

namespace studio {

/// Null where there is nothing.
inline const OrderedJson* jsonOf(const OrderedJson& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() ? nullptr : &*found;
}
inline const OrderedJson* jsonAt(const OrderedJson& json, const char* path) {
    const OrderedJson::json_pointer place(path);
    return json.contains(place) ? &json.at(place) : nullptr;
}

/// NaN where it is no number.
inline double realIn(const OrderedJson* value) {
    return value && value->is_number() ? value->get<double>() : std::numeric_limits<double>::quiet_NaN();
}
/// 0 where it is no number, or beyond what a double holds exactly.
inline std::int64_t integerIn(const OrderedJson* value) {
    constexpr double kMost = 9007199254740992.0;
    const double real = realIn(value);
    return real >= -kMost && real <= kMost ? static_cast<std::int64_t>(real) : 0;
}
/// Empty where it is no text.
inline std::string textIn(const OrderedJson* value) {
    return value && value->is_string() ? value->get<std::string>() : std::string();
}
/// Whether it is there and true.
inline bool flagIn(const OrderedJson* value) {
    return value && value->is_boolean() && value->get<bool>();
}

inline double realOf(const OrderedJson& json, const char* key) {
    return realIn(jsonOf(json, key));
}
inline std::int64_t integerOf(const OrderedJson& json, const char* key) {
    return integerIn(jsonOf(json, key));
}
inline std::string textOf(const OrderedJson& json, const char* key) {
    return textIn(jsonOf(json, key));
}
inline bool flagOf(const OrderedJson& json, const char* key) {
    return flagIn(jsonOf(json, key));
}
inline double realAt(const OrderedJson& json, const char* path) {
    return realIn(jsonAt(json, path));
}
inline std::int64_t integerAt(const OrderedJson& json, const char* path) {
    return integerIn(jsonAt(json, path));
}
inline std::string textAt(const OrderedJson& json, const char* path) {
    return textIn(jsonAt(json, path));
}
inline bool flagAt(const OrderedJson& json, const char* path) {
    return flagIn(jsonAt(json, path));
}

}  // namespace studio
