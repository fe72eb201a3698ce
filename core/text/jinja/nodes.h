// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/text/jinja/arithmetic.h"
#include "core/text/jinja/value.h"

/// The tree of a parsed template. Immutable once parsed, so that several threads may render it.
namespace studio::jinja {

struct Expression {
    enum class Kind {
        Literal,
        Name,
        Input,
        Sequence,
        Mapping,
        Attribute,
        Item,
        Slice,
        Call,
        Filter,
        Test,
        Unary,
        Binary,
        Concat,
        Logic,
        Compare,
        Conditional
    };
    explicit Expression(Kind nodeKind) : kind(nodeKind) {}
    virtual ~Expression() = default;
    Expression(const Expression&) = delete;
    Expression& operator=(const Expression&) = delete;

    const Kind kind;
    std::size_t line = 0;
    std::size_t depth = 1;  ///< levels of nodes below and with this one
};
using ExpressionPointer = std::unique_ptr<Expression>;
using Expressions = std::vector<ExpressionPointer>;

struct LiteralNode : Expression {
    explicit LiteralNode(Value literal) : Expression(Kind::Literal), value(std::move(literal)) {}
    Value value;
};

struct NameNode : Expression {
    explicit NameNode(std::string variable) : Expression(Kind::Name), name(std::move(variable)) {}
    std::string name;
};

/// What a filter of a block is given: the block's text.
struct InputNode : Expression {
    InputNode() : Expression(Kind::Input) {}
};

struct SequenceNode : Expression {
    explicit SequenceNode(bool tuple) : Expression(Kind::Sequence), isTuple(tuple) {}
    bool isTuple;
    Expressions items;
};

struct MappingNode : Expression {
    MappingNode() : Expression(Kind::Mapping) {}
    std::vector<std::pair<ExpressionPointer, ExpressionPointer>> entries;
};

struct AttributeNode : Expression {
    AttributeNode() : Expression(Kind::Attribute) {}
    ExpressionPointer object;
    std::string name;
};

struct ItemNode : Expression {
    ItemNode() : Expression(Kind::Item) {}
    ExpressionPointer object;
    ExpressionPointer key;
};

struct SliceNode : Expression {
    SliceNode() : Expression(Kind::Slice) {}
    ExpressionPointer object;
    ExpressionPointer begin, end, step;  ///< each may be null
};

/// What stands between the brackets of a call.
struct ArgumentNodes {
    Expressions positional;
    std::vector<std::pair<std::string, ExpressionPointer>> named;
    ExpressionPointer list;     ///< behind "*"; may be null
    ExpressionPointer mapping;  ///< behind "**"; may be null
};

struct CallNode : Expression {
    CallNode() : Expression(Kind::Call) {}
    ExpressionPointer callee;
    ArgumentNodes arguments;
};

/// A filter or a test, which differ only in where their names are looked up.
struct AppliedNode : Expression {
    explicit AppliedNode(Kind filterOrTest) : Expression(filterOrTest) {}
    ExpressionPointer operand;
    std::string name;
    ArgumentNodes arguments;
};

struct UnaryNode : Expression {
    enum class Sign { Not, Minus, Plus };
    explicit UnaryNode(Sign unary) : Expression(Kind::Unary), sign(unary) {}
    Sign sign;
    ExpressionPointer operand;
};

struct BinaryNode : Expression {
    explicit BinaryNode(Operator binary) : Expression(Kind::Binary), op(binary) {}
    Operator op;
    ExpressionPointer left, right;
};

struct ConcatNode : Expression {
    ConcatNode() : Expression(Kind::Concat) {}
    Expressions parts;
};

struct LogicNode : Expression {
    explicit LogicNode(bool logicalAnd) : Expression(Kind::Logic), isAnd(logicalAnd) {}
    bool isAnd;
    ExpressionPointer left, right;
};

struct CompareNode : Expression {
    enum class Relation { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, In, NotIn };
    CompareNode() : Expression(Kind::Compare) {}
    ExpressionPointer first;
    std::vector<std::pair<Relation, ExpressionPointer>> others;  ///< a < b < c is a < b and b < c
};

struct ConditionalNode : Expression {
    ConditionalNode() : Expression(Kind::Conditional) {}
    ExpressionPointer condition, then;
    ExpressionPointer otherwise;  ///< may be null: undefined
};

/// Where a value goes: a name, an attribute of a namespace, or several of them at once.
struct Target {
    std::string name;
    std::string attribute;      ///< empty: the name itself
    std::vector<Target> parts;  ///< used where isTuple
    bool isTuple = false;
    std::size_t line = 0;
};

struct Statement {
    enum class Kind {
        Data,
        Print,
        If,
        For,
        Set,
        SetBlock,
        Macro,
        CallBlock,
        FilterBlock,
        With,
        Scope,
        Break,
        Continue
    };
    explicit Statement(Kind nodeKind) : kind(nodeKind) {}
    virtual ~Statement() = default;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    const Kind kind;
    std::size_t line = 0;
    std::size_t depth = 1;
};
using Body = std::vector<std::unique_ptr<Statement>>;

struct DataNode : Statement {
    explicit DataNode(std::string data) : Statement(Kind::Data), text(std::move(data)) {}
    std::string text;
};

struct PrintNode : Statement {
    PrintNode() : Statement(Kind::Print) {}
    ExpressionPointer value;
};

struct IfNode : Statement {
    IfNode() : Statement(Kind::If) {}
    std::vector<std::pair<ExpressionPointer, Body>> branches;
    Body otherwise;
};

struct ForNode : Statement {
    ForNode() : Statement(Kind::For) {}
    Target target;
    ExpressionPointer items;
    ExpressionPointer filter;  ///< may be null
    Body body;
    Body otherwise;
    bool isRecursive = false;
};

struct SetNode : Statement {
    SetNode() : Statement(Kind::Set) {}
    Target target;
    ExpressionPointer value;
};

struct SetBlockNode : Statement {
    SetBlockNode() : Statement(Kind::SetBlock) {}
    Target target;
    ExpressionPointer filters;  ///< of an InputNode; null: none
    Body body;
};

/// Names, defaults of the last of them, and a body.
struct Signature {
    std::string name;
    std::vector<std::string> parameters;
    Expressions defaults;
    Body body;
    bool usesCaller = false;
    bool usesKwargs = false;
    bool usesVarargs = false;
};

struct MacroNode : Statement {
    MacroNode() : Statement(Kind::Macro) {}
    Signature macro;
};

struct CallBlockNode : Statement {
    CallBlockNode() : Statement(Kind::CallBlock) {}
    Signature caller;
    ExpressionPointer call;  ///< a CallNode
};

struct FilterBlockNode : Statement {
    FilterBlockNode() : Statement(Kind::FilterBlock) {}
    ExpressionPointer filters;  ///< of an InputNode
    Body body;
};

struct WithNode : Statement {
    WithNode() : Statement(Kind::With) {}
    std::vector<std::pair<Target, ExpressionPointer>> values;
    Body body;
};

/// A body whose names end with it: Hugging Face's `generation`.
struct ScopeNode : Statement {
    ScopeNode() : Statement(Kind::Scope) {}
    Body body;
};

/// `break` or `continue`.
struct LoopControlNode : Statement {
    explicit LoopControlNode(Kind breakOrContinue) : Statement(breakOrContinue) {}
};

}  // namespace studio::jinja
