// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/lookup.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;

using MethodTable = std::map<std::string_view, Method>;

MethodTable tableOf(std::initializer_list<std::vector<MethodEntry>> parts) {
    MethodTable table;
    for (const auto& part : parts) {
        for (const MethodEntry& entry : part) table.emplace(entry.name, entry.method);
    }
    return table;
}

const MethodTable& textTable() {
    static const MethodTable table = tableOf({textMethods(), textQueryMethods()});
    return table;
}

const MethodTable& containerTable() {
    static const MethodTable table = tableOf({containerMethods()});
    return table;
}

Value undefinedAttribute(Budget& budget, const Value& object, std::string_view name) {
    const std::string what = object.isNone() ? "none" : std::string("a '") + object.typeName() + "'";
    return Value::undefined(budget,
                            what + " has no attribute or key \"" + std::string(name.substr(0, 100)) + "\"");
}

Value undefinedItem(Budget& budget, const Value& object) {
    return Value::undefined(budget, std::string("a '") + object.typeName() + "' has no such element");
}

std::size_t sizeOf(Budget& budget, const Value& value) {
    return lengthOf(budget, value).value_or(0);
}

Value boundMethod(Runtime& runtime, const Value& self, std::string_view name, Method method) {
    if (method == &changingMethod) {
        return Value::undefined(runtime.budget, "a template may not call \"" + std::string(name) +
                                                    "\", which would change a '" + self.typeName() + "'");
    }
    return Value::callable(
        runtime.budget, std::string(name),
        [self, method](Runtime& at, Arguments& arguments) { return method(at, self, arguments); });
}

/// The element at a place within the value.
Value elementAt(Budget& budget, const Value& object, std::size_t place) {
    if (object.is(Kind::Range)) return Value::integer(object.asRange().at(place));
    if (!object.isText()) return object.items()[place];
    budget.pass(object.asText().size());
    return Value::text(budget, std::string(sliced(object.asText(), place, place + 1)), object.isMarkup());
}

bool hasPlaces(const Value& object) {
    return object.isText() || object.isSequence() || object.is(Kind::Range);
}

/// Where a slice begins, ends and how it goes on, by the rules of Python's slice.indices().
struct Places {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t step = 1;
    std::size_t count = 0;
};

std::int64_t bounded(const Value& given, std::int64_t size, std::int64_t low, std::int64_t high,
                     std::int64_t otherwise) {
    if (given.isNone()) return otherwise;
    const std::int64_t place = given.asInteger();
    return std::clamp(place < 0 ? place + size : place, low, high);
}

Places placesOf(std::int64_t size, const Value& begin, const Value& end, const Value& step) {
    Places places;
    places.step = step.isNone() ? 1 : step.asInteger();
    if (places.step == 0) fail("the step of a slice is zero");
    if (places.step == std::numeric_limits<std::int64_t>::min()) ++places.step;
    const bool forward = places.step > 0;
    const std::int64_t low = forward ? 0 : -1;
    const std::int64_t high = forward ? size : size - 1;
    places.begin = bounded(begin, size, low, high, forward ? low : high);
    places.end = bounded(end, size, low, high, forward ? high : low);
    const std::int64_t way = forward ? places.end - places.begin : places.begin - places.end;
    const std::int64_t stride = forward ? places.step : -places.step;
    if (way > 0) places.count = static_cast<std::size_t>((way - 1) / stride + 1);
    return places;
}

Value slicedText(Budget& budget, const Value& object, const Places& places) {
    const std::string& text = object.asText();
    budget.pass(text.size());
    const auto first = static_cast<std::size_t>(std::max<std::int64_t>(places.begin, 0));
    if (places.step == 1)
        return Value::text(budget, std::string(sliced(text, first, first + places.count)), object.isMarkup());
    std::vector<std::string_view> characters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        nextCodePoint(text, at);
        characters.push_back(std::string_view(text).substr(start, at - start));
    }
    budget.spend(characters.size());
    std::string result;
    for (std::size_t i = 0; i < places.count; ++i)
        result +=
            characters[static_cast<std::size_t>(places.begin + places.step * static_cast<std::int64_t>(i))];
    return Value::text(budget, std::move(result), object.isMarkup());
}

}  // namespace

Method methodOf(const Value& self, std::string_view name) {
    if (self.isText()) {
        const auto found = textTable().find(name);
        return found == textTable().end() ? nullptr : found->second;
    }
    if (!self.isDict() && !self.isSequence() && !self.is(Kind::Range)) return nullptr;
    const char* type = self.isDict()          ? "dict."
                       : self.is(Kind::List)  ? "list."
                       : self.is(Kind::Range) ? "range."
                                              : "tuple.";
    const auto found = containerTable().find(type + std::string(name));
    return found == containerTable().end() ? nullptr : found->second;
}

