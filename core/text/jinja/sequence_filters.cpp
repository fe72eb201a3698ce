// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Jinja's filters on what can be gone through: core/text/jinja/filters.h. Those that are generators in Python
// give an iterator here; its items are worked out at once.
#include <algorithm>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/arithmetic.h"
#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/filters.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/jinja/written.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;

Value length(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("length", arguments);
    const auto size = lengthOf(runtime.budget, value);
    if (!size) fail(std::string("a '") + value.typeName() + "' has no length");
    return Value::integer(static_cast<std::int64_t>(*size));
}

Value first(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("first", arguments);
    if (value.is(Kind::Iterator)) {
        Iterator& iterator = value.asIterator();
        if (iterator.next < iterator.values.size()) return iterator.values[iterator.next++];
    } else if (value.isText() || value.isSequence() || value.is(Kind::Range)) {
        return itemOf(runtime, value, Value::integer(0));
    } else {
        const std::vector<Value> items = iterated(runtime.budget, value);
        if (!items.empty()) return items.front();
    }
    return Value::undefined(runtime.budget, "there is no first item");
}

Value last(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("last", arguments);
    if (value.is(Kind::Iterator)) fail("the filter \"last\" needs a list; put the filter \"list\" before it");
    if (value.isText() || value.isSequence()) return itemOf(runtime, value, Value::integer(-1));
    const std::vector<Value> items = iterated(runtime.budget, value);
    return items.empty() ? Value::undefined(runtime.budget, "there is no last item") : items.back();
}

Value list(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("list", arguments);
    return Value::list(runtime.budget, iterated(runtime.budget, value));
}

Value items(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("items", arguments);
    if (value.isUndefined()) return Value::iterator(runtime.budget, {});
    if (!value.isDict())
        fail(std::string("the filter \"items\" needs a dict, not a '") + value.typeName() + "'");
    return Value::iterator(runtime.budget, pairsOf(runtime, value));
}

Value reverse(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("reverse", arguments);
    if (value.isText()) return sliceOf(runtime, value, Value(), Value(), Value::integer(-1));
    std::vector<Value> all = iterated(runtime.budget, value);
    std::reverse(all.begin(), all.end());
    return value.is(Kind::Iterator) ? Value::list(runtime.budget, std::move(all))
                                    : Value::iterator(runtime.budget, std::move(all));
}

Value join(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("join", arguments, {"d", "attribute"});
    Budget& budget = runtime.budget;
    const std::string separator = bound.given(0) ? written(budget, bound[0]) : std::string();
    std::string text;
    bool isFirst = true;
    for (const Value& item : iterated(budget, value)) {
        const std::string part =
            written(budget, bound.isNone(1) ? item : pathOf(runtime, item, bound[1], std::nullopt));
        if (!isFirst) text += separator;
        isFirst = false;
        budget.pass(separator.size() + part.size());
        budget.checkLength(text.size() + part.size());
        text += part;
    }
    return Value::text(budget, std::move(text));
}

Value sum(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("sum", arguments, {"attribute", "start"});
    Value total = bound.valueOr(1, Value::integer(0));
    if (total.isText()) fail("the filter \"sum\" does not add texts; use \"join\"");
    for (const Value& item : iterated(runtime.budget, value)) {
        const Value part = bound.isNone(0) ? item : pathOf(runtime, item, bound[0], std::nullopt);
        total = calculated(runtime.budget, Operator::Add, total, part);
    }
    return total;
}

/// Lists of `linecount` items each.
Value batch(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("batch", arguments, {"linecount", "fill_with"}, 1);
    const std::int64_t size = bound.whole(0, 0);
    std::vector<Value> batches;
    std::vector<Value> current;
    for (const Value& item : iterated(runtime.budget, value)) {
        if (static_cast<std::int64_t>(current.size()) == size)
            batches.push_back(Value::list(runtime.budget, std::exchange(current, {})));
        current.push_back(item);
    }
    if (!current.empty()) {
        if (!bound.isNone(1) && size > static_cast<std::int64_t>(kMostRangeItems))
            exceeded("the filter \"batch\" fills up more than " + std::to_string(kMostRangeItems) +
                     " items, the limit");
        while (!bound.isNone(1) && static_cast<std::int64_t>(current.size()) < size)
            current.push_back(bound[1]);
        batches.push_back(Value::list(runtime.budget, std::move(current)));
    }
    return Value::iterator(runtime.budget, std::move(batches));
}

/// That many lists, of nearly the same length.
Value slice(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("slice", arguments, {"slices", "fill_with"}, 1);
    const std::vector<Value> all = iterated(runtime.budget, value);
    const std::int64_t count = bound.whole(0, 0);
    if (count == 0) fail("the filter \"slice\" needs a number of slices other than zero");
    if (count > static_cast<std::int64_t>(kMostRangeItems))
        exceeded("the filter \"slice\" makes more than " + std::to_string(kMostRangeItems) +
                 " lists, the limit");
    std::vector<Value> slices;
    std::size_t begin = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto slicesLeft = static_cast<std::size_t>(count);
        const bool hasExtra = static_cast<std::size_t>(i) < all.size() % slicesLeft;
        const std::size_t end = begin + all.size() / slicesLeft + (hasExtra ? 1 : 0);
        std::vector<Value> part(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                all.begin() + static_cast<std::ptrdiff_t>(end));
        if (!bound.isNone(1) && !hasExtra) part.push_back(bound[1]);
        slices.push_back(Value::list(runtime.budget, std::move(part)));
        begin = end;
    }
    return Value::iterator(runtime.budget, std::move(slices));
}

}  // namespace

std::vector<FilterEntry> sequenceFilters() {
    return {{"length", length}, {"count", length}, {"first", first},     {"last", last},
            {"list", list},     {"items", items},  {"reverse", reverse}, {"join", join},
            {"sum", sum},       {"batch", batch},  {"slice", slice}};
}

}  // namespace studio::jinja
