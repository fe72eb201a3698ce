// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/loop.h"

#include <string>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"

namespace studio::jinja {

std::optional<Value> Loop::nextItem() {
    while (m_next < items.size()) {
        const Value item = items[m_next++];
        if (!filter || filter(item)) return item;
    }
    return std::nullopt;
}

const std::optional<Value>& Loop::peeked() {
    if (!m_ahead) m_ahead = nextItem();
    return m_ahead;
}

std::optional<Value> Loop::advance() {
    std::optional<Value> item = m_ahead ? std::exchange(m_ahead, std::nullopt) : nextItem();
    if (!item) return item;
    ++m_index;
    m_before = std::exchange(m_current, item);
    return item;
}

std::int64_t Loop::length() {
    if (m_length) return *m_length;
    if (filter) {
        std::vector<Value> rest;
        while (auto item = nextItem()) rest.push_back(std::move(*item));
        items = std::move(rest);
        m_next = 0;
        filter = nullptr;
        m_length = static_cast<std::int64_t>(items.size()) + m_index + 1 + (m_ahead ? 1 : 0);
    } else {
        m_length = static_cast<std::int64_t>(items.size());
    }
    return *m_length;
}

std::optional<Value> Loop::reckoned(std::string_view name) {
    if (name == "index") return Value::integer(m_index + 1);
    if (name == "index0") return Value::integer(m_index);
    if (name == "first") return Value::boolean(m_index == 0);
    if (name == "last") return Value::boolean(!peeked());
    if (name == "length") return Value::integer(length());
    if (name == "revindex") return Value::integer(length() - m_index);
    if (name == "revindex0") return Value::integer(length() - m_index - 1);
    if (name == "depth") return Value::integer(depth + 1);
    if (name == "depth0") return Value::integer(depth);
    return std::nullopt;
}

std::optional<Value> Loop::attribute(Runtime& runtime, std::string_view name) {
    Budget& budget = runtime.budget;
    if (auto number = reckoned(name)) return number;
    if (name == "previtem")
        return m_before ? *m_before : Value::undefined(budget, "there is no previous item");
    if (name == "nextitem") return peeked() ? *peeked() : Value::undefined(budget, "there is no next item");
    if (name != "cycle" && name != "changed") return std::nullopt;
    // Weak: the loop may hold what it was last given, and that may hold this function.
    const bool cycles = name == "cycle";
    return Value::callable(budget, std::string(name),
                           [weak = weak_from_this(), cycles](Runtime& at, Arguments& arguments) {
                               const auto self = weak.lock();
                               if (!self) fail("a function of a loop is called after the loop's end");
                               return cycles ? self->cycled(arguments) : self->changed(at.budget, arguments);
                           });
}

Value Loop::cycled(const Arguments& arguments) const {
    if (arguments.positional.empty() || !arguments.named.empty())
        fail("\"loop.cycle\" needs items without names");
    return arguments.positional[static_cast<std::size_t>(m_index) % arguments.positional.size()];
}

Value Loop::changed(Budget& budget, const Arguments& arguments) {
    if (!arguments.named.empty()) fail("\"loop.changed\" takes values without names");
    const auto& values = arguments.positional;
    bool same = m_lastChanged && m_lastChanged->size() == values.size();
    for (std::size_t i = 0; same && i < values.size(); ++i)
        same = values[i].sameAs((*m_lastChanged)[i]) || equal(budget, values[i], (*m_lastChanged)[i]);
    if (!same) m_lastChanged = values;
    return Value::boolean(!same);
}

std::optional<Value> Loop::call(Runtime& /*runtime*/, Arguments& arguments) {
    const Bound bound("loop", arguments, {"iterable"}, 1);
    if (!recurse) fail("a loop is called that is not \"recursive\"");
    return recurse(bound[0]);
}

}  // namespace studio::jinja
