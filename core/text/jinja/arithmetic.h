// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/jinja/value.h"

namespace studio::jinja {

enum class Operator { Add, Subtract, Multiply, Divide, FloorDivide, Modulo, Power };

/// Python's operators on numbers, texts and lists. Throws Problem for kinds that do not go together, for a
/// division by zero, and where a whole number would need more than 64 bits.
Value calculated(Budget& budget, Operator op, const Value& left, const Value& right);
Value negated(const Value& value);
/// Unary plus.
Value positive(const Value& value);

/// Python's int() of a real number: towards zero. Throws Problem where 64 bits do not hold it.
std::int64_t wholeOf(double value);

}  // namespace studio::jinja
