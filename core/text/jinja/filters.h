// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/text/jinja/value.h"

namespace studio::jinja {

using FilterFunction = Value (*)(Runtime&, const Value&, const Arguments&);
using TestFunction = bool (*)(Runtime&, const Value&, const Arguments&);

struct FilterEntry {
    std::string_view name;
    FilterFunction filter;
};
std::vector<FilterEntry> textFilters();       ///< trim, replace, indent, …
std::vector<FilterEntry> sequenceFilters();   ///< first, join, sort, …
std::vector<FilterEntry> selectingFilters();  ///< map, select, groupby, …
std::vector<FilterEntry> valueFilters();      ///< default, int, tojson, …

/// `value | name(…)`. Throws Problem for an unknown filter, UnsupportedFormat for one of Jinja's that is not
/// carried out here.
Value filtered(Runtime& runtime, std::string_view name, const Value& value, const Arguments& arguments);
bool isFilter(std::string_view name);

/// `value is name(…)`.
bool tested(Runtime& runtime, std::string_view name, const Value& value, const Arguments& arguments);
bool isTest(std::string_view name);

/// The text of a value for filters that take any: str(), with the mark of a safe text kept.
Value textOf(Runtime& runtime, const Value& value);

}  // namespace studio::jinja
