// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/compare.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/text/jinja/problem.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;

bool equalNumbers(const Value& left, const Value& right) {
    if (left.isWhole() && right.isWhole()) return left.asInteger() == right.asInteger();
    return left.asReal() == right.asReal();
}

bool lessNumbers(const Value& left, const Value& right) {
    if (left.isWhole() && right.isWhole()) return left.asInteger() < right.asInteger();
    return left.asReal() < right.asReal();
}

bool equalItems(Budget& budget, const std::vector<Value>& left, const std::vector<Value>& right) {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!left[i].sameAs(right[i]) && !equal(budget, left[i], right[i])) return false;
    }
    return true;
}

bool equalDicts(Budget& budget, const Dict& left, const Dict& right) {
    if (left.entries.size() != right.entries.size()) return false;
    return std::all_of(left.entries.begin(), left.entries.end(), [&](const auto& entry) {
        const Value* other = right.find(budget, entry.first);
        return other && (other->sameAs(entry.second) || equal(budget, entry.second, *other));
    });
}

bool equalRanges(const Range& left, const Range& right) {
    if (left.count != right.count) return false;
    if (left.count == 0) return true;
    return left.first == right.first && (left.count == 1 || left.step == right.step);
}

[[noreturn]] void noOrder(const Value& left, const Value& right) {
    requireDefined(left);
    requireDefined(right);
    fail("there is no order between " + typesOf(left, right));
}

/// Which of two sequences comes first: the first items that differ decide, else the length.
bool itemsInOrder(Budget& budget, const Value& left, const Value& right, bool orEqual) {
    const auto& a = left.items();
    const auto& b = right.items();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (a[i].sameAs(b[i]) || equal(budget, a[i], b[i])) continue;
        return orEqual ? lessOrEqual(budget, a[i], b[i]) : less(budget, a[i], b[i]);
    }
    return orEqual ? a.size() <= b.size() : a.size() < b.size();
}

bool holds(Budget& budget, const std::vector<Value>& items, const Value& item) {
    return std::any_of(items.begin(), items.end(),
                       [&](const Value& other) { return item.sameAs(other) || equal(budget, item, other); });
}

/// Only goes on until it finds the item, as Python's does.
bool iteratorHolds(Budget& budget, Iterator& iterator, const Value& item) {
    while (iterator.next < iterator.values.size()) {
        if (equal(budget, item, iterator.values[iterator.next++])) return true;
    }
    return false;
}

std::vector<Value> charactersOf(Budget& budget, const Value& value) {
    const std::string& text = value.asText();
    std::vector<Value> characters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        nextCodePoint(text, at);
        characters.push_back(Value::text(budget, text.substr(begin, at - begin)));
    }
    return characters;
}

/// Merges the sorted halves [begin, middle) and [middle, end) of `order`.
void merge(const std::function<bool(std::size_t, std::size_t)>& before, std::vector<std::size_t>& order,
           std::vector<std::size_t>& merged, std::size_t begin, std::size_t middle, std::size_t end) {
    std::size_t left = begin;
    std::size_t right = middle;
    for (std::size_t to = begin; to < end; ++to) {
        // The right one goes first only where it must, which keeps equal items in their order.
        const bool takeRight = left == middle || (right < end && before(order[right], order[left]));
        merged[to] = takeRight ? order[right++] : order[left++];
    }
    std::copy(merged.begin() + static_cast<std::ptrdiff_t>(begin),
              merged.begin() + static_cast<std::ptrdiff_t>(end),
              order.begin() + static_cast<std::ptrdiff_t>(begin));
}

}  // namespace

bool truth(const Value& value) {
    switch (value.kind()) {
        case Kind::Undefined:
        case Kind::None:
            return false;
        case Kind::Boolean:
        case Kind::Integer:
            return value.asInteger() != 0;
        case Kind::Real:
            return value.asReal() != 0;
        case Kind::Text:
            return !value.asText().empty();
        case Kind::List:
        case Kind::Tuple:
        case Kind::View:
            return !value.items().empty();
        case Kind::Dict:
            return !value.asDict().entries.empty();
        case Kind::Range:
            return value.asRange().count != 0;
        default:
            return true;  // an iterator, too, even one that gives nothing
    }
}

bool equal(Budget& budget, const Value& left, const Value& right) {
    budget.spend(1);
    if (left.isNumber() && right.isNumber()) return equalNumbers(left, right);
    if (left.kind() != right.kind()) return false;
    switch (left.kind()) {
        case Kind::Undefined:
            return true;
        case Kind::Text:
            if (left.asText().size() == right.asText().size()) budget.pass(left.asText().size());
            return left.asText() == right.asText();
        case Kind::List:
        case Kind::Tuple:
            return left.sameAs(right) || equalItems(budget, left.items(), right.items());
        case Kind::Dict:
            return left.sameAs(right) || equalDicts(budget, left.asDict(), right.asDict());
        case Kind::Range:
            return equalRanges(left.asRange(), right.asRange());
        default:
            return left.sameAs(right);
    }
}

bool less(Budget& budget, const Value& left, const Value& right) {
    budget.spend(1);
    if (left.isNumber() && right.isNumber()) return lessNumbers(left, right);
    if (left.kind() != right.kind()) noOrder(left, right);
    if (left.isText()) {
        budget.pass(std::min(left.asText().size(), right.asText().size()));
        return left.asText() < right.asText();  // UTF-8 keeps the order of code points
    }
    if (left.isSequence()) return itemsInOrder(budget, left, right, false);
    noOrder(left, right);
}

