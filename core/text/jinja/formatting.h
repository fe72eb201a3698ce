// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/text/jinja/value.h"

namespace studio::jinja {

/// How one value is to be laid out: what stands behind "%" or behind ":" in "{:…}".
struct FieldStyle {
    std::string fill = " ";
    char align = 0;  ///< '<', '>', '^', '=' or 0: what the kind of value has
    char sign = 0;   ///< '+', ' ' or 0
    bool alternate = false;
    bool zeros = false;
    char group = 0;  ///< ',' or '_' between thousands
    std::size_t width = 0;
    std::int64_t precision = -1;  ///< -1: none
    char type = 0;                ///< 's', 'd', 'f', … or 0
};

/// A value as Python's format specification lays it out; `percent`: by the rules of the "%" operator.
/// Throws Problem for a type that does not go with the value, UnsupportedFormat for one that is not known.
std::string formatted(Budget& budget, const Value& value, const FieldStyle& style, bool percent);

/// Python's `text % arguments`.
Value percentFormatted(Budget& budget, const Value& format, const Value& arguments);

/// Python's text.format(…), with attributes and items looked up as a template does.
Value braceFormatted(Runtime& runtime, const Value& format, const Arguments& arguments);

}  // namespace studio::jinja
