// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/field_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/base/error.h"

namespace studio {

namespace {

/// Integers beyond this are not exact in a double, so a real is not taken for an integer there.
constexpr double kExactIntegers = 9007199254740992.0;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// Levenshtein distance by bytes; field names are ASCII.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// A name cut to what a message can hold.
std::string shown(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    }
    constexpr std::size_t kLongest = 60;
    return text.size() > kLongest ? text.substr(0, kLongest) + "…" : text;
}

std::optional<std::string> nearestName(const std::string& name, const std::vector<std::string>& known) {
    constexpr std::size_t kLongestName = 64;
    if (name.size() > kLongestName) return std::nullopt;
    std::optional<std::string> best;
    std::size_t bestDistance = std::max<std::size_t>(2, name.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = editDistance(name, candidate);
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

template <typename Number>
std::optional<Number> readNumber(const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
    return number;
}

std::optional<FieldValue> readText(const Field& field, const std::string& text) {
    switch (field.kind) {
        case Field::Kind::Integer:
            if (const auto whole = readNumber<std::int64_t>(text)) return FieldValue(*whole);
            [[fallthrough]];  // "1e3" is a whole number too: convertField decides
        case Field::Kind::Real:
            if (const auto real = readNumber<double>(text)) return FieldValue(*real);
            return std::nullopt;
        case Field::Kind::Switch:
            if (text == "true" || text == "1" || text == "on" || text == "yes") return FieldValue(true);
            if (text == "false" || text == "0" || text == "off" || text == "no") return FieldValue(false);
            return std::nullopt;
        case Field::Kind::Text:
        case Field::Kind::Choice:
            return FieldValue(text);
    }
    return std::nullopt;
}

std::vector<FieldIssue> checkRange(const Field& field, double number) {
    if (number >= field.minimum && number <= field.maximum) return {};  // false for NaN as well
    const std::string text = numberText(number);
    const std::string low = numberText(field.minimum);
    const std::string high = numberText(field.maximum);
    return {{field.name,
             field.name + ": " + text + " is outside " + low + " to " + high + ".",
             "range",
             {text, low, high}}};
}

}  // namespace

std::string numberText(double number) {
    char text[32];
    const auto result = std::to_chars(text, text + sizeof text, number);
    std::string written(text, result.ptr);
    // 1e-08 as the library writes it, 1e-8 as people do.
    if (const std::size_t zero = written.find("e-0"); zero != std::string::npos) written.erase(zero + 2, 1);
    return written;
}

std::string fieldExpectation(const Field& field) {
    const std::string range = numberText(field.minimum) + " to " + numberText(field.maximum);
    switch (field.kind) {
        case Field::Kind::Integer:
            return "a whole number from " + range;
        case Field::Kind::Real:
            return "a number from " + range;
        case Field::Kind::Switch:
            return "true or false";
        case Field::Kind::Text:
            return field.choices.empty() ? "a text" : "a text such as " + joined(field.choices);
        case Field::Kind::Choice:
            return (field.choices.size() == 1 ? "" : "one of ") + joined(field.choices);
    }
    return {};
}

std::vector<FieldIssue> checkField(const Field& field, const FieldValue& value) {
    FieldValue converted;
    if (!convertField(field, value, converted)) {
        const std::string expected = fieldExpectation(field);
        return {{field.name, field.name + " must be " + expected + ".", "type", {expected}}};
    }
    switch (field.kind) {
        case Field::Kind::Integer:
            return checkRange(field, static_cast<double>(std::get<std::int64_t>(converted)));
        case Field::Kind::Real:
            return checkRange(field, std::get<double>(converted));
        case Field::Kind::Choice: {
            const auto& text = std::get<std::string>(converted);
            if (std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end()) return {};
            const std::string expected = fieldExpectation(field);
            return {{field.name,
                     field.name + ": \"" + shown(text) + "\" is not " + expected + ".",
                     "choice",
                     {shown(text), joined(field.choices)}}};
        }
        case Field::Kind::Switch:
        case Field::Kind::Text:
            return {};
    }
    return {};
}

bool convertField(const Field& field, const FieldValue& value, FieldValue& converted) {
    converted = value;
    switch (field.kind) {
        case Field::Kind::Integer:
            if (const double* real = std::get_if<double>(&value)) {
                if (!(std::abs(*real) <= kExactIntegers) || std::trunc(*real) != *real) return false;
                converted = static_cast<std::int64_t>(*real);
            }
            return std::holds_alternative<std::int64_t>(converted);
        case Field::Kind::Real:
            if (const std::int64_t* whole = std::get_if<std::int64_t>(&value)) {
                if (std::abs(static_cast<double>(*whole)) > kExactIntegers) return false;
                converted = static_cast<double>(*whole);
            }
            return std::holds_alternative<double>(converted);
        case Field::Kind::Switch:
            return std::holds_alternative<bool>(value);
        case Field::Kind::Text:
        case Field::Kind::Choice:
            return std::holds_alternative<std::string>(value);
    }
    return false;
}

FieldValue parseField(const Field& field, const std::string& text) {
    FieldValue converted;
    const std::optional<FieldValue> read = readText(field, text);
    if (read && convertField(field, *read, converted)) return converted;
    throw Error(ErrorCode::SettingInvalid,
                field.name + ": \"" + shown(text) + "\" is not " + fieldExpectation(field) + ".",
                "Write " + field.name + "=VALUE with such a value.", {field.name, shown(text)});
}

FieldIssue unknownField(const std::string& name, const std::vector<std::string>& known) {
    const std::string word = shown(name);
    const std::optional<std::string> near = nearestName(name, known);
    if (near)
        return {name,
                "There is no setting \"" + word + "\"; \"" + *near + "\" is near it.",
                "unknown",
                {word, *near}};
    return {name,
            "There is no setting \"" + word + "\"; the settings are " + joined(known) + ".",
            "unknown",
            {word}};
}

}  // namespace studio
