// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Python's methods of str that ask something, and those of lists, tuples, ranges and dicts:
// core/text/jinja/lookup.h.
#include <algorithm>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

/// The part of a text between the places that a search was given, and where that begins.
struct Searched {
    std::string_view text;
    std::size_t before = 0;  ///< characters
    bool exists = true;      ///< begins within the text
};

Searched searchedPart(Runtime& runtime, const std::string& text, const Bound& bound) {
    runtime.budget.pass(text.size());
    const auto length = static_cast<std::int64_t>(codePointCount(text));
    const auto place = [&](std::size_t i, std::int64_t otherwise) {
        if (bound.isNone(i)) return otherwise;
        const std::int64_t given = bound.whole(i, 0);
        return std::max<std::int64_t>(given < 0 ? given + length : given, 0);
    };
    const std::int64_t begin = place(1, 0);
    const std::int64_t end = std::min(place(2, length), length);
    if (begin > length || begin > end) return {{}, 0, false};
    return {sliced(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end)),
            static_cast<std::size_t>(begin), true};
}

template <bool atEnd>
Value startsOrEndsWith(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound(atEnd ? "endswith" : "startswith", arguments, {"<part>", "<start>", "<end>"}, 1);
    const Searched where = searchedPart(runtime, self.asText(), bound);
    const auto fits = [&](const Value& part) {
        if (!part.isText()) {
            requireDefined(part);
            fail(std::string(atEnd ? "\"endswith\"" : "\"startswith\"") + " needs a text, not a '" +
                 part.typeName() + "'");
        }
        const std::string& text = part.asText();
        if (!where.exists || text.size() > where.text.size()) return false;
        return where.text.substr(atEnd ? where.text.size() - text.size() : 0, text.size()) == text;
    };
    if (!bound[0].is(Value::Kind::Tuple)) return Value::boolean(fits(bound[0]));
    const auto& parts = bound[0].items();
    runtime.budget.spend(parts.size());
    return Value::boolean(std::any_of(parts.begin(), parts.end(), fits));
}

template <bool fromRight, bool mustFind>
Value find(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("find", arguments, {"<part>", "<start>", "<end>"}, 1);
    const Searched where = searchedPart(runtime, self.asText(), bound);
    const std::string& part = bound.text(0);
    runtime.budget.search(where.text.size(), part.size());
    const std::size_t at = !where.exists ? std::string_view::npos
                           : fromRight   ? where.text.rfind(part)
                                         : where.text.find(part);
    if (at != std::string_view::npos)
        return Value::integer(
            static_cast<std::int64_t>(where.before + codePointCount(where.text.substr(0, at))));
    if (mustFind) fail("\"index\" does not find what it looks for");
    return Value::integer(-1);
}

Value count(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("count", arguments, {"<part>", "<start>", "<end>"}, 1);
    const Searched where = searchedPart(runtime, self.asText(), bound);
    runtime.budget.search(where.text.size(), bound.text(0).size());
    return Value::integer(where.exists ? static_cast<std::int64_t>(countOf(where.text, bound.text(0))) : 0);
}

/// Whether the text has a character and all of them are such.
template <bool (*isSuch)(char32_t)>
Value all(Runtime& runtime, const Value& self, const Arguments& arguments) {
    takesNone("a method that asks about characters", arguments);
    const std::string& text = self.asText();
    runtime.budget.pass(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (!isSuch(nextCodePoint(text, at))) return Value::boolean(false);
    }
    return Value::boolean(!text.empty());
}

bool isAlphanumeric(char32_t c) {
    return isAlphabetic(c) || isNumeric(c);
}

Value isascii(Runtime& /*runtime*/, const Value& self, const Arguments& /*arguments*/) {
    const std::string& text = self.asText();
    return Value::boolean(
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

Value isprintable(Runtime& runtime, const Value& self, const Arguments& arguments) {
    return self.asText().empty() ? Value::boolean(true) : all<isPrintable>(runtime, self, arguments);
}

Value isidentifier(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const std::string& text = self.asText();
    const bool digitFirst = !text.empty() && text[0] >= '0' && text[0] <= '9';
    return digitFirst ? Value::boolean(false) : all<isWordCharacter>(runtime, self, arguments);
}

Value islower(Runtime& runtime, const Value& self, const Arguments& /*arguments*/) {
    return Value::boolean(isAllOf(runtime, self.asText(), isLower));
}

Value isupper(Runtime& runtime, const Value& self, const Arguments& /*arguments*/) {
    return Value::boolean(isAllOf(runtime, self.asText(), isUpper));
}

Value istitle(Runtime& runtime, const Value& self, const Arguments& /*arguments*/) {
    const std::string& text = self.asText();
    runtime.budget.pass(8 * text.size());
    std::size_t at = 0;
    bool hasCased = false;
    while (at < text.size() && !hasCased) hasCased = isCased(nextCodePoint(text, at));
    return Value::boolean(hasCased && titleCase(text) == text);
}

template <bool mustFind>
Value placeOf(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound(mustFind ? "index" : "count", arguments, {"<value>"}, 1);
    std::int64_t count = 0;
    const std::vector<Value> items = iterated(runtime.budget, self);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].sameAs(bound[0]) && !equal(runtime.budget, items[i], bound[0])) continue;
        if (mustFind) return Value::integer(static_cast<std::int64_t>(i));
        ++count;
    }
    if (mustFind) fail("\"index\" does not find what it looks for");
    return Value::integer(count);
}

