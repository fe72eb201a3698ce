// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The expressions of core/text/jinja/parser.h.
#include "core/text/jinja/parser.h"

#include <optional>

#include "core/text/jinja/parser_level.h"
#include "core/text/jinja/problem.h"

namespace studio::jinja {

using Kind = Token::Kind;

bool Parser::endsTuple(Place place) const {
    return current().kind == Kind::PrintEnd || current().kind == Kind::BlockEnd || isOperator(")") ||
           (place == Place::LoopHead && isName("recursive"));
}

ExpressionPointer Parser::parseTuple(Place place) {
    const bool withCondition = place == Place::Print || place == Place::Brackets;
    const std::size_t line = current().line;
    auto tuple = make<SequenceNode>(line, true);
    bool hasComma = false;
    while (!endsTuple(place)) {
        tuple->items.push_back(child(*tuple, withCondition ? parseExpression() : parseOr()));
        if (!acceptOperator(",")) break;
        hasComma = true;
    }
    if (hasComma) return tuple;
    if (!tuple->items.empty()) return std::move(tuple->items.front());
    if (place != Place::Brackets) failHere("an expression");
    return tuple;
}

ExpressionPointer Parser::parseExpression() {
    const Level level(m_levels);
    ExpressionPointer then = parseOr();
    while (isName("if")) {
        auto node = make<ConditionalNode>(take().line);
        node->condition = child(*node, parseOr());
        node->then = child(*node, std::move(then));
        if (acceptName("else")) node->otherwise = child(*node, parseExpression());
        then = std::move(node);
    }
    return then;
}

ExpressionPointer Parser::parseOr() {
    ExpressionPointer left = parseAnd();
    while (isName("or")) {
        const std::size_t line = take().line;
        left = joined(make<LogicNode>(line, false), std::move(left), parseAnd());
    }
    return left;
}

ExpressionPointer Parser::parseAnd() {
    ExpressionPointer left = parseNot();
    while (isName("and")) {
        const std::size_t line = take().line;
        left = joined(make<LogicNode>(line, true), std::move(left), parseNot());
    }
    return left;
}

ExpressionPointer Parser::parseNot() {
    const Level level(m_levels);
    if (!isName("not")) return parseCompare();
    auto node = make<UnaryNode>(take().line, UnaryNode::Sign::Not);
    node->operand = child(*node, parseNot());
    return node;
}

ExpressionPointer Parser::parseCompare() {
    using Relation = CompareNode::Relation;
    ExpressionPointer first = parseSum();
    std::unique_ptr<CompareNode> node;
    const auto relation = [&]() -> std::optional<Relation> {
        if (acceptOperator("==")) return Relation::Equal;
        if (acceptOperator("!=")) return Relation::NotEqual;
        if (acceptOperator("<=")) return Relation::LessOrEqual;
        if (acceptOperator("<")) return Relation::Less;
        if (acceptOperator(">=")) return Relation::GreaterOrEqual;
        if (acceptOperator(">")) return Relation::Greater;
        if (acceptName("in")) return Relation::In;
        if (isName("not") && following().kind == Kind::Name && following().text == "in") {
            take();
            take();
            return Relation::NotIn;
        }
        return std::nullopt;
    };
    for (std::size_t line = current().line; const auto found = relation(); line = current().line) {
        if (!node) {
            node = make<CompareNode>(line);
            node->first = child(*node, std::move(first));
        }
        node->others.emplace_back(*found, child(*node, parseSum()));
    }
    if (node) return node;
    return first;
}

ExpressionPointer Parser::parseSum() {
    ExpressionPointer left = parseConcat();
    while (isOperator("+") || isOperator("-")) {
        const Token& token = take();
        const Operator op = token.text == "+" ? Operator::Add : Operator::Subtract;
        left = joined(make<BinaryNode>(token.line, op), std::move(left), parseConcat());
    }
    return left;
}

ExpressionPointer Parser::parseConcat() {
    ExpressionPointer first = parseProduct();
    if (!isOperator("~")) return first;
    auto node = make<ConcatNode>(current().line);
    node->parts.push_back(child(*node, std::move(first)));
    while (acceptOperator("~")) node->parts.push_back(child(*node, parseProduct()));
    return node;
}

ExpressionPointer Parser::parseProduct() {
    ExpressionPointer left = parsePower();
    while (isOperator("*") || isOperator("/") || isOperator("//") || isOperator("%")) {
        const Token& token = take();
        const Operator op = token.text == "*"    ? Operator::Multiply
                            : token.text == "/"  ? Operator::Divide
                            : token.text == "//" ? Operator::FloorDivide
                                                 : Operator::Modulo;
        left = joined(make<BinaryNode>(token.line, op), std::move(left), parsePower());
    }
    return left;
}

ExpressionPointer Parser::parsePower() {
    ExpressionPointer left = parseUnary(true);
    while (isOperator("**")) {
        const std::size_t line = take().line;
        left = joined(make<BinaryNode>(line, Operator::Power), std::move(left), parseUnary(true));
    }
    return left;
}

ExpressionPointer Parser::parseUnary(bool withFilters) {
    const Level level(m_levels);
    ExpressionPointer operand;
    if (isOperator("-") || isOperator("+")) {
        const Token& token = take();
        auto node =
            make<UnaryNode>(token.line, token.text == "-" ? UnaryNode::Sign::Minus : UnaryNode::Sign::Plus);
        node->operand = child(*node, parseUnary(false));
        operand = std::move(node);
    } else {
        operand = parsePrimary();
    }
    operand = parsePostfix(std::move(operand));
    return withFilters ? parseFilters(std::move(operand)) : std::move(operand);
}

ExpressionPointer Parser::parsePrimary() {
    const Token& token = current();
    switch (token.kind) {
        case Kind::Name:
            return parseName();
        case Kind::Text: {
            std::string text = take().text;
            while (current().kind == Kind::Text) text += take().text;
            return make<LiteralNode>(token.line, Value::constant(std::move(text)));
        }
        case Kind::Whole:
            return make<LiteralNode>(token.line, Value::integer(take().whole));
        case Kind::Real:
            return make<LiteralNode>(token.line, Value::real(take().real));
        default:
            break;
    }
    if (isOperator("[")) return parseList();
    if (isOperator("{")) return parseMapping();
    if (!acceptOperator("(")) failHere("a value");
    ExpressionPointer inner = parseTuple(Place::Brackets);
    expectOperator(")");
    return inner;
}

ExpressionPointer Parser::parseName() {
    const Token& token = take();
    const std::string& name = token.text;
    if (name == "true" || name == "True") return make<LiteralNode>(token.line, Value::boolean(true));
    if (name == "false" || name == "False") return make<LiteralNode>(token.line, Value::boolean(false));
    if (name == "none" || name == "None") return make<LiteralNode>(token.line, Value());
    if (!m_macros.empty()) {
        m_macros.back().caller |= name == "caller";
        m_macros.back().kwargs |= name == "kwargs";
        m_macros.back().varargs |= name == "varargs";
    }
    return make<NameNode>(token.line, name);
}

ExpressionPointer Parser::parseList() {
    auto node = make<SequenceNode>(take().line, false);
    while (!isOperator("]")) {
        node->items.push_back(child(*node, parseExpression()));
        if (!isOperator("]")) expectOperator(",");
    }
    take();
    return node;
}

ExpressionPointer Parser::parseMapping() {
    auto node = make<MappingNode>(take().line);
    while (!isOperator("}")) {
        ExpressionPointer key = child(*node, parseExpression());
        expectOperator(":");
        ExpressionPointer value = child(*node, parseExpression());
        node->entries.emplace_back(std::move(key), std::move(value));
        if (!isOperator("}")) expectOperator(",");
    }
    take();
    return node;
}

ExpressionPointer Parser::parsePostfix(ExpressionPointer operand) {
    while (true) {
        if (isOperator(".") || isOperator("[")) {
            operand = parseSubscript(std::move(operand));
        } else if (isOperator("(")) {
            operand = parseCall(std::move(operand));
        } else {
            return operand;
        }
    }
}

ExpressionPointer Parser::parseFilters(ExpressionPointer operand) {
    while (true) {
        if (acceptOperator("|")) {
            operand = parseFilter(std::move(operand));
        } else if (isName("is")) {
            operand = parseTest(std::move(operand));
        } else if (isOperator("(")) {
            operand = parseCall(std::move(operand));
        } else {
            return operand;
        }
    }
}

ExpressionPointer Parser::parseFilter(ExpressionPointer operand) {
    auto node = make<AppliedNode>(current().line, Expression::Kind::Filter);
    node->operand = child(*node, std::move(operand));
    node->name = expectAnyName();
    while (acceptOperator(".")) node->name += "." + expectAnyName();
    if (isOperator("(")) parseArguments(*node, node->arguments);
    return node;
}

ExpressionPointer Parser::parseTest(ExpressionPointer operand) {
    const std::size_t line = take().line;
    const bool isNegated = acceptName("not");
    auto node = make<AppliedNode>(line, Expression::Kind::Test);
    node->operand = child(*node, std::move(operand));
    node->name = expectAnyName();
    while (acceptOperator(".")) node->name += "." + expectAnyName();
    const bool beginsValue = current().kind == Kind::Name || current().kind == Kind::Text ||
                             current().kind == Kind::Whole || current().kind == Kind::Real ||
                             isOperator("[") || isOperator("{");
    // "x is divisibleby 3": one argument needs no brackets.
    if (isOperator("(")) {
        parseArguments(*node, node->arguments);
    } else if (beginsValue && !isName("else") && !isName("or") && !isName("and")) {
        if (isName("is")) fail("one \"is\" cannot follow another");
        node->arguments.positional.push_back(child(*node, parsePostfix(parsePrimary())));
    }
    if (!isNegated) return node;
    auto negation = make<UnaryNode>(line, UnaryNode::Sign::Not);
    negation->operand = child(*negation, std::move(node));
    return negation;
}

ExpressionPointer Parser::parseSubscript(ExpressionPointer object) {
    const Token& token = take();
    if (token.text == ".") {
        if (current().kind == Kind::Whole) {
            auto node = make<ItemNode>(token.line);
            node->object = child(*node, std::move(object));
            node->key = make<LiteralNode>(token.line, Value::integer(take().whole));
            return node;
        }
        auto node = make<AttributeNode>(token.line);
        node->object = child(*node, std::move(object));
        node->name = expectAnyName();
        return node;
    }
    ExpressionPointer begin = isOperator(":") ? nullptr : parseExpression();
    if (!isOperator(":")) {
        auto node = make<ItemNode>(token.line);
        node->object = child(*node, std::move(object));
        if (isOperator(",")) unsupported("a place of several parts within \"[ ]\"");
        node->key = child(*node, std::move(begin));
        expectOperator("]");
        return node;
    }
    auto node = make<SliceNode>(token.line);
    node->object = child(*node, std::move(object));
    if (begin) node->begin = child(*node, std::move(begin));
    expectOperator(":");
    if (!isOperator(":") && !isOperator("]")) node->end = child(*node, parseExpression());
    if (acceptOperator(":") && !isOperator("]")) node->step = child(*node, parseExpression());
    expectOperator("]");
    return node;
}

ExpressionPointer Parser::parseCall(ExpressionPointer callee) {
    auto node = make<CallNode>(current().line);
    node->callee = child(*node, std::move(callee));
    parseArguments(*node, node->arguments);
    return node;
}

void Parser::parseArguments(Expression& owner, ArgumentNodes& arguments) {
    expectOperator("(");
    while (!isOperator(")")) {
        const bool isNamed =
            current().kind == Kind::Name && following().kind == Kind::Operator && following().text == "=";
        if (acceptOperator("*")) {
            if (arguments.list || arguments.mapping) fail("a call has two \"*\", or one behind \"**\"");
            arguments.list = child(owner, parseExpression());
        } else if (acceptOperator("**")) {
            if (arguments.mapping) fail("a call has two \"**\"");
            arguments.mapping = child(owner, parseExpression());
        } else if (isNamed) {
            if (arguments.mapping) fail("a call has an argument behind \"**\"");
            std::string name = take().text;
            take();
            arguments.named.emplace_back(std::move(name), child(owner, parseExpression()));
        } else {
            if (arguments.list || arguments.mapping || !arguments.named.empty())
                fail("a call has an argument without a name behind one with a name");
            arguments.positional.push_back(child(owner, parseExpression()));
        }
        if (!isOperator(")")) expectOperator(",");
    }
    take();
}

}  // namespace studio::jinja
