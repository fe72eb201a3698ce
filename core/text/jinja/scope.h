// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/text/jinja/budget.h"
#include "core/text/jinja/value.h"

namespace studio::jinja {

/// The names of one block: a loop's round, a macro's call, the template. What is not here is looked up in the
/// block around it; what is set, is set here, as Jinja's scoping has it. Names are kept as views: they belong
/// to the template's tree or the context, which outlive the rendering.
class Scope {
public:
    explicit Scope(Scope* around) : m_around(around) {}

    void set(std::string_view name, Value value) { m_names.insert_or_assign(name, std::move(value)); }
    /// Null where no block around has it.
    const Value* find(std::string_view name) const {
        for (const Scope* scope = this; scope; scope = scope->m_around) {
            const auto found = scope->m_names.find(name);
            if (found != scope->m_names.end()) return &found->second;
        }
        return nullptr;
    }
    /// A macro was defined here, which may be called after the block's end: it and those around must stay.
    void capture() {
        for (Scope* scope = this; scope && !scope->m_isCaptured; scope = scope->m_around)
            scope->m_isCaptured = true;
    }
    bool isCaptured() const { return m_isCaptured; }

private:
    Scope* m_around;
    std::unordered_map<std::string_view, Value> m_names;
    bool m_isCaptured = false;
};

/// Text that grows as a block is rendered; counted against the budget while it lives.
class Output {
public:
    explicit Output(Budget& budget) : m_budget(budget) {}
    ~Output() { m_budget.give(m_text.size()); }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void append(std::string_view part) {
        m_budget.pass(part.size());
        m_budget.checkLength(m_text.size() + part.size());
        m_budget.take(part.size());
        m_text += part;
    }
    const std::string& text() const { return m_text; }

private:
    Budget& m_budget;
    std::string m_text;
};

}  // namespace studio::jinja
