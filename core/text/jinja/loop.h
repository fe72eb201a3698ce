// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/text/jinja/value.h"

namespace studio::jinja {

/// A running loop, and `loop` within it. Items that a filter ("for x in y if …") leaves out are left out only
/// when they are reached, as in Jinja, since the filter may depend on what the body does; `loop.last` and
/// `loop.nextitem` look one item ahead, `loop.length` and what is reckoned from it look at all.
struct Loop : Object, std::enable_shared_from_this<Loop> {
    const char* typeName() const override { return "LoopContext"; }
    std::optional<Value> attribute(Runtime& runtime, std::string_view name) override;
    std::optional<Value> call(Runtime& runtime, Arguments& arguments) override;

    /// Goes to the next item; nothing at the end.
    std::optional<Value> advance();
    /// Lets go of what the template kept in it: values may hold the loop itself.
    void finish() { m_lastChanged.reset(); }

    std::vector<Value> items;
    std::function<bool(const Value&)> filter;    ///< none: all of them
    std::function<Value(const Value&)> recurse;  ///< renders the body for other items; none: not recursive
    std::int64_t depth = 0;                      ///< loops of the same kind around this one

private:
    std::optional<Value> nextItem();
    const std::optional<Value>& peeked();
    std::int64_t length();
    std::optional<Value> reckoned(std::string_view name);
    Value cycled(const Arguments& arguments) const;
    Value changed(Budget& budget, const Arguments& arguments);

    std::size_t m_next = 0;  ///< of `items`
    std::int64_t m_index = -1;
    std::optional<Value> m_ahead;  ///< looked at already
    std::optional<Value> m_current;
    std::optional<Value> m_before;
    std::optional<std::int64_t> m_length;
    std::optional<std::vector<Value>> m_lastChanged;
};

}  // namespace studio::jinja
