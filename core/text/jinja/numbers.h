// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/text/jinja/value.h"

namespace studio::jinja {

/// Python's int(text, base): space around it, a sign, a prefix for the base and "_" between digits are
/// allowed. Nothing where it is no whole number; throws Problem beyond 64 bits.
std::optional<std::int64_t> wholeNumber(std::string_view text, int base);
/// Python's float(text).
std::optional<double> realNumber(std::string_view text);

/// Python's round(): half to even, of the exact value; a whole number stays one.
Value rounded(const Value& number, std::int64_t precision);

}  // namespace studio::jinja
