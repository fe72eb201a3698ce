// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/value_checks.h"

#include <charconv>

#include "core/config/field_table.h"
#include "core/formats/quoted.h"

namespace studio {
namespace {

constexpr std::int64_t kNoMaximum = std::numeric_limits<std::int64_t>::max();

std::string wholeProblem(const std::string& text, std::int64_t minimum, std::int64_t maximum) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ptr == end && read.ec == std::errc() && value >= minimum && value <= maximum) return {};
    if (maximum != kNoMaximum) {
        return inQuotes(text) + " is not a whole number from " + std::to_string(minimum) + " to " +
               std::to_string(maximum);
    }
    const bool large = read.ptr == end && read.ec == std::errc::result_out_of_range && text.front() != '-';
    if (large) return inQuotes(text) + " is too large; the largest number is " + std::to_string(kNoMaximum);
    return inQuotes(text) + " is not a whole number of at least " + std::to_string(minimum);
}

}  // namespace

CLI::Validator wholeNumber(std::int64_t minimum, std::int64_t maximum) {
    const auto check = [minimum, maximum](std::string& text) {
        std::string problem = wholeProblem(text, minimum, maximum);
        if (problem.empty()) text = std::to_string(std::stoll(text, nullptr, 10));
        return problem;
    };
    const std::string low = std::to_string(minimum);
    return CLI::Validator(check,
                          maximum == kNoMaximum ? low + " or more" : low + " to " + std::to_string(maximum));
}

CLI::Validator numberBetween(double minimum, double maximum) {
    const std::string range = numberText(minimum) + " to " + numberText(maximum);
    const auto check = [minimum, maximum, range](std::string& text) -> std::string {
        double value = 0.0;
        const char* const end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, value);
        const bool inRange = value >= minimum && value <= maximum;  // false for NaN
        if (read.ptr == end && read.ec == std::errc() && inRange) return {};
        return inQuotes(text) + " is not a number from " + range;
    };
    return CLI::Validator(check, range);
}

CLI::Validator notEmpty() {
    const auto check = [](std::string& text) -> std::string {
        return text.empty() ? "\"\" is no value for it" : "";
    };
    return CLI::Validator(check, "");
}

}  // namespace studio
