// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/jinja/budget.h"

namespace studio::jinja {

struct Runtime;
struct Arguments;

/// What a value holds outside itself. Its memory counts against the budget it was made under, if any.
struct Payload {
    Payload() = default;
    virtual ~Payload() {
        if (m_budget) m_budget->give(m_bytes);
    }
    Payload(const Payload&) = delete;
    Payload& operator=(const Payload&) = delete;
    /// Throws Problem at the limit; then nothing is held.
    void account(Budget& budget, std::size_t bytes) {
        budget.take(bytes);
        m_budget = &budget;
        m_bytes = bytes;
    }

private:
    Budget* m_budget = nullptr;
    std::size_t m_bytes = 0;
};

struct Text;
struct Items;
struct Dict;
struct Range;
struct Iterator;
struct Object;
struct Callable;

/// A value as a template sees it: Python's, since Jinja's semantics are Python's. Cheap to copy. What it
/// holds is immutable, as in Jinja's immutable sandbox, but for namespaces, loops and iterators, so that a
/// value of one rendering stays in one thread. Constants of a parsed template may be read from several.
class Value {
public:
    enum class Kind : std::uint8_t {
        Undefined,
        None,
        Boolean,
        Integer,  ///< 64 bits; Python's are unbounded, so going beyond is a Problem
        Real,
        Text,  ///< valid UTF-8; places and lengths count code points
        List,
        Tuple,
        Dict,
        Range,
        View,      ///< dict.items(), keys(), values(): has a length but no places
        Iterator,  ///< what map, select and the like give: gone through once, always true
        Object,    ///< a namespace, a loop, a cycler
        Callable
    };

    Value() = default;  ///< None
    Value(bool) = delete;
    static Value boolean(bool value) { return {Kind::Boolean, value ? 1 : 0}; }
    static Value integer(std::int64_t value) { return {Kind::Integer, value}; }
    static Value real(double value) {
        Value result(Kind::Real, 0);
        result.m_real = value;
        return result;
    }
    /// `message` says what is missing, for when it is used: "\"x\" is undefined".
    static Value undefined(Budget& budget, std::string message);
    /// Counted against the budget, and refused beyond the length of a text. `markup`: came through `safe` or
    /// `escape`, so that what is added to it is escaped.
    static Value text(Budget& budget, std::string bytes, bool markup = false);
    /// For constants of a template, which no budget counts.
    static Value constant(std::string bytes);
    static Value list(Budget& budget, std::vector<Value> items);
    static Value tuple(Budget& budget, std::vector<Value> items);
    static Value view(Budget& budget, std::vector<Value> items, const char* typeName);
    static Value iterator(Budget& budget, std::vector<Value> items);
    static Value range(Budget& budget, std::int64_t first, std::int64_t step, std::size_t count);
    /// A key given twice keeps its first place and its last value. Keys must be hashable.
    static Value dict(Budget& budget, std::vector<std::pair<Value, Value>> entries);
    /// `bytes`: what it holds beside itself.
    static Value object(Budget& budget, std::shared_ptr<Object> object, std::size_t bytes = 0);
    static Value callable(Budget& budget, std::string name,
                          std::function<Value(Runtime&, Arguments&)> function);

    Kind kind() const { return m_kind; }
    bool is(Kind kind) const { return m_kind == kind; }
    bool isUndefined() const { return m_kind == Kind::Undefined; }
    bool isNone() const { return m_kind == Kind::None; }
    bool isText() const { return m_kind == Kind::Text; }
    bool isDict() const { return m_kind == Kind::Dict; }
    /// Boolean or integer: Python's bool is an int.
    bool isWhole() const { return m_kind == Kind::Boolean || m_kind == Kind::Integer; }
    bool isNumber() const { return isWhole() || m_kind == Kind::Real; }
    bool isSequence() const { return m_kind == Kind::List || m_kind == Kind::Tuple; }

    // Each only for values of that kind.
    bool asBoolean() const { return m_integer != 0; }
    std::int64_t asInteger() const { return m_integer; }  ///< boolean or integer
    double asReal() const { return isWhole() ? static_cast<double>(m_integer) : m_real; }  ///< any number
    const std::string& asText() const;
    bool isMarkup() const;                    ///< any kind
    const std::vector<Value>& items() const;  ///< list, tuple or view
    const Dict& asDict() const;
    const Range& asRange() const;
    Iterator& asIterator() const;
    Object& asObject() const;
    const Callable& asCallable() const;
    const std::string& missing() const;  ///< the message of an undefined value

    /// Whether both are one and the same, as Python's `is`.
    bool sameAs(const Value& other) const;
    /// Lists within lists; 0 for a value that holds none.
    std::size_t depth() const;
    /// Python's name of its type: "str", "dict", "NoneType".
    const char* typeName() const;
    /// A tuple of groupby, whose two parts have names.
    bool isGroup() const;
    static Value group(Budget& budget, Value grouper, Value list);

private:
    Value(Kind kind, std::int64_t value) : m_kind(kind), m_integer(value) {}
    static Value sequence(Budget& budget, Kind kind, std::vector<Value> items, const char* typeName,
                          bool group);

    Kind m_kind = Kind::None;
    union {
        std::int64_t m_integer = 0;
        double m_real;
    };
    std::shared_ptr<Payload> m_payload;
};

struct Text : Payload {
    std::string bytes;
    bool markup = false;
};

struct Items : Payload {
    std::vector<Value> values;
    std::size_t depth = 1;
    const char* typeName = "list";
    bool group = false;
};

struct Range : Payload {
    std::int64_t first = 0;
    std::int64_t step = 1;
    std::size_t count = 0;
    /// Also for the place behind the last one, which may lie beyond 64 bits and then wraps.
    std::int64_t at(std::size_t i) const {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(first) +
                                         static_cast<std::uint64_t>(step) * static_cast<std::uint64_t>(i));
    }
};

struct Iterator : Payload {
    std::vector<Value> values;
    std::size_t next = 0;
    std::size_t depth = 1;
};

/// Entries in the order in which they were given, with an index for finding a key. Immutable.
struct Dict : Payload {
    std::vector<std::pair<Value, Value>> entries;
    std::size_t depth = 1;

    /// Null where there is no such key. Throws Problem for a key that cannot be one.
    const Value* find(Budget& budget, const Value& key) const;
    const Value* find(Budget& budget, std::string_view key) const;
    /// Only while it is being made.
    void set(Budget& budget, Value key, Value value);
    void reserve(std::size_t entryCount);

private:
    template <typename IsKey>
    std::size_t slotOf(Budget& budget, std::size_t hash, IsKey isKey) const;

    std::vector<std::size_t> m_slots;   ///< open addressing: the place of an entry + 1, or 0
    std::vector<std::size_t> m_hashes;  ///< of the entries' keys
};

/// A thing with attributes that change.
struct Object : Payload {
    virtual const char* typeName() const = 0;
    /// Nothing where it has no such attribute.
    virtual std::optional<Value> attribute(Runtime& runtime, std::string_view name) = 0;
    /// Nothing where it cannot be called.
    virtual std::optional<Value> call(Runtime& runtime, Arguments& arguments);
};

struct Callable : Payload {
    std::string name;
    std::function<Value(Runtime&, Arguments&)> function;
};

/// What a call was given.
struct Arguments {
    std::vector<Value> positional;
    std::vector<std::pair<std::string, Value>> named;
};

}  // namespace studio::jinja
