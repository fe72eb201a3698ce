// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/value.h"

#include <algorithm>
#include <array>

#include "core/text/jinja/compare.h"
#include "core/text/jinja/problem.h"

namespace studio::jinja {

namespace {

/// What a payload takes beside its text or items: control block, vtable, bookkeeping of the heap.
constexpr std::size_t kPayloadBytes = 64;

std::size_t deeper(std::size_t depth, const Value& item) {
    return std::max(depth, item.depth() + 1);
}

void checkDepth(std::size_t depth) {
    if (depth > kMostValueDepth)
        exceeded("it nests lists more than " + std::to_string(kMostValueDepth) + " levels deep, the limit");
}

struct Missing : Payload {
    std::string message;
};

}  // namespace

Value Value::undefined(Budget& budget, std::string message) {
    auto payload = std::make_shared<Missing>();
    payload->account(budget, kPayloadBytes + message.size());
    payload->message = std::move(message);
    Value result(Kind::Undefined, 0);
    result.m_payload = std::move(payload);
    return result;
}

Value Value::text(Budget& budget, std::string bytes, bool markup) {
    budget.checkText(bytes.size());
    Value result = constant({});
    auto& payload = static_cast<Text&>(*result.m_payload);
    payload.account(budget, kPayloadBytes + bytes.capacity());
    payload.bytes = std::move(bytes);
    payload.markup = markup;
    return result;
}

Value Value::constant(std::string bytes) {
    auto payload = std::make_shared<Text>();
    payload->bytes = std::move(bytes);
    Value result(Kind::Text, 0);
    result.m_payload = std::move(payload);
    return result;
}

Value Value::sequence(Budget& budget, Kind kind, std::vector<Value> items, const char* typeName, bool group) {
    budget.spend(1 + items.size());
    auto payload = std::make_shared<Items>();
    for (const Value& item : items) payload->depth = deeper(payload->depth, item);
    checkDepth(payload->depth);
    payload->account(budget, kPayloadBytes + items.capacity() * sizeof(Value));
    payload->values = std::move(items);
    payload->typeName = typeName;
    payload->group = group;
    Value result(kind, 0);
    result.m_payload = std::move(payload);
    return result;
}

Value Value::list(Budget& budget, std::vector<Value> items) {
    return sequence(budget, Kind::List, std::move(items), "list", false);
}

Value Value::tuple(Budget& budget, std::vector<Value> items) {
    return sequence(budget, Kind::Tuple, std::move(items), "tuple", false);
}

Value Value::view(Budget& budget, std::vector<Value> items, const char* typeName) {
    return sequence(budget, Kind::View, std::move(items), typeName, false);
}

Value Value::group(Budget& budget, Value grouper, Value list) {
    return sequence(budget, Kind::Tuple, {std::move(grouper), std::move(list)}, "_GroupTuple", true);
}

Value Value::iterator(Budget& budget, std::vector<Value> items) {
    budget.spend(1 + items.size());
    auto payload = std::make_shared<Iterator>();
    for (const Value& item : items) payload->depth = deeper(payload->depth, item);
    checkDepth(payload->depth);
    payload->account(budget, kPayloadBytes + items.capacity() * sizeof(Value));
    payload->values = std::move(items);
    Value result(Kind::Iterator, 0);
    result.m_payload = std::move(payload);
    return result;
}

Value Value::range(Budget& budget, std::int64_t first, std::int64_t step, std::size_t count) {
    auto payload = std::make_shared<Range>();
    payload->account(budget, kPayloadBytes);
    payload->first = first;
    payload->step = step;
    payload->count = count;
    Value result(Kind::Range, 0);
    result.m_payload = std::move(payload);
    return result;
}

Value Value::dict(Budget& budget, std::vector<std::pair<Value, Value>> entries) {
    auto payload = std::make_shared<Dict>();
    constexpr std::size_t kEntryBytes = 2 * sizeof(Value) + 4 * sizeof(std::size_t);
    payload->account(budget, kPayloadBytes + entries.size() * kEntryBytes);
    payload->reserve(entries.size());
    for (auto& [key, value] : entries) {
        payload->depth = deeper(deeper(payload->depth, key), value);
        payload->set(budget, std::move(key), std::move(value));
    }
    checkDepth(payload->depth);
    Value result(Kind::Dict, 0);
    result.m_payload = std::move(payload);
    return result;
}

Value Value::object(Budget& budget, std::shared_ptr<Object> object, std::size_t bytes) {
    object->account(budget, 4 * kPayloadBytes + bytes);
    Value result(Kind::Object, 0);
    result.m_payload = std::move(object);
    return result;
}

Value Value::callable(Budget& budget, std::string name, std::function<Value(Runtime&, Arguments&)> function) {
    auto payload = std::make_shared<Callable>();
    payload->account(budget, 3 * kPayloadBytes);
    payload->name = std::move(name);
    payload->function = std::move(function);
    Value result(Kind::Callable, 0);
    result.m_payload = std::move(payload);
    return result;
}

const std::string& Value::asText() const {
    return static_cast<const Text&>(*m_payload).bytes;
}
bool Value::isMarkup() const {
    return isText() && static_cast<const Text&>(*m_payload).markup;
}
const std::vector<Value>& Value::items() const {
    return static_cast<const Items&>(*m_payload).values;
}
const Dict& Value::asDict() const {
    return static_cast<const Dict&>(*m_payload);
}
const Range& Value::asRange() const {
    return static_cast<const Range&>(*m_payload);
}
Iterator& Value::asIterator() const {
    return static_cast<Iterator&>(*m_payload);
}
Object& Value::asObject() const {
    return static_cast<Object&>(*m_payload);
}
const Callable& Value::asCallable() const {
    return static_cast<const Callable&>(*m_payload);
}
const std::string& Value::missing() const {
    return static_cast<const Missing&>(*m_payload).message;
}

bool Value::isGroup() const {
    return m_kind == Kind::Tuple && static_cast<const Items&>(*m_payload).group;
}

bool Value::sameAs(const Value& other) const {
    if (m_kind != other.m_kind) return false;
    switch (m_kind) {
        case Kind::None:
            return true;
        case Kind::Boolean:
        case Kind::Integer:
            return m_integer == other.m_integer;
        case Kind::Real:
            return m_real == other.m_real;
        default:
            return m_payload == other.m_payload;
    }
}

std::size_t Value::depth() const {
    switch (m_kind) {
        case Kind::List:
        case Kind::Tuple:
        case Kind::View:
            return static_cast<const Items&>(*m_payload).depth;
        case Kind::Dict:
            return static_cast<const Dict&>(*m_payload).depth;
        case Kind::Iterator:
            return static_cast<const Iterator&>(*m_payload).depth;
        default:
            return 0;
    }
}

const char* Value::typeName() const {
    switch (m_kind) {
        case Kind::List:
        case Kind::Tuple:
        case Kind::View:
            return static_cast<const Items&>(*m_payload).typeName;
        case Kind::Object:
            return static_cast<const Object&>(*m_payload).typeName();
        default:
            break;
    }
    constexpr std::array<const char*, 14> kNames{"Undefined", "NoneType",  "bool",   "int",     "float",
                                                 "str",       "list",      "tuple",  "dict",    "range",
                                                 "view",      "generator", "object", "function"};
    return kNames[static_cast<std::size_t>(m_kind)];
}

std::optional<Value> Object::call(Runtime& /*runtime*/, Arguments& /*arguments*/) {
    return std::nullopt;
}

template <typename IsKey>
std::size_t Dict::slotOf(Budget& budget, std::size_t hash, IsKey isKey) const {
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        budget.spend(1);
        if (m_slots[slot] == 0) return slot;
        const std::size_t entry = m_slots[slot] - 1;
        if (m_hashes[entry] == hash && isKey(entries[entry].first)) return slot;
    }
}

