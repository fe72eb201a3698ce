// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Jinja's tests, `value is name(…)`: core/text/jinja/filters.h.
#include <map>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/arithmetic.h"
#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/filters.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/jinja/written.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;

template <Kind kind>
bool isKind(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("a test", arguments);
    return value.is(kind);
}

bool isDefined(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("defined", arguments);
    return !value.isUndefined();
}

template <bool wanted>
bool isBoolean(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("true and false", arguments);
    return value.is(Kind::Boolean) && value.asBoolean() == wanted;
}

bool isNumberTest(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("number", arguments);
    return value.isNumber();
}

bool isSequenceTest(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("sequence", arguments);
    return value.isUndefined() || value.isText() || value.isSequence() || value.isDict() ||
           value.is(Kind::Range);
}

bool isIterableTest(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("iterable", arguments);
    return isIterable(value);
}

bool isCallable(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("callable", arguments);
    return value.isUndefined() || value.is(Kind::Callable);
}

bool hasRemainder(Runtime& runtime, const Value& value, std::int64_t divisor, std::int64_t remainder) {
    const Value rest = calculated(runtime.budget, Operator::Modulo, value, Value::integer(divisor));
    return equal(runtime.budget, rest, Value::integer(remainder));
}

bool isOdd(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("odd", arguments);
    return hasRemainder(runtime, value, 2, 1);
}

bool isEven(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("even", arguments);
    return hasRemainder(runtime, value, 2, 0);
}

bool isDivisibleBy(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("divisibleby", arguments, {"num"}, 1);
    const Value rest = calculated(runtime.budget, Operator::Modulo, value, bound[0]);
    return equal(runtime.budget, rest, Value::integer(0));
}

template <bool (*isSuch)(char32_t)>
bool isCase(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("lower and upper", arguments);
    return isAllOf(runtime, written(runtime.budget, value), isSuch);
}

bool isSame(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    const Bound bound("sameas", arguments, {"other"}, 1);
    return value.sameAs(bound[0]);
}

bool isEscaped(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("escaped", arguments);
    return value.isMarkup();
}

bool isIn(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("in", arguments, {"seq"}, 1);
    return contains(runtime.budget, bound[0], value);
}

enum class Relation { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

template <Relation relation>
bool compares(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("a comparison", arguments, {"<other>"}, 1);
    Budget& budget = runtime.budget;
    switch (relation) {
        case Relation::Equal:
            return equal(budget, value, bound[0]);
        case Relation::NotEqual:
            return !equal(budget, value, bound[0]);
        case Relation::Less:
            return less(budget, value, bound[0]);
        case Relation::LessOrEqual:
            return lessOrEqual(budget, value, bound[0]);
        case Relation::Greater:
            return less(budget, bound[0], value);
        case Relation::GreaterOrEqual:
            return lessOrEqual(budget, bound[0], value);
    }
    return false;
}

bool isFilterName(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("filter", arguments);
    return value.isText() && isFilter(value.asText());
}

bool isTestName(Runtime& /*runtime*/, const Value& value, const Arguments& arguments) {
    takesNone("test", arguments);
    return value.isText() && isTest(value.asText());
}

const std::map<std::string_view, TestFunction>& table() {
    static const std::map<std::string_view, TestFunction> tests{{"defined", isDefined},
                                                                {"undefined", isKind<Kind::Undefined>},
                                                                {"none", isKind<Kind::None>},
                                                                {"boolean", isKind<Kind::Boolean>},
                                                                {"true", isBoolean<true>},
                                                                {"false", isBoolean<false>},
                                                                {"integer", isKind<Kind::Integer>},
                                                                {"float", isKind<Kind::Real>},
                                                                {"number", isNumberTest},
                                                                {"string", isKind<Kind::Text>},
                                                                {"mapping", isKind<Kind::Dict>},
                                                                {"sequence", isSequenceTest},
                                                                {"iterable", isIterableTest},
                                                                {"callable", isCallable},
                                                                {"odd", isOdd},
                                                                {"even", isEven},
                                                                {"divisibleby", isDivisibleBy},
                                                                {"lower", isCase<isLower>},
                                                                {"upper", isCase<isUpper>},
                                                                {"sameas", isSame},
                                                                {"escaped", isEscaped},
                                                                {"in", isIn},
                                                                {"filter", isFilterName},
                                                                {"test", isTestName},
                                                                {"==", compares<Relation::Equal>},
                                                                {"eq", compares<Relation::Equal>},
                                                                {"equalto", compares<Relation::Equal>},
                                                                {"!=", compares<Relation::NotEqual>},
                                                                {"ne", compares<Relation::NotEqual>},
                                                                {"<", compares<Relation::Less>},
                                                                {"lt", compares<Relation::Less>},
                                                                {"lessthan", compares<Relation::Less>},
                                                                {"<=", compares<Relation::LessOrEqual>},
                                                                {"le", compares<Relation::LessOrEqual>},
                                                                {">", compares<Relation::Greater>},
                                                                {"gt", compares<Relation::Greater>},
                                                                {"greaterthan", compares<Relation::Greater>},
                                                                {">=", compares<Relation::GreaterOrEqual>},
                                                                {"ge", compares<Relation::GreaterOrEqual>}};
    return tests;
}

}  // namespace

bool isTest(std::string_view name) {
    return table().count(name) > 0;
}

bool tested(Runtime& runtime, std::string_view name, const Value& value, const Arguments& arguments) {
    runtime.budget.spend(1);
    const auto found = table().find(name);
    if (found == table().end()) fail("the test \"" + std::string(name.substr(0, 100)) + "\" is not known");
    return found->second(runtime, value, arguments);
}

}  // namespace studio::jinja
