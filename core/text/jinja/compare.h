// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/jinja/value.h"

/// What Python's protocols say about values: truth, equality, order, length, iteration. They throw Problem
/// where Python raises, and at the limits of the budget.
namespace studio::jinja {

bool truth(const Value& value);

/// Python's ==: true and 1 and 1.0 are equal; a list and a tuple never are.
bool equal(Budget& budget, const Value& left, const Value& right);
/// Python's <, which only numbers, texts, lists and tuples have among themselves.
bool less(Budget& budget, const Value& left, const Value& right);
/// Python's <=, which differs from "not greater" for NaN.
bool lessOrEqual(Budget& budget, const Value& left, const Value& right);
/// Python's `item in container`.
bool contains(Budget& budget, const Value& container, const Value& item);

/// Equal values have equal hashes. Throws Problem for lists and dicts.
std::size_t hashOf(Budget& budget, const Value& value);
std::size_t hashOfText(std::string_view text);

/// Nothing where Python's len() raises.
std::optional<std::size_t> lengthOf(Budget& budget, const Value& value);
bool isIterable(const Value& value);
/// All that iterating over it gives: characters of a text, keys of a dict. An iterator is used up.
std::vector<Value> iterated(Budget& budget, const Value& value);

/// Sorted by `keys`, which stand beside `items`; stable, also when reversed, as Python's sorted().
std::vector<Value> sortedBy(Budget& budget, const std::vector<Value>& items, const std::vector<Value>& keys,
                            bool reverse);

/// Throws the Problem of an undefined value that is used.
void requireDefined(const Value& value);
/// "a 'str' and a 'NoneType'", for messages.
std::string typesOf(const Value& left, const Value& right);

}  // namespace studio::jinja