void Dict::reserve(std::size_t entryCount) {
    std::size_t slots = 4;
    while (slots < 2 * entryCount + 1) slots *= 2;
    m_slots.assign(slots, 0);
    m_hashes.reserve(entryCount);
    entries.reserve(entryCount);
}

void Dict::set(Budget& budget, Value key, Value value) {
    const std::size_t hash = hashOf(budget, key);
    const std::size_t slot =
        slotOf(budget, hash, [&](const Value& other) { return equal(budget, key, other); });
    if (m_slots[slot] != 0) {
        entries[m_slots[slot] - 1].second = std::move(value);
        return;
    }
    entries.emplace_back(std::move(key), std::move(value));
    m_hashes.push_back(hash);
    m_slots[slot] = entries.size();
}

const Value* Dict::find(Budget& budget, const Value& key) const {
    const std::size_t slot =
        slotOf(budget, hashOf(budget, key), [&](const Value& other) { return equal(budget, key, other); });
    return m_slots[slot] == 0 ? nullptr : &entries[m_slots[slot] - 1].second;
}

const Value* Dict::find(Budget& budget, std::string_view key) const {
    const std::size_t slot = slotOf(
        budget, hashOfText(key), [&](const Value& other) { return other.isText() && other.asText() == key; });
    return m_slots[slot] == 0 ? nullptr : &entries[m_slots[slot] - 1].second;
}

}  // namespace studio::jinja
