// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/text/regex.h"

namespace studio {

/// The time that all expressions of one adapter may take together. It runs from its making.
class PatternBudget {
    using Clock = std::chrono::steady_clock;

public:
    explicit PatternBudget(std::chrono::milliseconds time = std::chrono::seconds(5))
        : m_end(Clock::now() + time) {}
    bool isSpent() const { return Clock::now() > m_end; }
    /// Throws ModelUnsupported naming the expression that was reached where the time is spent.
    void check(std::string_view expression) const;

private:
    Clock::time_point m_end;
};

/// A regular expression of Python's `re` that modules' names are compared with, as PEFT does it. What this
/// program's engine would understand otherwise than Python is not read. Immutable.
class NamePattern {
public:
    enum class Place {
        Whole,      ///< the whole name: re.fullmatch()
        WholeOrEnd  ///< or its end behind a dot
    };
    /// Throws BadFormat or UnsupportedFormat for what this program cannot read, which need not be wrong.
    NamePattern(const std::string& expression, Place place);
    /// Throws ModelUnsupported for an expression that takes far too long, and where the budget is spent.
    bool fits(std::string_view name, const PatternBudget& budget) const;

private:
    std::string m_expression;
    Regex m_regex;
};

/// Throws ModelUnsupported: the expression, of a field of the adapter_config.json that `source` is, cannot be
/// read here.
[[noreturn]] void refuseExpression(const std::string& source, const std::string& field,
                                   const std::string& expression);

}  // namespace studio