Value copied(Runtime& /*runtime*/, const Value& self, const Arguments& arguments) {
    takesNone("copy", arguments);
    return self;  // nothing changes it
}

Value get(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("get", arguments, {"<key>", "<default>"}, 1);
    const Value* found = self.asDict().find(runtime.budget, bound[0]);
    return found ? *found : bound.valueOr(1, Value());
}

Value keys(Runtime& runtime, const Value& self, const Arguments& arguments) {
    takesNone("keys", arguments);
    return Value::view(runtime.budget, iterated(runtime.budget, self), "dict_keys");
}

Value values(Runtime& runtime, const Value& self, const Arguments& arguments) {
    takesNone("values", arguments);
    std::vector<Value> items;
    for (const auto& entry : self.asDict().entries) items.push_back(entry.second);
    return Value::view(runtime.budget, std::move(items), "dict_values");
}

Value items(Runtime& runtime, const Value& self, const Arguments& arguments) {
    takesNone("items", arguments);
    return Value::view(runtime.budget, pairsOf(runtime, self), "dict_items");
}

Value fromkeys(Runtime& /*runtime*/, const Value& /*self*/, const Arguments& /*arguments*/) {
    unsupported("the method \"fromkeys\"");
}

}  // namespace

Value changingMethod(Runtime& /*runtime*/, const Value& self, const Arguments& /*arguments*/) {
    fail(std::string("a template may not change a '") + self.typeName() + "'");
}

bool isAllOf(Runtime& runtime, const std::string& text, bool (*isSuch)(char32_t)) {
    runtime.budget.pass(text.size());
    bool hasCased = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (!isCased(c)) continue;
        if (!isSuch(c)) return false;
        hasCased = true;
    }
    return hasCased;
}

std::vector<Value> pairsOf(Runtime& runtime, const Value& dict) {
    std::vector<Value> pairs;
    for (const auto& [key, value] : dict.asDict().entries)
        pairs.push_back(Value::tuple(runtime.budget, {key, value}));
    return pairs;
}

std::vector<MethodEntry> textQueryMethods() {
    return {{"startswith", startsOrEndsWith<false>},
            {"endswith", startsOrEndsWith<true>},
            {"find", find<false, false>},
            {"rfind", find<true, false>},
            {"index", find<false, true>},
            {"rindex", find<true, true>},
            {"count", count},
            {"isalnum", all<isAlphanumeric>},
            {"isalpha", all<isAlphabetic>},
            {"isascii", isascii},
            {"isdecimal", all<isDecimal>},
            {"isdigit", all<isDigit>},
            {"isidentifier", isidentifier},
            {"islower", islower},
            {"isnumeric", all<isNumeric>},
            {"isprintable", isprintable},
            {"isspace", all<isSpace>},
            {"istitle", istitle},
            {"isupper", isupper}};
}

std::vector<MethodEntry> containerMethods() {
    return {{"dict.get", get},
            {"dict.keys", keys},
            {"dict.values", values},
            {"dict.items", items},
            {"dict.copy", copied},
            {"dict.fromkeys", fromkeys},
            {"dict.clear", changingMethod},
            {"dict.pop", changingMethod},
            {"dict.popitem", changingMethod},
            {"dict.setdefault", changingMethod},
            {"dict.update", changingMethod},
            {"list.index", placeOf<true>},
            {"list.count", placeOf<false>},
            {"list.copy", copied},
            {"list.append", changingMethod},
            {"list.clear", changingMethod},
            {"list.extend", changingMethod},
            {"list.insert", changingMethod},
            {"list.pop", changingMethod},
            {"list.remove", changingMethod},
            {"list.reverse", changingMethod},
            {"list.sort", changingMethod},
            {"tuple.index", placeOf<true>},
            {"tuple.count", placeOf<false>},
            {"range.index", placeOf<true>},
            {"range.count", placeOf<false>}};
}

}  // namespace studio::jinja
