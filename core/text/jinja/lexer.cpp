// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/lexer.h"

#include <algorithm>
#include <array>

#include "core/text/jinja/characters.h"
#include "core/text/jinja/literals.h"
#include "core/text/jinja/problem.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

using Kind = Token::Kind;
constexpr std::size_t kNowhere = std::string_view::npos;

std::string withPlainLineBreaks(std::string_view source) {
    std::string text;
    text.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\r') {
            if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
            text += '\n';
        } else {
            text += source[i];
        }
    }
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : m_text(withPlainLineBreaks(source)) {}

    std::vector<Token> tokens() {
        try {
            while (m_at < m_text.size()) readData();
            add(Kind::End, {});
        } catch (Problem& problem) {
            if (problem.line == 0) problem.line = lineHere();
            throw;
        }
        return std::move(m_tokens);
    }

private:
    std::string_view rest() const { return std::string_view(m_text).substr(m_at); }
    bool startsWith(std::string_view part) const { return rest().substr(0, part.size()) == part; }

    std::size_t lineHere() {
        m_line +=
            static_cast<std::size_t>(std::count(m_text.begin() + static_cast<std::ptrdiff_t>(m_counted),
                                                m_text.begin() + static_cast<std::ptrdiff_t>(m_at), '\n'));
        m_counted = m_at;
        return m_line;
    }

    Token& add(Kind kind, std::string_view text) {
        Token token;
        token.kind = kind;
        token.text = text;
        token.line = lineHere();
        m_tokens.push_back(std::move(token));
        return m_tokens.back();
    }

    void skipSpace() {
        while (m_at < m_text.size()) {
            std::size_t next = m_at;
            if (!isSpace(nextCodePoint(m_text, next))) return;
            m_at = next;
        }
    }

    bool accept(std::string_view part) {
        if (!startsWith(part)) return false;
        m_at += part.size();
        return true;
    }

    /// The sign behind "{%", "{{" or "{#".
    char acceptSign() {
        if (m_at == m_text.size() || (m_text[m_at] != '-' && m_text[m_at] != '+')) return 0;
        return m_text[m_at++];
    }

    /// The end of a tag, with the white space that it takes along; `close` is "%}", "}}" or "#}".
    bool acceptEnd(std::string_view close) {
        const bool print = close == "}}";
        const bool signedEnd = startsWith("-") || (!print && startsWith("+"));
        if (signedEnd && rest().substr(1, 2) == close) {
            const bool strips = m_text[m_at] == '-';
            m_at += 3;
            if (strips) skipSpace();
        } else if (startsWith(close)) {
            m_at += 2;
            if (!print) accept("\n");
        } else {
            return false;
        }
        m_lineStarts = m_text[m_at - 1] == '\n';
        return true;
    }

    /// Text up to the next tag, and that tag.
    void readData() {
        const std::size_t begin = m_at;
        std::size_t tag = m_text.find('{', begin);
        while (tag != kNowhere &&
               (tag + 1 == m_text.size() || std::string_view("{%#").find(m_text[tag + 1]) == kNowhere))
            tag = m_text.find('{', tag + 1);
        if (tag == kNowhere) {
            add(Kind::Data, rest());
            m_at = m_text.size();
            return;
        }
        const char kind = m_text[tag + 1];
        const char sign = tag + 2 < m_text.size() ? m_text[tag + 2] : '\0';
        addData(std::string_view(m_text).substr(begin, tag - begin), sign, kind == '{');
        m_at = tag + 2;
        acceptSign();
        if (kind == '#') return skipComment();
        if (kind == '{') return readTag(Kind::PrintBegin, Kind::PrintEnd, "}}");
        if (!readRaw()) readTag(Kind::BlockBegin, Kind::BlockEnd, "%}");
    }

    /// `text` ends before a tag with this sign, which may take white space away from it.
    void addData(std::string_view text, char sign, bool beforePrint) {
        if (sign == '-') {
            text = stripped(text, Side::Right);
        } else if (sign != '+' && !beforePrint) {
            const std::size_t lastBreak = text.rfind('\n');
            const std::size_t lineBegin = lastBreak == kNowhere ? 0 : lastBreak + 1;
            const bool beginsLine = lineBegin > 0 || m_lineStarts;
            if (beginsLine && stripped(text.substr(lineBegin), Side::Both).empty())
                text = text.substr(0, lineBegin);
        }
        if (!text.empty()) add(Kind::Data, text);
        m_lineStarts = false;
    }

    void skipComment() {
        const std::size_t close = m_text.find("#}", m_at);
        if (close == kNowhere) fail("a comment is not closed by \"#}\"");
        const bool isSigned = close > m_at && (m_text[close - 1] == '-' || m_text[close - 1] == '+');
        m_at = isSigned ? close - 1 : close;
        acceptEnd("#}");
    }

    /// Behind "{%": the whole of a raw block, or nothing where none begins here.
    bool readRaw() {
        const std::size_t begin = m_at;
        skipSpace();
        bool found = accept("raw");
        skipSpace();
        if (found && accept("-%}")) {
            skipSpace();
        } else if (!found || !accept("%}")) {
            m_at = begin;
            return false;
        }
        m_lineStarts = m_text[m_at - 1] == '\n';
        readRawBody();
        return true;
    }

    void readRawBody() {
        const std::size_t begin = m_at;
        for (std::size_t tag = m_text.find("{%", begin); tag != kNowhere; tag = m_text.find("{%", tag + 2)) {
            m_at = tag + 2;
            const char sign = acceptSign();
            skipSpace();
            if (!accept("endraw")) continue;
            skipSpace();
            const bool startsLine = m_lineStarts;
            if (!acceptEnd("%}")) continue;
            const bool behind = m_lineStarts;
            const std::size_t end = m_at;
            m_at = begin;
            m_lineStarts = startsLine;
            addData(std::string_view(m_text).substr(begin, tag - begin), sign, false);
            m_at = end;
            m_lineStarts = behind;
            return;
        }
        m_at = begin;
        fail("a raw block is not closed by \"endraw\"");
    }

    void readTag(Kind begin, Kind end, std::string_view close) {
        m_brackets.clear();
        add(begin, {});
        while (m_at < m_text.size()) {
            const std::size_t from = m_at;
            if (m_brackets.empty() && acceptEnd(close)) {
                const std::size_t behind = m_at;
                m_at = from;
                add(end, {});
                m_at = behind;
                return;
            }
            skipSpace();
            if (m_at == from) readToken();
        }
        fail("the template ends within a tag");
    }

    void readToken() {
        const auto c = static_cast<unsigned char>(m_text[m_at]);
        if (c >= '0' && c <= '9') return readNumber();
        if (c == '\'' || c == '"') return readText();
        std::size_t next = m_at;
        if (isWordCharacter(nextCodePoint(m_text, next))) return readName();
        readOperator();
    }

    void readNumber() {
        const NumberLiteral number = numberLiteral(rest());
        Token& token = add(number.isReal ? Kind::Real : Kind::Whole, rest().substr(0, number.length));
        token.whole = number.whole;
        token.real = number.real;
        m_at += number.length;
    }

    void readText() {
        const std::size_t length = textLiteralLength(rest());
        if (length == 0) fail("a text in quotes is not closed");
        add(Kind::Text, textLiteral(rest().substr(1, length - 2)));
        m_at += length;
    }

    void readName() {
        std::size_t end = m_at;
        while (end < m_text.size()) {
            std::size_t next = end;
            if (!isWordCharacter(nextCodePoint(m_text, next))) break;
            end = next;
        }
        add(Kind::Name, std::string_view(m_text).substr(m_at, end - m_at));
        m_at = end;
    }

    void readOperator() {
        constexpr std::array<std::string_view, 6> kPairs{"//", "**", "==", "!=", ">=", "<="};
        constexpr std::string_view kSingles = "+-/*%~[](){}><=.:|,;";
        std::string_view found;
        for (const std::string_view pair : kPairs) {
            if (startsWith(pair)) found = pair;
        }
        if (found.empty() && kSingles.find(m_text[m_at]) != kNowhere) found = rest().substr(0, 1);
        if (found.empty()) {
            std::size_t next = m_at;
            nextCodePoint(m_text, next);
            fail("the character \"" + m_text.substr(m_at, next - m_at) + "\" has no place in a tag");
        }
        balance(found[0]);
        add(Kind::Operator, found);
        m_at += found.size();
    }

    /// Within brackets "}}" closes them and not the tag.
    void balance(char c) {
        constexpr std::string_view kOpen = "([{";
        constexpr std::string_view kClose = ")]}";
        if (const std::size_t open = kOpen.find(c); open != kNowhere) m_brackets += kClose[open];
        if (kClose.find(c) == kNowhere) return;
        if (m_brackets.empty() || m_brackets.back() != c)
            fail(std::string("the \"") + c + "\" closes nothing");
        m_brackets.pop_back();
    }

    std::string m_text;
    std::vector<Token> m_tokens;
    std::string m_brackets;  ///< those that have to be closed
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_counted = 0;
    bool m_lineStarts = true;
};

}  // namespace

std::vector<Token> tokensOf(std::string_view source) {
    return Lexer(source).tokens();
}

std::string describe(const Token& token) {
    switch (token.kind) {
        case Kind::Data:
            return "text outside of tags";
        case Kind::BlockBegin:
            return "\"{%\"";
        case Kind::BlockEnd:
            return "\"%}\"";
        case Kind::PrintBegin:
            return "\"{{\"";
        case Kind::PrintEnd:
            return "\"}}\"";
        case Kind::Text:
            return "a text in quotes";
        case Kind::End:
            return "the end of the template";
        default:
            return "\"" + token.text + "\"";
    }
}

}  // namespace studio::jinja
