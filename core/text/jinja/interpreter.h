// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/text/jinja/loop.h"
#include "core/text/jinja/nodes.h"
#include "core/text/jinja/runtime.h"
#include "core/text/jinja/scope.h"

namespace studio::jinja {

using Variables = std::vector<std::pair<std::string, Value>>;

/// Carries out one parsed template once, with the scoping of Jinja 3. Not thread-safe. `runtime`, the tree
/// and the variables outlive it.
class Interpreter {
public:
    explicit Interpreter(Runtime& runtime) : m_runtime(runtime), m_budget(runtime.budget) {}

    /// What the template gives. Throws Problem with the line it was at, or Cancelled.
    std::string render(const Body& body, const Variables& variables);

private:
    enum class Flow { Normal, Break, Continue };
    class Block;
    class Captured;

    // Statements (interpreter.cpp).
    Flow run(const Body& body);
    Flow run(const Statement& statement);
    Flow runIf(const IfNode& node);
    Flow runFor(const ForNode& node);
    Flow runLoop(const ForNode& node, const Value& items, std::int64_t depth, Scope* around);
    Flow runRounds(const ForNode& node, Loop& loop, const Value& loopValue, bool& hasRun);
    Flow runSetBlock(const SetBlockNode& node);
    Flow runCallBlock(const CallBlockNode& node);
    Flow runFilterBlock(const FilterBlockNode& node);
    Flow runWith(const WithNode& node);
    Flow runScope(const Body& body);
    void print(const Value& value);
    void assign(const Target& target, const Value& value);
    Value macroOf(const Signature& macro);
    Value callMacro(const Signature& macro, Scope* home, Arguments& arguments);
    void bindParameters(const Signature& macro, Arguments& arguments);
    void bindSpecials(const Signature& macro, Arguments& arguments, std::size_t positional);

    // Expressions (evaluator.cpp).
    Value evaluate(const Expression& node);
    Value evaluateSequence(const SequenceNode& node);
    Value evaluateMapping(const MappingNode& node);
    Value evaluateSlice(const SliceNode& node);
    Value evaluateCall(const CallNode& node, const Value* caller = nullptr);
    Value evaluateFilter(const AppliedNode& node);
    Value evaluateTest(const AppliedNode& node);
    Value evaluateUnary(const UnaryNode& node);
    Value evaluateBinary(const BinaryNode& node);
    Value evaluateConcat(const ConcatNode& node);
    Value evaluateLogic(const LogicNode& node);
    Value evaluateCompare(const CompareNode& node);
    Value evaluateConditional(const ConditionalNode& node);
    bool holds(CompareNode::Relation relation, const Value& left, const Value& right);
    Value variable(const std::string& name);
    Arguments evaluateArguments(const ArgumentNodes& nodes);

    Runtime& m_runtime;
    Budget& m_budget;
    Scope* m_scope = nullptr;
    Output* m_output = nullptr;
    Value m_input;  ///< what the filters of a block are given
    std::size_t m_line = 0;
    std::vector<std::unique_ptr<Scope>> m_kept;  ///< those that macros were defined in
};

}  // namespace studio::jinja
