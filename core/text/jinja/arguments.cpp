// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/arguments.h"

#include <algorithm>

#include "core/text/jinja/compare.h"
#include "core/text/jinja/problem.h"

namespace studio::jinja {

Bound::Bound(std::string_view function, const Arguments& arguments,
             std::initializer_list<std::string_view> names, std::size_t required)
    : m_function(function), m_names(names.begin(), names.end()), m_values(names.size()) {
    if (arguments.positional.size() > m_values.size()) {
        fail("\"" + m_function + "\" takes at most " + std::to_string(m_values.size()) + " arguments, not " +
             std::to_string(arguments.positional.size()));
    }
    for (std::size_t i = 0; i < arguments.positional.size(); ++i) m_values[i] = arguments.positional[i];
    for (const auto& [name, value] : arguments.named) {
        const auto found = std::find(m_names.begin(), m_names.end(), name);
        if (found == m_names.end()) fail("\"" + m_function + "\" has no argument named \"" + name + "\"");
        auto& place = m_values[static_cast<std::size_t>(found - m_names.begin())];
        if (place) fail("\"" + m_function + "\" is given its argument \"" + name + "\" twice");
        place = value;
    }
    for (std::size_t i = 0; i < required; ++i) {
        if (!m_values[i]) fail("\"" + m_function + "\" needs its argument \"" + m_names[i] + "\"");
    }
}

bool Bound::flag(std::size_t i, bool otherwise) const {
    return given(i) ? truth(*m_values[i]) : otherwise;
}

std::int64_t Bound::whole(std::size_t i, std::int64_t otherwise) const {
    if (!given(i)) return otherwise;
    if (!m_values[i]->isWhole()) wrongKind(i, "a whole number");
    return m_values[i]->asInteger();
}

const std::string& Bound::text(std::size_t i) const {
    if (!m_values[i]->isText()) wrongKind(i, "a text");
    return m_values[i]->asText();
}

std::string Bound::textOr(std::size_t i, std::string otherwise) const {
    return given(i) ? text(i) : otherwise;
}

void Bound::wrongKind(std::size_t i, const char* wanted) const {
    requireDefined(*m_values[i]);
    fail("\"" + m_function + "\" needs " + wanted + " for its argument \"" + m_names[i] + "\", not a '" +
         m_values[i]->typeName() + "'");
}

}  // namespace studio::jinja
