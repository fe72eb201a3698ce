// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/filters.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/jinja/written.h"

namespace studio::jinja {

namespace {

/// Jinja's own that no chat template has a use for.
constexpr std::array<std::string_view, 8> kRefused{"filesizeformat", "pprint", "random",   "striptags",
                                                   "urlencode",      "urlize", "wordwrap", "xmlattr"};

const std::map<std::string_view, FilterFunction>& table() {
    static const std::map<std::string_view, FilterFunction> filters = [] {
        std::map<std::string_view, FilterFunction> all;
        for (const auto& part : {textFilters(), sequenceFilters(), selectingFilters(), valueFilters()}) {
            for (const FilterEntry& entry : part) all.emplace(entry.name, entry.filter);
        }
        return all;
    }();
    return filters;
}

}  // namespace

bool isFilter(std::string_view name) {
    return table().count(name) > 0;
}

Value filtered(Runtime& runtime, std::string_view name, const Value& value, const Arguments& arguments) {
    runtime.budget.spend(1);
    const auto found = table().find(name);
    if (found != table().end()) return found->second(runtime, value, arguments);
    const std::string what = "the filter \"" + std::string(name.substr(0, 100)) + "\"";
    if (std::find(kRefused.begin(), kRefused.end(), name) != kRefused.end()) unsupported(what);
    fail(what + " is not known");
}

Value textOf(Runtime& runtime, const Value& value) {
    return value.isText() ? value : Value::text(runtime.budget, written(runtime.budget, value));
}

}  // namespace studio::jinja
