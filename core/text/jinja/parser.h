// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/jinja/lexer.h"
#include "core/text/jinja/nodes.h"

namespace studio::jinja {

/// Builds the tree of one template by the grammar of Jinja 3 with the extensions that Hugging Face
/// Transformers turns on (break, continue, generation). Throws Problem with its line: TemplateInvalid for
/// what is no Jinja, UnsupportedFormat naming a tag that is not carried out here (include, import, extends,
/// block, …). Bounded: a tree deeper than kMostNodeDepth is refused.
class Parser {
public:
    explicit Parser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}
    Body parse();

private:
    // Tokens.
    const Token& current() const { return m_tokens[m_at]; }
    const Token& following() const { return m_tokens[m_at + 1 < m_tokens.size() ? m_at + 1 : m_at]; }
    const Token& take();
    bool isOperator(std::string_view text) const;
    bool isName(std::string_view name) const;
    bool acceptOperator(std::string_view text);
    bool acceptName(std::string_view name);
    void expectOperator(std::string_view text);
    void expectName(std::string_view name);
    std::string expectAnyName();
    [[noreturn]] void failHere(const std::string& what) const;
    void expectBlockEnd();

    // Statements (parser.cpp).
    Body parseBody(std::initializer_list<std::string_view> ends);
    Body parseBlock(std::string_view end);
    std::unique_ptr<Statement> parseStatement();
    std::unique_ptr<Statement> parseIf();
    std::unique_ptr<Statement> parseFor();
    std::unique_ptr<Statement> parseSet();
    std::unique_ptr<Statement> parseMacro();
    std::unique_ptr<Statement> parseCallBlock();
    std::unique_ptr<Statement> parseFilterBlock();
    std::unique_ptr<Statement> parseWith();
    std::unique_ptr<Statement> parseGeneration();
    std::unique_ptr<Statement> parsePrint();
    std::unique_ptr<Statement> parseLoopControl(Statement::Kind kind);
    void parseParameters(Signature& signature);
    void parseMacroBody(Signature& signature, std::string_view end);
    Target parseTarget(bool withNamespace);
    Target parseOneTarget(bool withNamespace);

    // Expressions (parser_expressions.cpp), from the weakest binding to the strongest.
    /// Where several expressions may stand between commas. In the head of a block "a if b" is not one
    /// expression.
    enum class Place { Print, Brackets, Head, LoopHead };
    ExpressionPointer parseTuple(Place place);
    ExpressionPointer parseExpression();
    ExpressionPointer parseOr();
    ExpressionPointer parseAnd();
    ExpressionPointer parseNot();
    ExpressionPointer parseCompare();
    ExpressionPointer parseSum();
    ExpressionPointer parseConcat();
    ExpressionPointer parseProduct();
    ExpressionPointer parsePower();
    ExpressionPointer parseUnary(bool withFilters);
    ExpressionPointer parsePrimary();
    ExpressionPointer parseName();
    ExpressionPointer parseList();
    ExpressionPointer parseMapping();
    ExpressionPointer parsePostfix(ExpressionPointer operand);
    ExpressionPointer parseFilters(ExpressionPointer operand);
    ExpressionPointer parseFilter(ExpressionPointer operand);
    ExpressionPointer parseTest(ExpressionPointer operand);
    ExpressionPointer parseSubscript(ExpressionPointer object);
    ExpressionPointer parseCall(ExpressionPointer callee);
    void parseArguments(Expression& owner, ArgumentNodes& arguments);
    bool endsTuple(Place place) const;

    // Depth.
    class Level;
    static void checkDepth(std::size_t depth);
    template <typename Node>
    void adopt(Node& owner, const Expression& part) {
        owner.depth = owner.depth > part.depth ? owner.depth : part.depth + 1;
        checkDepth(owner.depth);
    }
    template <typename Node>
    ExpressionPointer child(Node& owner, ExpressionPointer part) {
        adopt(owner, *part);
        return part;
    }
    void adoptBody(Statement& owner, const Body& body);
    template <typename Node, typename... Arguments>
    std::unique_ptr<Node> make(std::size_t line, Arguments&&... arguments) {
        auto node = std::make_unique<Node>(std::forward<Arguments>(arguments)...);
        node->line = line;
        return node;
    }
    template <typename Node>
    ExpressionPointer joined(std::unique_ptr<Node> node, ExpressionPointer left, ExpressionPointer right) {
        node->left = child(*node, std::move(left));
        node->right = child(*node, std::move(right));
        return node;
    }

    /// Which special names a macro's body reads; those of inner macros count for the outer ones, too.
    struct Uses {
        bool caller = false, kwargs = false, varargs = false;
    };

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    std::size_t m_levels = 0;
    std::size_t m_loops = 0;  ///< around this place, within its macro
    std::vector<Uses> m_macros;
};

}  // namespace studio::jinja
