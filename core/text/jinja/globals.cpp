// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/globals.h"

#include <algorithm>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/written.h"

namespace studio::jinja {

namespace {

/// Beyond this, the arithmetic on a range's ends could overflow.
constexpr std::int64_t kMostRangeEnd = std::int64_t{1} << 53;

Value makeRange(Runtime& runtime, Arguments& arguments) {
    const Bound bound("range", arguments, {"<start>", "<stop>", "<step>"}, 1);
    const std::int64_t first = bound.given(1) ? bound.whole(0, 0) : 0;
    const std::int64_t end = bound.given(1) ? bound.whole(1, 0) : bound.whole(0, 0);
    const std::int64_t step = bound.whole(2, 1);
    for (const std::int64_t number : {first, end, step}) {
        if (number > kMostRangeEnd || number < -kMostRangeEnd) fail("a number of \"range\" is too large");
    }
    if (step == 0) fail("the step of \"range\" is zero");
    const std::int64_t way = step > 0 ? end - first : first - end;
    const std::int64_t stride = step > 0 ? step : -step;
    const std::int64_t count = way > 0 ? (way - 1) / stride + 1 : 0;
    if (count > static_cast<std::int64_t>(kMostRangeItems))
        exceeded("a \"range\" has more than " + std::to_string(kMostRangeItems) + " numbers, the limit");
    return Value::range(runtime.budget, first, step, static_cast<std::size_t>(count));
}

/// What `dict(…)` and `namespace(…)` are given: a dict or pairs, and names.
std::vector<std::pair<Value, Value>> entriesOf(Runtime& runtime, const char* function, Arguments& arguments) {
    if (arguments.positional.size() > 1)
        fail(std::string("\"") + function + "\" takes one argument without a name");
    std::vector<std::pair<Value, Value>> entries;
    if (!arguments.positional.empty() && arguments.positional[0].isDict()) {
        entries = arguments.positional[0].asDict().entries;
    } else if (!arguments.positional.empty()) {
        for (const Value& item : iterated(runtime.budget, arguments.positional[0])) {
            const std::vector<Value> pair = iterated(runtime.budget, item);
            if (pair.size() != 2) fail(std::string("\"") + function + "\" needs pairs");
            entries.emplace_back(pair[0], pair[1]);
        }
    }
    for (auto& [name, value] : arguments.named)
        entries.emplace_back(Value::text(runtime.budget, name), value);
    runtime.budget.spend(entries.size());
    return entries;
}

Value makeDict(Runtime& runtime, Arguments& arguments) {
    return Value::dict(runtime.budget, entriesOf(runtime, "dict", arguments));
}

Value makeNamespace(Runtime& runtime, Arguments& arguments) {
    auto made = std::make_shared<Namespace>();
    Value result = Value::object(runtime.budget, made);
    for (const auto& [key, value] : entriesOf(runtime, "namespace", arguments)) {
        if (key.isText()) made->set(runtime.budget, key.asText(), value);
    }
    runtime.namespaces.push_back(std::move(made));
    return result;
}

/// cycler('a', 'b'): gives one after the other.
struct Cycler : Object, std::enable_shared_from_this<Cycler> {
    const char* typeName() const override { return "Cycler"; }

    std::optional<Value> attribute(Runtime& runtime, std::string_view name) override {
        if (name == "current") return items[at];
        if (name != "next" && name != "reset") return std::nullopt;
        const bool goesOn = name == "next";
        return Value::callable(runtime.budget, std::string(name),
                               [self = shared_from_this(), goesOn](Runtime&, Arguments& arguments) {
                                   takesNone("a cycler", arguments);
                                   if (!goesOn) {
                                       self->at = 0;
                                       return Value();
                                   }
                                   Value result = self->items[self->at];
                                   self->at = (self->at + 1) % self->items.size();
                                   return result;
                               });
    }

    std::vector<Value> items;
    std::size_t at = 0;
};

Value makeCycler(Runtime& runtime, Arguments& arguments) {
    if (arguments.positional.empty() || !arguments.named.empty())
        fail("\"cycler\" needs items without names");
    auto made = std::make_shared<Cycler>();
    made->items = arguments.positional;
    return Value::object(runtime.budget, std::move(made));
}

/// joiner(', '): nothing the first time, then always its separator.
Value makeJoiner(Runtime& runtime, Arguments& arguments) {
    const Bound bound("joiner", arguments, {"sep"});
    Value separator = bound.valueOr(0, Value::text(runtime.budget, ", "));
    auto isUsed = std::make_shared<bool>(false);
    return Value::callable(runtime.budget, "joiner", [separator, isUsed](Runtime& at, Arguments& none) {
        takesNone("a joiner", none);
        if (*isUsed) return separator;
        *isUsed = true;
        return Value::text(at.budget, "");
    });
}

Value raiseException(Runtime& runtime, Arguments& arguments) {
    const Bound bound("raise_exception", arguments, {"message"}, 1);
    Problem problem(written(runtime.budget, bound[0]));
    problem.isRaised = true;
    throw problem;
}

Value strftimeNow(Runtime& runtime, Arguments& arguments) {
    const Bound bound("strftime_now", arguments, {"format"}, 1);
    if (!runtime.now) fail("\"strftime_now\" asks for the time, which it was not given");
    return Value::text(runtime.budget, timeText(runtime.budget, bound.text(0), *runtime.now));
}

Value lipsum(Runtime& /*runtime*/, Arguments& /*arguments*/) {
    unsupported("the function \"lipsum\"");
}

}  // namespace

std::optional<Value> Namespace::attribute(Runtime& runtime, std::string_view name) {
    runtime.budget.spend(1 + attributes.size() / 8);
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& attribute) { return attribute.first == name; });
    return found == attributes.end() ? std::nullopt : std::optional(found->second);
}

void Namespace::set(Budget& budget, const std::string& name, Value value) {
    budget.spend(1 + attributes.size() / 8);
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& attribute) { return attribute.first == name; });
    if (found != attributes.end()) {
        found->second = std::move(value);
    } else {
        attributes.emplace_back(name, std::move(value));
    }
}

Runtime::~Runtime() {
    // One after the other, with all of them still there: a long chain is not taken down by recursion.
    for (const auto& one : namespaces) one->attributes.clear();
}

std::vector<std::pair<std::string, Value>> globalFunctions(Budget& budget) {
    std::vector<std::pair<std::string, Value>> functions;
    const auto add = [&](const char* name, Value (*function)(Runtime&, Arguments&)) {
        functions.emplace_back(name, Value::callable(budget, name, function));
    };
    add("range", makeRange);
    add("dict", makeDict);
    add("namespace", makeNamespace);
    add("cycler", makeCycler);
    add("joiner", makeJoiner);
    add("lipsum", lipsum);
    add("raise_exception", raiseException);
    add("strftime_now", strftimeNow);
    return functions;
}

}  // namespace studio::jinja