bool lessOrEqual(Budget& budget, const Value& left, const Value& right) {
    if (left.isSequence() && left.kind() == right.kind()) {
        budget.spend(1);
        return itemsInOrder(budget, left, right, true);
    }
    return less(budget, left, right) || equal(budget, left, right);
}

bool contains(Budget& budget, const Value& container, const Value& item) {
    budget.spend(1);
    switch (container.kind()) {
        case Kind::Undefined:
            return false;
        case Kind::Text:
            if (!item.isText()) {
                requireDefined(item);
                fail(std::string("\"in\" a text needs a text before it, not a '") + item.typeName() + "'");
            }
            budget.search(container.asText().size(), item.asText().size());
            return container.asText().find(item.asText()) != std::string::npos;
        case Kind::List:
        case Kind::Tuple:
        case Kind::View:
            return holds(budget, container.items(), item);
        case Kind::Dict:
            return container.asDict().find(budget, item) != nullptr;
        case Kind::Range: {
            if (!item.isNumber() || item.asReal() != std::floor(item.asReal())) return false;
            return holds(budget, iterated(budget, container), item);
        }
        case Kind::Iterator:
            return iteratorHolds(budget, container.asIterator(), item);
        default:
            fail(std::string("\"in\" needs something to look in, not a '") + container.typeName() + "'");
    }
}

std::size_t hashOfText(std::string_view text) {
    return std::hash<std::string_view>{}(text);
}

std::size_t hashOf(Budget& budget, const Value& value) {
    budget.spend(1);
    switch (value.kind()) {
        case Kind::Boolean:
        case Kind::Integer:
        case Kind::Real:
            return std::hash<double>{}(value.asReal());  // equal numbers of different kinds are one key
        case Kind::Text:
            budget.pass(value.asText().size());
            return hashOfText(value.asText());
        case Kind::Tuple: {
            std::size_t hash = 7;
            for (const Value& item : value.items()) hash = hash * 1000003 + hashOf(budget, item);
            return hash;
        }
        case Kind::List:
        case Kind::Dict:
        case Kind::View:
            fail(std::string("a '") + value.typeName() + "' can be no key");
        default:
            return static_cast<std::size_t>(value.kind());
    }
}

std::optional<std::size_t> lengthOf(Budget& budget, const Value& value) {
    switch (value.kind()) {
        case Kind::Undefined:
            return 0;
        case Kind::Text:
            budget.pass(value.asText().size());
            return codePointCount(value.asText());
        case Kind::List:
        case Kind::Tuple:
        case Kind::View:
            return value.items().size();
        case Kind::Dict:
            return value.asDict().entries.size();
        case Kind::Range:
            return value.asRange().count;
        default:
            return std::nullopt;
    }
}

bool isIterable(const Value& value) {
    switch (value.kind()) {
        case Kind::None:
        case Kind::Boolean:
        case Kind::Integer:
        case Kind::Real:
        case Kind::Object:
        case Kind::Callable:
            return false;
        default:
            return true;
    }
}

std::vector<Value> iterated(Budget& budget, const Value& value) {
    const auto length = lengthOf(budget, value);
    if (length) budget.spend(*length);
    switch (value.kind()) {
        case Kind::Undefined:
            return {};
        case Kind::Text:
            return charactersOf(budget, value);
        case Kind::List:
        case Kind::Tuple:
        case Kind::View:
            return value.items();
        case Kind::Dict: {
            std::vector<Value> keys;
            for (const auto& entry : value.asDict().entries) keys.push_back(entry.first);
            return keys;
        }
        case Kind::Range: {
            std::vector<Value> numbers;
            const Range& range = value.asRange();
            for (std::size_t i = 0; i < range.count; ++i) numbers.push_back(Value::integer(range.at(i)));
            return numbers;
        }
        case Kind::Iterator: {
            Iterator& iterator = value.asIterator();
            std::vector<Value> rest(iterator.values.begin() + static_cast<std::ptrdiff_t>(iterator.next),
                                    iterator.values.end());
            budget.spend(rest.size());
            iterator.next = iterator.values.size();
            return rest;
        }
        default:
            fail(std::string("a '") + value.typeName() + "' cannot be gone through");
    }
}

std::vector<Value> sortedBy(Budget& budget, const std::vector<Value>& items, const std::vector<Value>& keys,
                            bool reverse) {
    // A merge sort of our own: the comparison may throw, and NaN makes it no order at all, which the standard
    // library's may not be given.
    const auto before = [&](std::size_t a, std::size_t b) {
        return reverse ? less(budget, keys[b], keys[a]) : less(budget, keys[a], keys[b]);
    };
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::size_t> merged(items.size());
    for (std::size_t width = 1; width < order.size(); width *= 2) {
        for (std::size_t begin = 0; begin + width < order.size(); begin += 2 * width)
            merge(before, order, merged, begin, begin + width, std::min(begin + 2 * width, order.size()));
    }
    std::vector<Value> result;
    result.reserve(items.size());
    for (const std::size_t i : order) result.push_back(items[i]);
    return result;
}

void requireDefined(const Value& value) {
    if (value.isUndefined()) fail(value.missing());
}

std::string typesOf(const Value& left, const Value& right) {
    return std::string("a '") + left.typeName() + "' and a '" + right.typeName() + "'";
}

}  // namespace studio::jinja
