// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/arithmetic.h"

#include <cmath>
#include <limits>

#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/formatting.h"
#include "core/text/jinja/problem.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;
constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();

[[noreturn]] void tooLarge() {
    fail("a whole number has more than 64 bits");
}

[[noreturn]] void divisionByZero() {
    fail("it divides by zero");
}

const char* symbolOf(Operator op) {
    switch (op) {
        case Operator::Add:
            return "+";
        case Operator::Subtract:
            return "-";
        case Operator::Multiply:
            return "*";
        case Operator::Divide:
            return "/";
        case Operator::FloorDivide:
            return "//";
        case Operator::Modulo:
            return "%";
        case Operator::Power:
            return "**";
    }
    return "?";
}

/// Python rounds a quotient down, C++ towards zero.
std::int64_t floorDivided(std::int64_t a, std::int64_t b) {
    if (b == 0) divisionByZero();
    if (a == kSmallest && b == -1) tooLarge();
    const std::int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::int64_t remainderOf(std::int64_t a, std::int64_t b) {
    if (b == 0) divisionByZero();
    if (b == -1) return 0;
    const std::int64_t remainder = a % b;
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

/// The remainder has the sign of the divisor.
double remainderOf(double a, double b) {
    if (b == 0) divisionByZero();
    const double remainder = std::fmod(a, b);
    if (remainder == 0) return std::copysign(0.0, b);
    return (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

Value wholePower(std::int64_t base, std::int64_t exponent) {
    if (exponent < 0) {
        if (base == 0) divisionByZero();
        return Value::real(std::pow(static_cast<double>(base), static_cast<double>(exponent)));
    }
    std::int64_t result = 1;
    std::int64_t square = base;
    while (exponent > 0) {
        if ((exponent & 1) != 0 && __builtin_mul_overflow(result, square, &result)) tooLarge();
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(square, square, &square)) tooLarge();
    }
    return Value::integer(result);
}

Value wholeResult(Operator op, std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    switch (op) {
        case Operator::Add:
            if (__builtin_add_overflow(a, b, &result)) tooLarge();
            return Value::integer(result);
        case Operator::Subtract:
            if (__builtin_sub_overflow(a, b, &result)) tooLarge();
            return Value::integer(result);
        case Operator::Multiply:
            if (__builtin_mul_overflow(a, b, &result)) tooLarge();
            return Value::integer(result);
        case Operator::Divide:
            if (b == 0) divisionByZero();
            return Value::real(static_cast<double>(a) / static_cast<double>(b));
        case Operator::FloorDivide:
            return Value::integer(floorDivided(a, b));
        case Operator::Modulo:
            return Value::integer(remainderOf(a, b));
        case Operator::Power:
            return wholePower(a, b);
    }
    return {};
}

Value realPower(double base, double exponent) {
    if (base == 0 && exponent < 0) divisionByZero();
    const double result = std::pow(base, exponent);
    if (std::isnan(result) && !std::isnan(base) && !std::isnan(exponent))
        unsupported("a root of a negative number");
    if (std::isinf(result) && !std::isinf(base) && !std::isinf(exponent)) fail("a power is too large");
    return Value::real(result);
}

Value realResult(Operator op, double a, double b) {
    switch (op) {
        case Operator::Add:
            return Value::real(a + b);
        case Operator::Subtract:
            return Value::real(a - b);
        case Operator::Multiply:
            return Value::real(a * b);
        case Operator::Divide:
            if (b == 0) divisionByZero();
            return Value::real(a / b);
        case Operator::FloorDivide:
            if (b == 0) divisionByZero();
            return Value::real(std::round((a - remainderOf(a, b)) / b));
        case Operator::Modulo:
            return Value::real(remainderOf(a, b));
        case Operator::Power:
            return realPower(a, b);
    }
    return {};
}

Value joinedTexts(Budget& budget, const Value& left, const Value& right) {
    const bool markup = left.isMarkup() || right.isMarkup();
    const auto part = [&](const Value& value) {
        return markup && !value.isMarkup() ? escaped(value.asText()) : value.asText();
    };
    budget.checkText(left.asText().size() + right.asText().size());
    return Value::text(budget, part(left) + part(right), markup);
}

Value joinedItems(Budget& budget, const Value& left, const Value& right) {
    budget.spend(left.items().size() + right.items().size());
    std::vector<Value> items = left.items();
    items.insert(items.end(), right.items().begin(), right.items().end());
    return left.is(Kind::List) ? Value::list(budget, std::move(items))
                               : Value::tuple(budget, std::move(items));
}

Value repeated(Budget& budget, const Value& value, std::int64_t times) {
    const std::size_t count = times > 0 ? static_cast<std::size_t>(times) : 0;
    const std::size_t size = value.isText() ? value.asText().size() : value.items().size();
    const std::size_t most =
        value.isText() ? budget.limits().textBytes : budget.limits().memoryBytes / sizeof(Value);
    if (size > 0 && count > most / size)
        exceeded("it repeats something " + std::to_string(count) + " times, beyond the limit of the memory");
    if (value.isText()) {
        budget.pass(size * count);
        std::string text;
        text.reserve(size * count);
        for (std::size_t i = 0; size > 0 && i < count; ++i) text += value.asText();
        return Value::text(budget, std::move(text), value.isMarkup());
    }
    budget.spend(1 + size * count);
    std::vector<Value> items;
    items.reserve(size * count);
    for (std::size_t i = 0; size > 0 && i < count; ++i)
        items.insert(items.end(), value.items().begin(), value.items().end());
    return value.is(Kind::List) ? Value::list(budget, std::move(items))
                                : Value::tuple(budget, std::move(items));
}

bool isRepeatable(const Value& value) {
    return value.isText() || value.isSequence();
}

[[noreturn]] void noSuchOperation(Operator op, const Value& left, const Value& right) {
    requireDefined(left);
    requireDefined(right);
    fail(std::string("\"") + symbolOf(op) + "\" does not go with " + typesOf(left, right));
}

}  // namespace

Value calculated(Budget& budget, Operator op, const Value& left, const Value& right) {
    budget.spend(1);
    if (left.isWhole() && right.isWhole()) return wholeResult(op, left.asInteger(), right.asInteger());
    if (left.isNumber() && right.isNumber()) return realResult(op, left.asReal(), right.asReal());
    if (op == Operator::Add) {
        if (left.isText() && right.isText()) return joinedTexts(budget, left, right);
        if (left.isSequence() && left.kind() == right.kind()) return joinedItems(budget, left, right);
    }
    if (op == Operator::Multiply) {
        if (isRepeatable(left) && right.isWhole()) return repeated(budget, left, right.asInteger());
        if (isRepeatable(right) && left.isWhole()) return repeated(budget, right, left.asInteger());
    }
    if (op == Operator::Modulo && left.isText()) return percentFormatted(budget, left, right);
    noSuchOperation(op, left, right);
}

Value negated(const Value& value) {
    requireDefined(value);
    if (value.is(Kind::Real)) return Value::real(-value.asReal());
    if (!value.isWhole()) fail(std::string("\"-\" does not go with a '") + value.typeName() + "'");
    if (value.asInteger() == kSmallest) tooLarge();
    return Value::integer(-value.asInteger());
}

Value positive(const Value& value) {
    requireDefined(value);
    if (value.is(Kind::Real)) return value;
    if (!value.isWhole()) fail(std::string("\"+\" does not go with a '") + value.typeName() + "'");
    return Value::integer(value.asInteger());
}

std::int64_t wholeOf(double value) {
    if (std::isnan(value) || std::isinf(value)) fail("there is no whole number for infinity or NaN");
    if (value >= 9223372036854775808.0 || value < -9223372036854775808.0) tooLarge();
    return static_cast<std::int64_t>(value);
}

}  // namespace studio::jinja