Value attributeOf(Runtime& runtime, const Value& object, std::string_view name) {
    requireDefined(object);
    if (const Method method = methodOf(object, name)) return boundMethod(runtime, object, name, method);
    if (object.is(Kind::Object)) {
        if (auto found = object.asObject().attribute(runtime, name)) return *found;
    }
    if (object.isGroup() && (name == "grouper" || name == "list"))
        return object.items()[name == "list" ? 1 : 0];
    if (object.isDict()) {
        if (const Value* found = object.asDict().find(runtime.budget, name)) return *found;
    }
    return undefinedAttribute(runtime.budget, object, name);
}

Value itemOf(Runtime& runtime, const Value& object, const Value& key) {
    requireDefined(object);
    Budget& budget = runtime.budget;
    if (object.isDict()) {
        const bool isKey = !key.is(Kind::List) && !key.isDict() && !key.is(Kind::View);
        const Value* found = isKey ? object.asDict().find(budget, key) : nullptr;
        if (found) return *found;
    } else if (hasPlaces(object) && key.isWhole()) {
        const auto size = static_cast<std::int64_t>(sizeOf(budget, object));
        const std::int64_t place = key.asInteger() < 0 ? key.asInteger() + size : key.asInteger();
        if (place < 0 || place >= size) return undefinedItem(budget, object);
        return elementAt(budget, object, static_cast<std::size_t>(place));
    }
    if (!key.isText()) return undefinedItem(budget, object);
    if (object.isDict()) {
        const Method method = methodOf(object, key.asText());
        return method ? boundMethod(runtime, object, key.asText(), method)
                      : undefinedAttribute(budget, object, key.asText());
    }
    return attributeOf(runtime, object, key.asText());
}

Value sliceOf(Runtime& runtime, const Value& object, const Value& begin, const Value& end,
              const Value& step) {
    requireDefined(object);
    Budget& budget = runtime.budget;
    if (!hasPlaces(object)) fail(std::string("a '") + object.typeName() + "' cannot be sliced");
    for (const Value* bound : {&begin, &end, &step}) {
        if (bound->isNone() || bound->isWhole()) continue;
        requireDefined(*bound);
        fail(std::string("a slice needs whole numbers, not a '") + bound->typeName() + "'");
    }
    const Places places = placesOf(static_cast<std::int64_t>(sizeOf(budget, object)), begin, end, step);
    if (object.isText()) return slicedText(budget, object, places);
    if (object.is(Kind::Range)) {
        const Range& range = object.asRange();
        const std::int64_t first =
            range.at(static_cast<std::size_t>(std::max<std::int64_t>(places.begin, 0)));
        // With two items or more the new step still lies within the range, so that it cannot overflow.
        return Value::range(budget, first, places.count > 1 ? range.step * places.step : 1, places.count);
    }
    budget.spend(places.count);
    std::vector<Value> items;
    items.reserve(places.count);
    for (std::size_t i = 0; i < places.count; ++i)
        items.push_back(object.items()[static_cast<std::size_t>(places.begin +
                                                                places.step * static_cast<std::int64_t>(i))]);
    return object.is(Kind::List) ? Value::list(budget, std::move(items))
                                 : Value::tuple(budget, std::move(items));
}

Value called(Runtime& runtime, const Value& callee, Arguments& arguments) {
    requireDefined(callee);
    if (callee.is(Kind::Callable)) return callee.asCallable().function(runtime, arguments);
    if (callee.is(Kind::Object)) {
        if (auto result = callee.asObject().call(runtime, arguments)) return *result;
    }
    fail(std::string("a '") + callee.typeName() + "' cannot be called");
}

Value pathOf(Runtime& runtime, const Value& object, const Value& path,
             const std::optional<Value>& otherwise) {
    const auto step = [&](const Value& from, const Value& key) {
        const Value found = itemOf(runtime, from, key);
        return found.isUndefined() && otherwise ? *otherwise : found;
    };
    if (path.isNone()) return object;
    if (!path.isText()) return step(object, path);
    Value value = object;
    for (const std::string_view part : splitAt(path.asText(), ".", -1, false)) {
        runtime.budget.spend(1);
        const bool isPlace =
            !part.empty() && part.size() < 10 &&
            std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        value = step(value, isPlace ? Value::integer(std::stoll(std::string(part)))
                                    : Value::text(runtime.budget, std::string(part)));
    }
    return value;
}

}  // namespace studio::jinja
