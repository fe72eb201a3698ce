// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

namespace studio {

/// The value of one setting. Integers, reals, switches and texts (also one of a list of choices).
using FieldValue = std::variant<std::int64_t, double, bool, std::string>;

/// When a setting has a meaning: only while another one of the same table has one of these values.
struct FieldCondition {
    std::string field;               ///< Field::name of the other one; empty: always
    std::vector<FieldValue> values;  ///< of its own type
    bool unless = false;             ///< the other way round: with any value but these
    std::string reason;              ///< "only with LoRA"

    bool always() const { return field.empty(); }
};

/// One row of a field table: everything the form, the command line's help, the documentation and the checks
/// need to know about a setting. English texts; the user interface translates them (context "Fields").
struct Field {
    enum class Kind { Integer, Real, Switch, Text, Choice };

    std::string name;   ///< key in JSON and after --set, for example "learning_rate"
    std::string label;  ///< "Learning rate"
    std::string group;  ///< "What", "How", "Stop and keep"
    Kind kind = Kind::Integer;
    FieldValue defaultValue;
    double minimum = 0.0;  ///< both ends allowed; for Integer and Real
    double maximum = 0.0;
    std::string unit;                  ///< "tokens", "steps", "rows" or empty
    std::vector<std::string> choices;  ///< for Choice; for Text: suggestions, others are allowed
    std::string help;                  ///< one sentence
    bool basic = true;                 ///< shown in the basic view
    FieldCondition onlyWith = {};      ///< without it the setting changes nothing
};

/// One thing wrong with a group of settings.
struct FieldIssue {
    std::string field;    ///< Field::name
    std::string message;  ///< "learning_rate: 0.5 is outside 1e-8 to 0.1." (English)
    std::string
        rule;  ///< "range", "type", "choice", "unknown" or a rule's name such as "warmup_beyond_total"
    std::vector<std::string> args;  ///< the bare values, for a translated sentence
};

}  // namespace studio
