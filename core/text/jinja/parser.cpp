// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/parser.h"

#include <algorithm>
#include <array>

#include "core/text/jinja/parser_level.h"
#include "core/text/jinja/problem.h"

namespace studio::jinja {

using Kind = Token::Kind;

const Token& Parser::take() {
    const Token& token = m_tokens[m_at];
    if (m_at + 1 < m_tokens.size()) ++m_at;
    return token;
}

bool Parser::isOperator(std::string_view text) const {
    return current().kind == Kind::Operator && current().text == text;
}

bool Parser::isName(std::string_view name) const {
    return current().kind == Kind::Name && current().text == name;
}

bool Parser::acceptOperator(std::string_view text) {
    if (!isOperator(text)) return false;
    take();
    return true;
}

bool Parser::acceptName(std::string_view name) {
    if (!isName(name)) return false;
    take();
    return true;
}

void Parser::expectOperator(std::string_view text) {
    if (!acceptOperator(text)) failHere("\"" + std::string(text) + "\"");
}

void Parser::expectName(std::string_view name) {
    if (!acceptName(name)) failHere("\"" + std::string(name) + "\"");
}

std::string Parser::expectAnyName() {
    if (current().kind != Kind::Name) failHere("a name");
    return take().text;
}

void Parser::expectBlockEnd() {
    if (current().kind != Kind::BlockEnd) failHere("\"%}\"");
    take();
}

void Parser::failHere(const std::string& what) const {
    fail(what + " was expected, not " + describe(current()));
}

void Parser::checkDepth(std::size_t depth) {
    if (depth > kMostNodeDepth)
        exceeded("it nests more than " + std::to_string(kMostNodeDepth) + " levels deep, the limit");
}

void Parser::adoptBody(Statement& owner, const Body& body) {
    for (const auto& statement : body) owner.depth = std::max(owner.depth, statement->depth + 1);
    checkDepth(owner.depth);
}

Body Parser::parse() {
    try {
        return parseBody({});
    } catch (Problem& problem) {
        if (problem.line == 0) problem.line = current().line;
        throw;
    }
}

/// Up to one of the tags `ends`, whose name is then the current token; without any, up to the template's end.
Body Parser::parseBody(std::initializer_list<std::string_view> ends) {
    Body body;
    while (current().kind != Kind::End) {
        const Token& token = take();
        if (token.kind == Kind::Data) {
            body.push_back(make<DataNode>(token.line, token.text));
        } else if (token.kind == Kind::PrintBegin) {
            auto print = make<PrintNode>(token.line);
            print->value = child(*print, parseTuple(Place::Print));
            if (current().kind != Kind::PrintEnd) failHere("\"}}\"");
            take();
            body.push_back(std::move(print));
        } else {
            if (current().kind != Kind::Name) failHere("the name of a tag");
            if (std::find(ends.begin(), ends.end(), current().text) != ends.end()) return body;
            body.push_back(parseStatement());
            expectBlockEnd();
        }
    }
    if (ends.size() > 0) failHere("the tag \"" + std::string(*(ends.end() - 1)) + "\"");
    return body;
}

/// The end of a tag, the body behind it, and the name of the tag that closes it.
Body Parser::parseBlock(std::string_view end) {
    acceptOperator(":");
    expectBlockEnd();
    Body body = parseBody({end});
    take();
    return body;
}

std::unique_ptr<Statement> Parser::parseStatement() {
    const Level level(m_levels);
    constexpr std::array<std::string_view, 8> kRefused{"include", "import", "from",       "extends",
                                                       "block",   "trans",  "autoescape", "do"};
    const std::string name = current().text;
    if (name == "if") return parseIf();
    if (name == "for") return parseFor();
    if (name == "set") return parseSet();
    if (name == "macro") return parseMacro();
    if (name == "call") return parseCallBlock();
    if (name == "filter") return parseFilterBlock();
    if (name == "with") return parseWith();
    if (name == "generation") return parseGeneration();
    if (name == "print") return parsePrint();
    if (name == "break") return parseLoopControl(Statement::Kind::Break);
    if (name == "continue") return parseLoopControl(Statement::Kind::Continue);
    if (std::find(kRefused.begin(), kRefused.end(), name) != kRefused.end())
        unsupported("the tag \"" + name + "\"");
    fail("the tag \"" + name + "\" is not known here");
}

std::unique_ptr<Statement> Parser::parseIf() {
    auto node = make<IfNode>(take().line);
    while (true) {
        ExpressionPointer condition = child(*node, parseTuple(Place::Head));
        acceptOperator(":");
        expectBlockEnd();
        node->branches.emplace_back(std::move(condition), parseBody({"elif", "else", "endif"}));
        adoptBody(*node, node->branches.back().second);
        const std::string end = take().text;
        if (end == "elif") continue;
        if (end == "else") node->otherwise = parseBlock("endif");
        break;
    }
    adoptBody(*node, node->otherwise);
    return node;
}

std::unique_ptr<Statement> Parser::parseFor() {
    auto node = make<ForNode>(take().line);
    ++m_loops;
    node->target = parseTarget(false);
    expectName("in");
    node->items = child(*node, parseTuple(Place::LoopHead));
    if (acceptName("if")) node->filter = child(*node, parseExpression());
    node->isRecursive = acceptName("recursive");
    acceptOperator(":");
    expectBlockEnd();
    node->body = parseBody({"else", "endfor"});
    --m_loops;
    if (take().text == "else") node->otherwise = parseBlock("endfor");
    adoptBody(*node, node->body);
    adoptBody(*node, node->otherwise);
    return node;
}

std::unique_ptr<Statement> Parser::parseSet() {
    const std::size_t line = take().line;
    Target target = parseTarget(true);
    if (acceptOperator("=")) {
        auto node = make<SetNode>(line);
        node->target = std::move(target);
        node->value = child(*node, parseTuple(Place::Print));
        return node;
    }
    auto node = make<SetBlockNode>(line);
    node->target = std::move(target);
    if (isOperator("|")) {
        node->filters = make<InputNode>(line);
        while (acceptOperator("|")) node->filters = parseFilter(std::move(node->filters));
        adopt(*node, *node->filters);
    }
    node->body = parseBlock("endset");
    adoptBody(*node, node->body);
    return node;
}

void Parser::parseParameters(Signature& signature) {
    expectOperator("(");
    while (!isOperator(")")) {
        if (!signature.parameters.empty()) expectOperator(",");
        signature.parameters.push_back(parseOneTarget(false).name);
        if (acceptOperator("=")) {
            signature.defaults.push_back(parseExpression());
        } else if (!signature.defaults.empty()) {
            fail("a parameter without a default stands behind one that has one");
        }
    }
    expectOperator(")");
}

void Parser::parseMacroBody(Signature& signature, std::string_view end) {
    m_macros.emplace_back();
    const std::size_t loops = std::exchange(m_loops, 0);
    signature.body = parseBlock(end);
    m_loops = loops;
    const Uses uses = m_macros.back();
    m_macros.pop_back();
    const auto isParameter = [&](const char* name) {
        return std::find(signature.parameters.begin(), signature.parameters.end(), name) !=
               signature.parameters.end();
    };
    signature.usesCaller = uses.caller && !isParameter("caller");
    signature.usesKwargs = uses.kwargs && !isParameter("kwargs");
    signature.usesVarargs = uses.varargs && !isParameter("varargs");
    if (m_macros.empty()) return;
    m_macros.back().caller |= uses.caller;
    m_macros.back().kwargs |= uses.kwargs;
    m_macros.back().varargs |= uses.varargs;
}

std::unique_ptr<Statement> Parser::parseMacro() {
    auto node = make<MacroNode>(take().line);
    node->macro.name = parseOneTarget(false).name;
    parseParameters(node->macro);
    parseMacroBody(node->macro, "endmacro");
    for (const auto& value : node->macro.defaults) adopt(*node, *value);
    adoptBody(*node, node->macro.body);
    return node;
}

std::unique_ptr<Statement> Parser::parseCallBlock() {
    auto node = make<CallBlockNode>(take().line);
    node->caller.name = "caller";
    if (isOperator("(")) parseParameters(node->caller);
    node->call = child(*node, parseExpression());
    if (node->call->kind != Expression::Kind::Call) fail("the tag \"call\" needs a call of a macro");
    parseMacroBody(node->caller, "endcall");
    for (const auto& value : node->caller.defaults) adopt(*node, *value);
    adoptBody(*node, node->caller.body);
    return node;
}

std::unique_ptr<Statement> Parser::parseFilterBlock() {
    auto node = make<FilterBlockNode>(take().line);
    node->filters = parseFilter(make<InputNode>(node->line));
    while (acceptOperator("|")) node->filters = parseFilter(std::move(node->filters));
    adopt(*node, *node->filters);
    node->body = parseBlock("endfilter");
    adoptBody(*node, node->body);
    return node;
}

std::unique_ptr<Statement> Parser::parseWith() {
    auto node = make<WithNode>(take().line);
    while (current().kind != Kind::BlockEnd && !isOperator(":")) {
        if (!node->values.empty()) expectOperator(",");
        Target target = parseTarget(false);
        expectOperator("=");
        node->values.emplace_back(std::move(target), child(*node, parseExpression()));
    }
    node->body = parseBlock("endwith");
    adoptBody(*node, node->body);
    return node;
}

std::unique_ptr<Statement> Parser::parseGeneration() {
    auto node = make<ScopeNode>(take().line);
    const std::size_t loops = std::exchange(m_loops, 0);  // its body is a function to Jinja
    node->body = parseBlock("endgeneration");
    m_loops = loops;
    adoptBody(*node, node->body);
    return node;
}

std::unique_ptr<Statement> Parser::parsePrint() {
    const std::size_t line = take().line;
    auto node = make<PrintNode>(line);
    auto parts = make<ConcatNode>(line);
    while (current().kind != Kind::BlockEnd) {
        if (!parts->parts.empty()) expectOperator(",");
        parts->parts.push_back(child(*parts, parseExpression()));
    }
    node->value = child(*node, std::move(parts));
    return node;
}

std::unique_ptr<Statement> Parser::parseLoopControl(Statement::Kind kind) {
    const Token& token = take();
    if (m_loops == 0) fail("the tag \"" + token.text + "\" stands outside of a loop");
    return make<LoopControlNode>(token.line, kind);
}

Target Parser::parseOneTarget(bool withNamespace) {
    const Level level(m_levels);
    Target target;
    target.line = current().line;
    if (acceptOperator("(")) {
        target = parseTarget(withNamespace);
        expectOperator(")");
        return target;
    }
    target.name = expectAnyName();
    constexpr std::array<std::string_view, 6> kConstants{"true", "false", "none", "True", "False", "None"};
    if (std::find(kConstants.begin(), kConstants.end(), target.name) != kConstants.end())
        fail("nothing can be assigned to \"" + target.name + "\"");
    if (target.name == "loop" && m_loops > 0) fail("nothing can be assigned to \"loop\" within a loop");
    if (withNamespace && acceptOperator(".")) target.attribute = expectAnyName();
    return target;
}

Target Parser::parseTarget(bool withNamespace) {
    Target first = parseOneTarget(withNamespace);
    if (!isOperator(",")) return first;
    Target tuple;
    tuple.isTuple = true;
    tuple.line = first.line;
    tuple.parts.push_back(std::move(first));
    while (acceptOperator(",")) {
        if (isName("in") || isOperator("=") || isOperator(")") || current().kind == Kind::BlockEnd) break;
        tuple.parts.push_back(parseOneTarget(withNamespace));
    }
    return tuple;
}

}  // namespace studio::jinja
