// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The expressions of core/text/jinja/interpreter.h.
#include "core/text/jinja/compare.h"
#include "core/text/jinja/filters.h"
#include "core/text/jinja/interpreter.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/written.h"

namespace studio::jinja {

namespace {

/// Arguments are counted by no budget, and calls stand within calls.
void checkSpread(std::size_t count) {
    constexpr std::size_t kMostSpread = 1000;
    if (count > kMostSpread)
        exceeded("a call spreads more than " + std::to_string(kMostSpread) + " arguments, the limit");
}

}  // namespace

Value Interpreter::evaluate(const Expression& node) {
    const Budget::Level level(m_budget);
    m_line = node.line;
    m_budget.spend(1);
    switch (node.kind) {
        case Expression::Kind::Literal:
            return static_cast<const LiteralNode&>(node).value;
        case Expression::Kind::Name:
            return variable(static_cast<const NameNode&>(node).name);
        case Expression::Kind::Input:
            return m_input;
        case Expression::Kind::Sequence:
            return evaluateSequence(static_cast<const SequenceNode&>(node));
        case Expression::Kind::Mapping:
            return evaluateMapping(static_cast<const MappingNode&>(node));
        case Expression::Kind::Attribute: {
            const auto& attribute = static_cast<const AttributeNode&>(node);
            return attributeOf(m_runtime, evaluate(*attribute.object), attribute.name);
        }
        case Expression::Kind::Item: {
            const auto& item = static_cast<const ItemNode&>(node);
            const Value object = evaluate(*item.object);
            return itemOf(m_runtime, object, evaluate(*item.key));
        }
        case Expression::Kind::Slice:
            return evaluateSlice(static_cast<const SliceNode&>(node));
        case Expression::Kind::Call:
            return evaluateCall(static_cast<const CallNode&>(node));
        case Expression::Kind::Filter:
            return evaluateFilter(static_cast<const AppliedNode&>(node));
        case Expression::Kind::Test:
            return evaluateTest(static_cast<const AppliedNode&>(node));
        case Expression::Kind::Unary:
            return evaluateUnary(static_cast<const UnaryNode&>(node));
        case Expression::Kind::Binary:
            return evaluateBinary(static_cast<const BinaryNode&>(node));
        case Expression::Kind::Concat:
            return evaluateConcat(static_cast<const ConcatNode&>(node));
        case Expression::Kind::Logic:
            return evaluateLogic(static_cast<const LogicNode&>(node));
        case Expression::Kind::Compare:
            return evaluateCompare(static_cast<const CompareNode&>(node));
        case Expression::Kind::Conditional:
            return evaluateConditional(static_cast<const ConditionalNode&>(node));
    }
    return {};
}

Value Interpreter::variable(const std::string& name) {
    const Value* found = m_scope->find(name);
    return found ? *found : Value::undefined(m_budget, "\"" + name.substr(0, 100) + "\" is undefined");
}

Value Interpreter::evaluateSequence(const SequenceNode& node) {
    std::vector<Value> items;
    items.reserve(node.items.size());
    for (const auto& item : node.items) items.push_back(evaluate(*item));
    return node.isTuple ? Value::tuple(m_budget, std::move(items)) : Value::list(m_budget, std::move(items));
}

Value Interpreter::evaluateMapping(const MappingNode& node) {
    std::vector<std::pair<Value, Value>> entries;
    entries.reserve(node.entries.size());
    for (const auto& [key, value] : node.entries) {
        Value keyValue = evaluate(*key);
        entries.emplace_back(std::move(keyValue), evaluate(*value));
    }
    return Value::dict(m_budget, std::move(entries));
}

Value Interpreter::evaluateSlice(const SliceNode& node) {
    const Value object = evaluate(*node.object);
    const Value begin = node.begin ? evaluate(*node.begin) : Value();
    const Value end = node.end ? evaluate(*node.end) : Value();
    const Value step = node.step ? evaluate(*node.step) : Value();
    m_line = node.line;
    return sliceOf(m_runtime, object, begin, end, step);
}

Arguments Interpreter::evaluateArguments(const ArgumentNodes& nodes) {
    Arguments arguments;
    for (const auto& node : nodes.positional) arguments.positional.push_back(evaluate(*node));
    for (const auto& [name, node] : nodes.named) arguments.named.emplace_back(name, evaluate(*node));
    if (nodes.list) {
        const std::vector<Value> values = iterated(m_budget, evaluate(*nodes.list));
        checkSpread(values.size());
        arguments.positional.insert(arguments.positional.end(), values.begin(), values.end());
    }
    if (nodes.mapping) {
        const Value mapping = evaluate(*nodes.mapping);
        requireDefined(mapping);
        if (!mapping.isDict()) fail(std::string("\"**\" needs a dict, not a '") + mapping.typeName() + "'");
        checkSpread(mapping.asDict().entries.size());
        for (const auto& [key, value] : mapping.asDict().entries) {
            if (!key.isText()) fail("\"**\" needs a dict whose keys are texts");
            arguments.named.emplace_back(key.asText(), value);
        }
    }
    return arguments;
}

Value Interpreter::evaluateCall(const CallNode& node, const Value* caller) {
    const auto withCaller = [&](Arguments arguments) {
        if (caller) arguments.named.emplace_back("caller", *caller);
        return arguments;
    };
    if (node.callee->kind == Expression::Kind::Attribute) {
        // A method is called as it stands, without a value for it in between.
        const auto& attribute = static_cast<const AttributeNode&>(*node.callee);
        const Value object = evaluate(*attribute.object);
        if (const Method method = methodOf(object, attribute.name)) {
            const Arguments arguments = withCaller(evaluateArguments(node.arguments));
            m_line = node.line;
            return method(m_runtime, object, arguments);
        }
        const Value callee = attributeOf(m_runtime, object, attribute.name);
        Arguments arguments = withCaller(evaluateArguments(node.arguments));
        m_line = node.line;
        return called(m_runtime, callee, arguments);
    }
    const Value callee = evaluate(*node.callee);
    Arguments arguments = withCaller(evaluateArguments(node.arguments));
    m_line = node.line;
    return called(m_runtime, callee, arguments);
}

Value Interpreter::evaluateFilter(const AppliedNode& node) {
    const Value operand = evaluate(*node.operand);
    const Arguments arguments = evaluateArguments(node.arguments);
    m_line = node.line;
    return filtered(m_runtime, node.name, operand, arguments);
}

Value Interpreter::evaluateTest(const AppliedNode& node) {
    const Value operand = evaluate(*node.operand);
    const Arguments arguments = evaluateArguments(node.arguments);
    m_line = node.line;
    return Value::boolean(tested(m_runtime, node.name, operand, arguments));
}

Value Interpreter::evaluateUnary(const UnaryNode& node) {
    const Value operand = evaluate(*node.operand);
    m_line = node.line;
    switch (node.sign) {
        case UnaryNode::Sign::Not:
            return Value::boolean(!truth(operand));
        case UnaryNode::Sign::Minus:
            return negated(operand);
        case UnaryNode::Sign::Plus:
            return positive(operand);
    }
    return {};
}

Value Interpreter::evaluateBinary(const BinaryNode& node) {
    const Value left = evaluate(*node.left);
    const Value right = evaluate(*node.right);
    m_line = node.line;
    return calculated(m_budget, node.op, left, right);
}

Value Interpreter::evaluateConcat(const ConcatNode& node) {
    std::string text;
    for (const auto& part : node.parts) {
        const Value value = evaluate(*part);
        const std::string piece = written(m_budget, value);
        m_budget.checkLength(text.size() + piece.size());
        text += piece;
    }
    return Value::text(m_budget, std::move(text));
}

Value Interpreter::evaluateLogic(const LogicNode& node) {
    const Value left = evaluate(*node.left);
    return truth(left) == node.isAnd ? evaluate(*node.right) : left;
}

bool Interpreter::holds(CompareNode::Relation relation, const Value& left, const Value& right) {
    using Relation = CompareNode::Relation;
    switch (relation) {
        case Relation::Equal:
            return equal(m_budget, left, right);
        case Relation::NotEqual:
            return !equal(m_budget, left, right);
        case Relation::Less:
            return less(m_budget, left, right);
        case Relation::LessOrEqual:
            return lessOrEqual(m_budget, left, right);
        case Relation::Greater:
            return less(m_budget, right, left);
        case Relation::GreaterOrEqual:
            return lessOrEqual(m_budget, right, left);
        case Relation::In:
            return contains(m_budget, right, left);
        case Relation::NotIn:
            return !contains(m_budget, right, left);
    }
    return false;
}

Value Interpreter::evaluateCompare(const CompareNode& node) {
    Value left = evaluate(*node.first);
    for (const auto& [relation, other] : node.others) {
        const Value right = evaluate(*other);
        m_line = node.line;
        if (!holds(relation, left, right)) return Value::boolean(false);
        left = right;
    }
    return Value::boolean(true);
}

Value Interpreter::evaluateConditional(const ConditionalNode& node) {
    if (truth(evaluate(*node.condition))) return evaluate(*node.then);
    if (node.otherwise) return evaluate(*node.otherwise);
    return Value::undefined(m_budget, "an \"if\" without \"else\" was not true");
}

}  // namespace studio::jinja
