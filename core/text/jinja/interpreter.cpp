// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/interpreter.h"

#include <algorithm>

#include "core/text/jinja/compare.h"
#include "core/text/jinja/globals.h"
#include "core/text/jinja/interpreter_blocks.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/written.h"

namespace studio::jinja {

std::string Interpreter::render(const Body& body, const Variables& variables) {
    const Variables globals = globalFunctions(m_budget);
    Output output(m_budget);
    m_output = &output;
    try {
        Block outermost(*this, nullptr);
        for (const auto& [name, value] : globals) m_scope->set(name, value);
        for (const auto& [name, value] : variables) m_scope->set(name, value);
        Block top(*this, m_scope);
        run(body);
    } catch (Problem& problem) {
        if (problem.line == 0) problem.line = m_line;
        throw;
    }
    return output.text();
}

Interpreter::Flow Interpreter::run(const Body& body) {
    for (const auto& statement : body) {
        const Flow flow = run(*statement);
        if (flow != Flow::Normal) return flow;
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::run(const Statement& statement) {
    const Budget::Level level(m_budget);
    m_line = statement.line;
    m_budget.spend(1);
    switch (statement.kind) {
        case Statement::Kind::Data:
            m_output->append(static_cast<const DataNode&>(statement).text);
            break;
        case Statement::Kind::Print:
            print(evaluate(*static_cast<const PrintNode&>(statement).value));
            break;
        case Statement::Kind::If:
            return runIf(static_cast<const IfNode&>(statement));
        case Statement::Kind::For:
            return runFor(static_cast<const ForNode&>(statement));
        case Statement::Kind::Set: {
            const auto& node = static_cast<const SetNode&>(statement);
            assign(node.target, evaluate(*node.value));
            break;
        }
        case Statement::Kind::SetBlock:
            return runSetBlock(static_cast<const SetBlockNode&>(statement));
        case Statement::Kind::Macro: {
            const Signature& macro = static_cast<const MacroNode&>(statement).macro;
            m_scope->set(macro.name, macroOf(macro));
            break;
        }
        case Statement::Kind::CallBlock:
            return runCallBlock(static_cast<const CallBlockNode&>(statement));
        case Statement::Kind::FilterBlock:
            return runFilterBlock(static_cast<const FilterBlockNode&>(statement));
        case Statement::Kind::With:
            return runWith(static_cast<const WithNode&>(statement));
        case Statement::Kind::Scope:
            return runScope(static_cast<const ScopeNode&>(statement).body);
        case Statement::Kind::Break:
            return Flow::Break;
        case Statement::Kind::Continue:
            return Flow::Continue;
    }
    return Flow::Normal;
}

void Interpreter::print(const Value& value) {
    if (value.isText()) {
        m_output->append(value.asText());
    } else {
        m_output->append(written(m_budget, value));
    }
}

Interpreter::Flow Interpreter::runIf(const IfNode& node) {
    for (const auto& [condition, body] : node.branches) {
        if (truth(evaluate(*condition))) return run(body);
    }
    return run(node.otherwise);
}

Interpreter::Flow Interpreter::runFor(const ForNode& node) {
    return runLoop(node, evaluate(*node.items), 0, m_scope);
}

Interpreter::Flow Interpreter::runLoop(const ForNode& node, const Value& items, std::int64_t depth,
                                       Scope* around) {
    const auto loop = std::make_shared<Loop>();
    loop->items = iterated(m_budget, items);
    loop->depth = depth;
    const Value loopValue = Value::object(m_budget, loop, loop->items.capacity() * sizeof(Value));
    if (node.filter) {
        loop->filter = [this, &node, around](const Value& item) {
            const Block block(*this, around);
            assign(node.target, item);
            return truth(evaluate(*node.filter));
        };
    }
    if (node.isRecursive) {
        loop->recurse = [this, &node, around, depth](const Value& inner) {
            const Budget::Level level(m_budget);
            Captured captured(*this);
            runLoop(node, inner, depth + 1, around);
            return Value::text(m_budget, captured.text());
        };
    }
    bool hasRun = false;
    const Reentry reentry(m_scope, around);
    try {
        runRounds(node, *loop, loopValue, hasRun);
    } catch (...) {
        loop->finish();
        throw;
    }
    loop->finish();
    // As in Jinja, a round that "continue" or "break" ended does not count.
    return hasRun || node.otherwise.empty() ? Flow::Normal : runScope(node.otherwise);
}

Interpreter::Flow Interpreter::runRounds(const ForNode& node, Loop& loop, const Value& loopValue,
                                         bool& hasRun) {
    while (const auto item = loop.advance()) {
        m_budget.spend(1);
        const Block block(*this, m_scope);
        assign(node.target, *item);
        m_scope->set("loop", loopValue);
        const Flow flow = run(node.body);
        if (flow == Flow::Break) break;
        if (flow == Flow::Normal) hasRun = true;
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::runSetBlock(const SetBlockNode& node) {
    Value text;
    {
        Captured captured(*this);
        if (const Flow flow = runScope(node.body); flow != Flow::Normal) return flow;
        text = Value::text(m_budget, captured.text());
    }
    if (node.filters) {
        m_input = text;
        text = evaluate(*node.filters);
    }
    assign(node.target, text);
    return Flow::Normal;
}

Interpreter::Flow Interpreter::runCallBlock(const CallBlockNode& node) {
    const Value caller = macroOf(node.caller);
    print(evaluateCall(static_cast<const CallNode&>(*node.call), &caller));
    return Flow::Normal;
}

Interpreter::Flow Interpreter::runFilterBlock(const FilterBlockNode& node) {
    const Block block(*this, m_scope);
    {
        Captured captured(*this);
        if (const Flow flow = run(node.body); flow != Flow::Normal) return flow;
        m_input = Value::text(m_budget, captured.text());
    }
    print(evaluate(*node.filters));
    return Flow::Normal;
}

Interpreter::Flow Interpreter::runWith(const WithNode& node) {
    // The values are those of the block around, also where one of them has a name that is given anew here.
    std::vector<Value> values;
    for (const auto& [target, value] : node.values) values.push_back(evaluate(*value));
    const Block block(*this, m_scope);
    for (std::size_t i = 0; i < values.size(); ++i) assign(node.values[i].first, values[i]);
    return run(node.body);
}

Interpreter::Flow Interpreter::runScope(const Body& body) {
    const Block block(*this, m_scope);
    return run(body);
}

void Interpreter::assign(const Target& target, const Value& value) {
    if (target.isTuple) {
        const std::vector<Value> parts = iterated(m_budget, value);
        if (parts.size() != target.parts.size()) {
            m_line = target.line;
            fail("it unpacks " + std::to_string(parts.size()) + " values into " +
                 std::to_string(target.parts.size()) + " names");
        }
        for (std::size_t i = 0; i < parts.size(); ++i) assign(target.parts[i], parts[i]);
        return;
    }
    if (target.attribute.empty()) {
        m_scope->set(target.name, value);
        return;
    }
    const Value owner = variable(target.name);
    auto* space = owner.is(Value::Kind::Object) ? dynamic_cast<Namespace*>(&owner.asObject()) : nullptr;
    if (!space) {
        m_line = target.line;
        requireDefined(owner);
        fail("an attribute of \"" + target.name + "\" is set, which is no namespace");
    }
    space->set(m_budget, target.attribute, value);
}

Value Interpreter::macroOf(const Signature& macro) {
    m_scope->capture();
    return Value::callable(m_budget, macro.name,
                           [this, &macro, home = m_scope](Runtime&, Arguments& arguments) {
                               return callMacro(macro, home, arguments);
                           });
}

Value Interpreter::callMacro(const Signature& macro, Scope* home, Arguments& arguments) {
    const Budget::Level level(m_budget);
    const Block block(*this, home);
    bindParameters(macro, arguments);
    Captured captured(*this);
    run(macro.body);
    return Value::text(m_budget, captured.text());
}

void Interpreter::bindParameters(const Signature& macro, Arguments& arguments) {
    const std::size_t count = macro.parameters.size();
    const std::size_t withoutDefault = count - macro.defaults.size();
    const std::size_t positional = std::min(arguments.positional.size(), count);
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < count; ++i) {
        const auto named = std::find_if(arguments.named.begin(), arguments.named.end(), [&](const auto& one) {
            return i >= positional && one.first == macro.parameters[i];
        });
        if (i < positional) {
            m_scope->set(macro.parameters[i], arguments.positional[i]);
        } else if (named != arguments.named.end()) {
            m_scope->set(macro.parameters[i], named->second);
            arguments.named.erase(named);
        } else {
            m_scope->set(
                macro.parameters[i],
                Value::undefined(m_budget, "the parameter \"" + macro.parameters[i] + "\" was not given"));
            if (i >= withoutDefault) missing.push_back(i);
        }
    }
    bindSpecials(macro, arguments, positional);
    for (const std::size_t i : missing)
        m_scope->set(macro.parameters[i], evaluate(*macro.defaults[i - withoutDefault]));
}

/// `caller`, `kwargs` and `varargs`, which a macro has where its body reads them.
void Interpreter::bindSpecials(const Signature& macro, Arguments& arguments, std::size_t positional) {
    if (macro.usesCaller) {
        const auto given = std::find_if(arguments.named.begin(), arguments.named.end(),
                                        [](const auto& one) { return one.first == "caller"; });
        const bool isGiven = given != arguments.named.end();
        m_scope->set("caller", isGiven ? given->second : Value::undefined(m_budget, "no caller is defined"));
        if (isGiven) arguments.named.erase(given);
    }
    if (macro.usesKwargs) {
        std::vector<std::pair<Value, Value>> entries;
        for (auto& [name, value] : arguments.named) entries.emplace_back(Value::text(m_budget, name), value);
        m_scope->set("kwargs", Value::dict(m_budget, std::move(entries)));
    } else if (!arguments.named.empty()) {
        fail("the macro \"" + macro.name + "\" has no argument named \"" + arguments.named.front().first +
             "\"");
    }
    if (macro.usesVarargs) {
        std::vector<Value> rest(arguments.positional.begin() + static_cast<std::ptrdiff_t>(positional),
                                arguments.positional.end());
        m_scope->set("varargs", Value::tuple(m_budget, std::move(rest)));
    } else if (arguments.positional.size() > positional) {
        fail("the macro \"" + macro.name + "\" takes at most " + std::to_string(macro.parameters.size()) +
             " arguments");
    }
}

}  // namespace studio::jinja
