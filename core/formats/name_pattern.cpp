// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/name_pattern.h"

#include "core/base/error.h"
#include "core/formats/quoted.h"

namespace studio {

namespace {

constexpr std::string_view kWithoutCase = "(?i)";

[[noreturn]] void takesTooLong(std::string_view expression) {
    throw Error(ErrorCode::ModelUnsupported,
                "The pattern " + inQuotes(expression) +
                    " of the adapter, or those before it, take far too long to read and compare.",
                "Choose another adapter.", {"adapter_config.json", "adapter_field", std::string(expression)});
}

/// Whether both engines read an expression, but not alike: classes within classes and their intersection are
/// plain characters in Python, and "{2}+" repeats once there and again here.
bool isReadOtherwise(std::string_view expression) {
    bool inClass = false;
    for (std::size_t at = 0; at < expression.size(); ++at) {
        const std::string_view rest = expression.substr(at);
        if (rest.front() == '\\') {
            ++at;
        } else if (inClass) {
            if (rest.front() == '[' || rest.starts_with("&&")) return true;
            inClass = rest.front() != ']';
        } else if (rest.front() == '[') {
            inClass = true;
        } else if (rest.starts_with("}+")) {
            return true;
        }
    }
    return false;
}

/// The expression as one that fits nothing but the whole of a name.
std::string anchored(std::string_view expression, NamePattern::Place place) {
    if (isReadOtherwise(expression))
        throw Error(ErrorCode::UnsupportedFormat,
                    "The expression " + inQuotes(expression) + " means something else in Python.",
                    "Write it in another way.");
    const Regex alone(expression);  // so that nothing in it ends the group below
    std::string begin = "^(?:";
    if (place == NamePattern::Place::WholeOrEnd) {
        begin = "^(?:.*\\.)?(?:";
    } else if (expression.starts_with(kWithoutCase)) {  // which may stand at the beginning only
        begin.insert(0, kWithoutCase);
        expression.remove_prefix(kWithoutCase.size());
    }
    return begin + std::string(expression) + ")$";
}

}  // namespace

void PatternBudget::check(std::string_view expression) const {
    if (isSpent()) takesTooLong(expression);
}

NamePattern::NamePattern(const std::string& expression, Place place)
    : m_expression(expression), m_regex(anchored(expression, place)) {}

bool NamePattern::fits(std::string_view name, const PatternBudget& budget) const {
    budget.check(m_expression);
    try {
        return !m_regex.matches(name).empty();
    } catch (const Error&) {
        takesTooLong(m_expression);
    }
}

void refuseExpression(const std::string& source, const std::string& field, const std::string& expression) {
    throw Error(ErrorCode::ModelUnsupported,
                source + ": this program cannot read the expression " + inQuotes(expression) + " (" + field +
                    ") as Python does.",
                "Write it there in a plainer way, or as names of modules, or choose another adapter.",
                {source, "adapter_field", field});
}

}  // namespace studio
