// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Jinja's filters that pick and order by attributes, tests and other filters: core/text/jinja/filters.h.
#include <algorithm>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/filters.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"

namespace studio::jinja {

namespace {

/// What a value is compared by: large and small letters are the same unless `caseSensitive`.
Value keyOf(Runtime& runtime, const Value& value, bool caseSensitive) {
    if (caseSensitive || !value.isText()) return value;
    runtime.budget.pass(8 * value.asText().size());
    return Value::text(runtime.budget, lowerCase(value.asText()));
}

Value attributeKey(Runtime& runtime, const Value& item, const Value& path, bool caseSensitive) {
    return keyOf(runtime, pathOf(runtime, item, path, std::nullopt), caseSensitive);
}

/// map('upper'), map(attribute='role', default='').
Value map(Runtime& runtime, const Value& value, const Arguments& arguments) {
    if (!truth(value)) return Value::iterator(runtime.budget, {});
    std::vector<Value> results;
    if (arguments.positional.empty() && !arguments.named.empty()) {
        const Bound bound("map", arguments, {"attribute", "default"}, 1);
        const std::optional<Value> otherwise = bound.isNone(1) ? std::nullopt : std::optional(bound[1]);
        for (const Value& item : iterated(runtime.budget, value))
            results.push_back(pathOf(runtime, item, bound[0], otherwise));
        return Value::iterator(runtime.budget, std::move(results));
    }
    if (arguments.positional.empty() || !arguments.positional[0].isText())
        fail("the filter \"map\" needs the name of a filter, or an attribute");
    Arguments rest = arguments;
    rest.positional.erase(rest.positional.begin());
    for (const Value& item : iterated(runtime.budget, value))
        results.push_back(filtered(runtime, arguments.positional[0].asText(), item, rest));
    return Value::iterator(runtime.budget, std::move(results));
}

/// select, reject, selectattr and rejectattr.
template <bool byAttribute, bool keeps>
Value select(Runtime& runtime, const Value& value, const Arguments& arguments) {
    if (!truth(value)) return Value::iterator(runtime.budget, {});
    Arguments rest = arguments;
    const auto next = [&rest] {
        Value argument = rest.positional.front();
        rest.positional.erase(rest.positional.begin());
        return argument;
    };
    if (byAttribute && rest.positional.empty()) fail("a filter that selects by an attribute needs its name");
    const Value path = byAttribute ? next() : Value();
    std::optional<Value> test;
    if (!rest.positional.empty()) test = next();
    if (test && !test->isText()) fail("a filter that selects needs the name of a test");
    std::vector<Value> kept;
    for (const Value& item : iterated(runtime.budget, value)) {
        const Value judged = byAttribute ? pathOf(runtime, item, path, std::nullopt) : item;
        const bool holds = test ? tested(runtime, test->asText(), judged, rest) : truth(judged);
        if (holds == keeps) kept.push_back(item);
    }
    return Value::iterator(runtime.budget, std::move(kept));
}

Value sort(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("sort", arguments, {"reverse", "case_sensitive", "attribute"});
    const bool caseSensitive = bound.flag(1, false);
    std::vector<Value> paths{Value()};
    if (!bound.isNone(2)) paths = {bound[2]};
    if (paths.front().isText()) {
        const std::string names = paths.front().asText();
        paths.clear();
        for (const std::string_view name : splitAt(names, ",", -1, false))
            paths.push_back(Value::text(runtime.budget, std::string(name)));
    }
    const std::vector<Value> items = iterated(runtime.budget, value);
    std::vector<Value> keys;
    for (const Value& item : items) {
        std::vector<Value> parts;
        for (const Value& path : paths) parts.push_back(attributeKey(runtime, item, path, caseSensitive));
        keys.push_back(Value::list(runtime.budget, std::move(parts)));
    }
    return Value::list(runtime.budget, sortedBy(runtime.budget, items, keys, bound.flag(0, false)));
}

Value dictsort(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("dictsort", arguments, {"case_sensitive", "by", "reverse"});
    const std::string by = bound.textOr(1, "key");
    if (by != "key" && by != "value") fail("the filter \"dictsort\" sorts by \"key\" or by \"value\"");
    requireDefined(value);
    if (!value.isDict())
        fail(std::string("the filter \"dictsort\" needs a dict, not a '") + value.typeName() + "'");
    const std::vector<Value> pairs = pairsOf(runtime, value);
    std::vector<Value> keys;
    for (const Value& pair : pairs)
        keys.push_back(keyOf(runtime, pair.items()[by == "key" ? 0 : 1], bound.flag(0, false)));
    return Value::list(runtime.budget, sortedBy(runtime.budget, pairs, keys, bound.flag(2, false)));
}

Value unique(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("unique", arguments, {"case_sensitive", "attribute"});
    const std::vector<Value> items = iterated(runtime.budget, value);
    Dict seen;
    seen.reserve(items.size());
    std::vector<Value> kept;
    for (const Value& item : items) {
        const Value key = attributeKey(runtime, item, bound.valueOr(1, Value()), bound.flag(0, false));
        if (seen.find(runtime.budget, key)) continue;
        seen.set(runtime.budget, key, Value());
        kept.push_back(item);
    }
    return Value::iterator(runtime.budget, std::move(kept));
}

template <bool largest>
Value extreme(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound(largest ? "max" : "min", arguments, {"case_sensitive", "attribute"});
    const std::vector<Value> items = iterated(runtime.budget, value);
    if (items.empty()) return Value::undefined(runtime.budget, "there is no item to choose from");
    const auto key = [&](const Value& item) {
        return attributeKey(runtime, item, bound.valueOr(1, Value()), bound.flag(0, false));
    };
    Value best = items.front();
    Value bestKey = key(best);
    for (std::size_t i = 1; i < items.size(); ++i) {
        const Value other = key(items[i]);
        const bool better =
            largest ? less(runtime.budget, bestKey, other) : less(runtime.budget, other, bestKey);
        if (!better) continue;
        best = items[i];
        bestKey = other;
    }
    return best;
}

Value groupby(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("groupby", arguments, {"attribute", "default", "case_sensitive"}, 1);
    Budget& budget = runtime.budget;
    const std::optional<Value> otherwise = bound.isNone(1) ? std::nullopt : std::optional(bound[1]);
    const auto key = [&](const Value& item) {
        return keyOf(runtime, pathOf(runtime, item, bound[0], otherwise), bound.flag(2, false));
    };
    const std::vector<Value> items = iterated(budget, value);
    std::vector<Value> keys;
    for (const Value& item : items) keys.push_back(key(item));
    const std::vector<Value> sorted = sortedBy(budget, items, keys, false);
    std::vector<Value> groups;
    for (std::size_t begin = 0; begin < sorted.size();) {
        const Value groupKey = key(sorted[begin]);
        std::vector<Value> members;
        std::size_t end = begin;
        while (end < sorted.size() && equal(budget, key(sorted[end]), groupKey))
            members.push_back(sorted[end++]);
        // NaN is not even equal to itself; it makes a group of its own.
        if (members.empty()) members.push_back(sorted[end++]);
        const Value shown = pathOf(runtime, members.front(), bound[0], otherwise);
        groups.push_back(Value::group(budget, shown, Value::list(budget, std::move(members))));
        begin = end;
    }
    return Value::list(budget, std::move(groups));
}

}  // namespace

std::vector<FilterEntry> selectingFilters() {
    return {{"map", map},
            {"select", select<false, true>},
            {"reject", select<false, false>},
            {"selectattr", select<true, true>},
            {"rejectattr", select<true, false>},
            {"sort", sort},
            {"dictsort", dictsort},
            {"unique", unique},
            {"min", extreme<false>},
            {"max", extreme<true>},
            {"groupby", groupby}};
}

}  // namespace studio::jinja
