// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/settings_options.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "app/cli/value_checks.h"

namespace studio {
namespace {

std::string shortNumber(double value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

std::string valueText(const FieldValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (const auto* real = std::get_if<double>(&value)) return shortNumber(*real);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    return std::get<std::string>(value);
}

std::string rangeText(const Field& field) {
    switch (field.kind) {
        case Field::Kind::Integer:
            return std::to_string(static_cast<std::int64_t>(field.minimum)) + " to " +
                   std::to_string(static_cast<std::int64_t>(field.maximum)) +
                   (field.unit.empty() ? "" : " " + field.unit);
        case Field::Kind::Real:
            return shortNumber(field.minimum) + " to " + shortNumber(field.maximum) +
                   (field.unit.empty() ? "" : " " + field.unit);
        case Field::Kind::Switch:
            return "true or false";
        case Field::Kind::Text:
            return "text";
        case Field::Kind::Choice:
            break;
    }
    std::string names;
    for (const std::string& choice : field.choices) names += (names.empty() ? "" : "|") + choice;
    return names;
}

FieldValue parsedValue(const Field& field, const std::string& text) {
    const char* end = text.data() + text.size();
    if (field.kind == Field::Kind::Integer) {
        std::int64_t number = 0;
        const auto result = std::from_chars(text.data(), end, number);
        if (result.ec == std::errc() && result.ptr == end) return number;
    } else if (field.kind == Field::Kind::Real) {
        double number = 0.0;
        const auto result = std::from_chars(text.data(), end, number);
        if (result.ec == std::errc() && result.ptr == end) return number;
    } else if (field.kind == Field::Kind::Switch) {
        if (text == "true" || text == "false") return text == "true";
    } else {
        return text;
    }
    throw UsageError(field.name + ": \"" + text + "\" is not a value for it (" + rangeText(field) + ").");
}

std::string optionName(const Field& field) {
    std::string name = "--" + field.name;
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

}  // namespace

std::string fieldHelp(const std::string& heading, const std::vector<Field>& fields) {
    std::string text = heading + "\n";
    for (const Field& field : fields) {
        std::string left =
            "  " + field.name + " (" + rangeText(field) + "; default " + valueText(field.defaultValue) + ")";
        text += left + "\n      " + field.help + "\n";
    }
    return text;
}

TrainSettings trainSettings(const CommandContext& context, const std::vector<std::string>& assignments,
                            TrainSettings settings) {
    // All that is wrong is said at once: correcting one setting a try is tiresome.
    std::string problems;
    for (const std::string& assignment : assignments) {
        try {
            applyAssignment(settings, assignment);
        } catch (const Error& problem) {
            problems += (problems.empty() ? "" : " ") + std::string(problem.what());
        }
    }
    if (!problems.empty()) throw UsageError(problems);
    try {
        if (context.threads > 0) settings.threads = context.threads;
        if (!context.device.empty()) settings.device = context.device;
        if (!context.dtype.empty()) settings.precision = context.dtype;
        throwIfAny(validate(settings));
    } catch (const Error& problem) {
        throw UsageError(problem.what());
    }
    return settings;
}

std::string overridesText(const Recipe& recipe, const TrainSettings& settings) {
    const std::vector<std::string> own = changedFields(recipe.settings, {});
    std::string list;
    for (const std::string& field : changedFields(settings, recipe.settings)) {
        // Every recipe is made for a method, also one that leaves it at the default.
        if (field != "method" && std::find(own.begin(), own.end(), field) == own.end()) continue;
        list += (list.empty() ? "" : ", ") + field + "=" + valueText(value(settings, field)) +
                " instead of " + valueText(value(recipe.settings, field));
    }
    if (list.empty()) return {};
    std::string text = "The command line goes before the recipe " + recipe.name + ": " + list + ".";
    if (settings.method != recipe.settings.method)
        text += " The rest of the recipe was chosen for " + recipe.settings.method + ".";
    return text;
}

std::string idleText(const std::vector<std::string>& assignments, const TrainSettings& settings) {
    std::string list;
    for (const Field& field : trainFields()) {
        const bool given = std::any_of(assignments.begin(), assignments.end(), [&](const std::string& each) {
            return each.starts_with(field.name + "=");
        });
        if (given && !fieldApplies(settings, field))
            list += (list.empty() ? "" : ", ") + field.name + " (" + field.onlyWith.reason + ")";
    }
    return list.empty() ? list : "This changes nothing as the other settings are: " + list + ".";
}

void GenerateOptions::addTo(CLI::App* verb) {
    for (const Field& field : generateFields()) {
        addOption(verb, optionName(field), m_given[field.name],
                  field.help + " (" + rangeText(field) + "; default " + valueText(field.defaultValue) + ")")
            ->type_name(field.kind == Field::Kind::Integer ? "INT" : "FLOAT")
            ->check(notEmpty());
    }
    addOption(verb, "--stop", m_stop, "End the answer before this text; may be given several times");
}

GenerateSettings GenerateOptions::settings() const {
    GenerateSettings settings;
    settings.stop = m_stop;
    try {
        for (const Field& field : generateFields()) {
            const std::string& text = m_given.at(field.name);
            if (!text.empty()) setValue(settings, field.name, parsedValue(field, text));
        }
        throwIfAny(validate(settings));
    } catch (const Error& problem) {
        throw UsageError(problem.what());
    }
    return settings;
}

}  // namespace studio
