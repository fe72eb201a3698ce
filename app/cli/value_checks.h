// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>

/// What an option takes, for CLI11. The parser's own checks write a bound that is not there as a number of
/// 309 digits, let NaN through every range, turn -1 into the largest seed and read 010 as eight. These say in
/// words what was expected and repeat what was typed; their bounds stand in --help.
namespace studio {

/// Takes a whole number in decimal digits. For Option::transform(): the parser then converts what was
/// checked.
CLI::Validator wholeNumber(std::int64_t minimum,
                           std::int64_t maximum = std::numeric_limits<std::int64_t>::max());

/// Takes a finite number. For Option::check().
CLI::Validator numberBetween(double minimum, double maximum);

/// Takes any text but the empty one, which is what a forgotten variable of a script gives. For
/// Option::check().
CLI::Validator notEmpty();

}  // namespace studio
