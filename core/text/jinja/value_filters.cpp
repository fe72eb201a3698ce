// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Jinja's filters on single values: core/text/jinja/filters.h. `tojson` is Hugging Face's: json.dumps without
// escapes for HTML.
#include <array>
#include <charconv>
#include <cmath>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/arithmetic.h"
#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/filters.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/numbers.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/jinja/written.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;

void requireNumber(const Value& value, const char* filter) {
    requireDefined(value);
    if (!value.isNumber())
        fail(std::string("the filter \"") + filter + "\" needs a number, not a '" + value.typeName() + "'");
}

Value abs(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("abs", arguments);
    requireNumber(value, "abs");
    if (value.is(Kind::Real)) return Value::real(std::fabs(value.asReal()));
    return value.asInteger() < 0 ? negated(value) : positive(value);
}

Value attr(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("attr", arguments, {"name"}, 1);
    if (!value.isDict() || methodOf(value, bound.text(0))) return attributeOf(runtime, value, bound.text(0));
    return Value::undefined(runtime.budget, "a 'dict' has no attribute \"" + bound.text(0) + "\"");
}

Value defaulted(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("default", arguments, {"default_value", "boolean"});
    const bool replaces = value.isUndefined() || (bound.flag(1, false) && !truth(value));
    return replaces ? bound.valueOr(0, Value::text(runtime.budget, "")) : value;
}

Value toInteger(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("int", arguments, {"default", "base"});
    Value otherwise = bound.valueOr(0, Value::integer(0));
    requireDefined(value);
    if (value.isWhole()) return Value::integer(value.asInteger());
    std::optional<double> real;
    if (value.is(Kind::Real)) real = value.asReal();
    if (value.isText()) {
        runtime.budget.pass(value.asText().size());
        const std::int64_t base = bound.whole(1, 10);
        if (base != 2 && base != 8 && base != 10 && base != 16)
            unsupported("a base other than 2, 8, 10 and 16 of the filter \"int\"");
        if (const auto whole = wholeNumber(value.asText(), static_cast<int>(base)))
            return Value::integer(*whole);
        real = realNumber(value.asText());
    }
    if (!real || std::isnan(*real) || std::isinf(*real)) return otherwise;
    return Value::integer(wholeOf(*real));
}

Value toReal(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("float", arguments, {"default"});
    requireDefined(value);
    if (value.isNumber()) return Value::real(value.asReal());
    if (value.isText()) {
        runtime.budget.pass(value.asText().size());
        if (const auto real = realNumber(value.asText())) return Value::real(*real);
    }
    return bound.valueOr(0, Value::real(0));
}

Value round(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("round", arguments, {"precision", "method"});
    requireNumber(value, "round");
    const std::int64_t precision = bound.whole(0, 0);
    const std::string method = bound.textOr(1, "common");
    if (method == "common") return rounded(value, precision);
    if (method != "ceil" && method != "floor")
        fail("the filter \"round\" knows the methods common, ceil and floor");
    Budget& budget = runtime.budget;
    const Value power = calculated(budget, Operator::Power, Value::integer(10), Value::integer(precision));
    const double scaled = calculated(budget, Operator::Multiply, value, power).asReal();
    const Value whole = Value::integer(wholeOf(method == "ceil" ? std::ceil(scaled) : std::floor(scaled)));
    return calculated(budget, Operator::Divide, whole, power);
}

Value tojson(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("tojson", arguments, {"ensure_ascii", "indent", "separators", "sort_keys"});
    JsonStyle style;
    style.ascii = bound.flag(0, false);
    style.sortKeys = bound.flag(3, false);
    if (!bound.isNone(1)) {
        if (bound[1].isText()) {
            style.indent = bound.text(1);
        } else {
            const std::int64_t width = std::max<std::int64_t>(bound.whole(1, 0), 0);
            runtime.budget.checkText(static_cast<std::size_t>(width));
            style.indent = std::string(static_cast<std::size_t>(width), ' ');
        }
        style.itemSeparator = ",";
    }
    if (!bound.isNone(2)) {
        const std::vector<Value> both = iterated(runtime.budget, bound[2]);
        if (both.size() != 2 || !both[0].isText() || !both[1].isText())
            fail("the filter \"tojson\" needs two texts as separators");
        style.itemSeparator = both[0].asText();
        style.keySeparator = both[1].asText();
    }
    return Value::text(runtime.budget, jsonText(runtime.budget, value, style));
}

}  // namespace

std::vector<FilterEntry> valueFilters() {
    return {{"abs", abs},       {"attr", attr},    {"d", defaulted}, {"default", defaulted},
            {"int", toInteger}, {"float", toReal}, {"round", round}, {"tojson", tojson}};
}

}  // namespace studio::jinja
