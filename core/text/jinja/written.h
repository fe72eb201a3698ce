// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/text/jinja/value.h"

namespace studio::jinja {

/// Python's str(): what `{{ value }}` prints. None is "None", 1.0 is "1.0", an undefined value nothing.
std::string written(Budget& budget, const Value& value);
/// Python's repr(): texts in quotes, as within lists.
std::string shown(Budget& budget, const Value& value);
/// repr() of a text alone.
std::string quotedText(std::string_view text);
/// Python's repr() of a float: the shortest digits that read back the same.
std::string realText(double value);

/// How json.dumps is to write.
struct JsonStyle {
    bool ascii = false;  ///< ensure_ascii; Hugging Face's `tojson` has it off
    bool sortKeys = false;
    std::optional<std::string> indent;  ///< one level of it; none: all on one line
    std::string itemSeparator = ", ";
    std::string keySeparator = ": ";
};

/// Python's json.dumps. Throws Problem for what JSON has not: undefined values, iterators, functions.
std::string jsonText(Budget& budget, const Value& value, const JsonStyle& style);

}  // namespace studio::jinja
