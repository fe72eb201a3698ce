// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/config/field.h"

namespace studio {

/// Checks one value against its row: type, range, choice. No issue: an empty vector.
std::vector<FieldIssue> checkField(const Field& field, const FieldValue& value);

/// `value` as the field's own type: an integer for a real, and a real without a fraction for an integer.
/// Returns false where something would be lost or the type is another.
bool convertField(const Field& field, const FieldValue& value, FieldValue& converted);

/// Reads the text after "key=" by the field's kind. Throws Error SettingInvalid naming the field and what it
/// takes.
FieldValue parseField(const Field& field, const std::string& text);

/// "a whole number from 1 to 4096", "true or false", "one of constant, linear, cosine".
std::string fieldExpectation(const Field& field);

/// The shortest text that reads back as the same number: "0.0005", "1e-8", "3".
std::string numberText(double number);

/// An issue of the rule "unknown", with the nearest of `known` where one is near.
FieldIssue unknownField(const std::string& name, const std::vector<std::string>& known);

/// A field table bound to the members of a settings struct, so that reading, writing, JSON, checks and
/// assignments are written once and no field can be forgotten. Immutable after construction.
template <typename Settings>
class FieldTable {
public:
    using Member =
        std::variant<std::int64_t Settings::*, double Settings::*, bool Settings::*, std::string Settings::*>;

    /// The default value of `field` is taken from a default-constructed Settings.
    void add(Member member, Field field) {
        static const Settings defaults{};
        field.defaultValue = std::visit([](auto m) { return FieldValue(defaults.*m); }, member);
        m_fields.push_back(std::move(field));
        m_members.push_back(member);
    }

    const std::vector<Field>& fields() const { return m_fields; }
    std::size_t size() const { return m_fields.size(); }

    /// Row of a name, or size() when there is none.
    std::size_t find(std::string_view name) const {
        std::size_t row = 0;
        while (row < m_fields.size() && m_fields[row].name != name) ++row;
        return row;
    }

    FieldValue get(const Settings& settings, std::size_t row) const {
        return std::visit([&](auto m) { return FieldValue(settings.*m); }, m_members[row]);
    }

    /// Returns false, and changes nothing, where the value's type does not fit.
    bool set(Settings& settings, std::size_t row, const FieldValue& value) const {
        FieldValue converted;
        if (!convertField(m_fields[row], value, converted)) return false;
        std::visit([&](auto m) { settings.*m = std::get<std::decay_t<decltype(settings.*m)>>(converted); },
                   m_members[row]);
        return true;
    }

    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const Field& field : m_fields) all.push_back(field.name);
        return all;
    }

private:
    std::vector<Field> m_fields;
    std::vector<Member> m_members;
};

}  // namespace studio
