// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The two languages of format texts in core/text/jinja/formatting.h: "%s" % x and "{}".format(x).
#include <algorithm>
#include <optional>

#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/formatting.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/jinja/written.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

constexpr std::size_t kMostWidth = 1'000'000;

[[noreturn]] void badFormat(const std::string& why) {
    fail("a format text " + why);
}

/// A whole number at `at`, or nothing where no digit stands.
std::optional<std::size_t> numberAt(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    std::size_t number = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        number = number * 10 + static_cast<std::size_t>(text[at] - '0');
        if (number > kMostWidth) badFormat("wants a width beyond the limit");
    }
    return at == begin ? std::nullopt : std::optional(number);
}

/// Reads "%-5.2f" and the like and hands out the arguments in turn.
class PercentFormatter {
public:
    PercentFormatter(Budget& budget, const Value& format, const Value& arguments)
        : m_budget(budget), m_text(format.asText()), m_markup(format.isMarkup()), m_arguments(arguments) {}

    Value result() {
        std::string out;
        while (m_at < m_text.size()) {
            const std::size_t next = std::min(m_text.find('%', m_at), m_text.size());
            out += m_text.substr(m_at, next - m_at);
            m_at = next;
            if (m_at == m_text.size()) break;
            ++m_at;
            out += field();
            m_budget.checkLength(out.size());
        }
        const bool isTuple = m_arguments.is(Value::Kind::Tuple);
        // What can be indexed by names may hold more than the text asks for.
        const bool isMapping = m_arguments.isUndefined() || m_arguments.isDict() ||
                               m_arguments.is(Value::Kind::List) || m_arguments.is(Value::Kind::Range);
        if (isTuple ? m_used < m_arguments.items().size() : m_used == 0 && !isMapping)
            fail("not all arguments of a format text are used");
        return Value::text(m_budget, std::move(out), m_markup);
    }

private:
    std::string field() {
        m_budget.spend(1);
        std::optional<Value> named = namedArgument();
        FieldStyle style;
        for (; m_at < m_text.size() && std::string_view("-+ #0").find(m_text[m_at]) != std::string_view::npos;
             ++m_at) {
            const char flag = m_text[m_at];
            if (flag == '-') style.align = '<';
            if (flag == '+' || (flag == ' ' && style.sign == 0)) style.sign = flag;
            if (flag == '#') style.alternate = true;
            if (flag == '0') style.zeros = true;
        }
        style.width = star().value_or(0);
        if (m_at < m_text.size() && m_text[m_at] == '.') {
            ++m_at;
            style.precision = static_cast<std::int64_t>(star().value_or(0));
        }
        while (m_at < m_text.size() && std::string_view("hlL").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
        if (m_at == m_text.size()) badFormat("ends in the middle of a field");
        style.type = m_text[m_at++];
        if (style.type == '%') return "%";
        const Value value = named ? *named : nextArgument();
        const std::string text = formatted(m_budget, value, style, true);
        return m_markup && !value.isMarkup() && !value.isNumber() ? escaped(text) : text;
    }

    std::optional<std::size_t> star() {
        if (m_at == m_text.size() || m_text[m_at] != '*') return numberAt(m_text, m_at);
        ++m_at;
        const Value value = nextArgument();
        if (!value.isWhole() || value.asInteger() < 0) badFormat("has a \"*\" without a whole number for it");
        if (value.asInteger() > static_cast<std::int64_t>(kMostWidth))
            badFormat("wants a width beyond the limit");
        return static_cast<std::size_t>(value.asInteger());
    }

    std::optional<Value> namedArgument() {
        if (m_at == m_text.size() || m_text[m_at] != '(') return std::nullopt;
        const std::size_t end = m_text.find(')', m_at);
        if (end == std::string_view::npos) badFormat("has a \"(\" without its \")\"");
        const std::string_view name = m_text.substr(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        if (!m_arguments.isDict()) badFormat("has a name, which needs a dict as argument");
        const Value* found = m_arguments.asDict().find(m_budget, name);
        if (!found) badFormat("names \"" + std::string(name) + "\", which is not among its arguments");
        ++m_used;
        return *found;
    }

    Value nextArgument() {
        const bool isTuple = m_arguments.is(Value::Kind::Tuple);
        if (m_used >= (isTuple ? m_arguments.items().size() : 1)) badFormat("has more fields than arguments");
        ++m_used;
        return isTuple ? m_arguments.items()[m_used - 1] : m_arguments;
    }

    Budget& m_budget;
    std::string_view m_text;
    bool m_markup;
    const Value& m_arguments;
    std::size_t m_at = 0;
    std::size_t m_used = 0;
};

/// Reads "{0.name!r:>5}" and the like.
class BraceFormatter {
public:
    BraceFormatter(Runtime& runtime, const Arguments& arguments)
        : m_runtime(runtime), m_budget(runtime.budget), m_arguments(arguments) {}

    /// `level`: a specification may hold fields, those no further ones.
    std::string result(std::string_view text, int level) {
        if (level > 1) badFormat("has fields within fields within fields");
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            m_budget.spend(1);
            const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
            out += text.substr(at, brace - at);
            m_budget.checkLength(out.size());
            if (brace == text.size()) break;
            if (brace + 1 < text.size() && text[brace + 1] == text[brace]) {
                out += text[brace];
                at = brace + 2;
                continue;
            }
            if (text[brace] == '}') badFormat("has a \"}\" without its \"{\"");
            const std::size_t end = endOfField(text, brace + 1);
            out += field(text.substr(brace + 1, end - brace - 1), level);
            at = end + 1;
        }
        return out;
    }

private:
    static std::size_t endOfField(std::string_view text, std::size_t at) {
        for (int open = 1; at < text.size(); ++at) {
            if (text[at] == '{') ++open;
            if (text[at] == '}' && --open == 0) return at;
        }
        badFormat("has a \"{\" without its \"}\"");
    }

    std::string field(std::string_view text, int level) {
        const std::size_t nameEnd = std::min(text.find_first_of("!:"), text.size());
        Value value = argument(text.substr(0, nameEnd));
        std::size_t at = nameEnd;
        if (at < text.size() && text[at] == '!') {
            if (at + 1 == text.size()) badFormat("ends behind a \"!\"");
            const char conversion = text[at + 1];
            if (conversion != 's' && conversion != 'r') unsupported("the conversion in a format text");
            value =
                Value::text(m_budget, conversion == 's' ? written(m_budget, value) : shown(m_budget, value));
            at += 2;
        }
        if (at < text.size() && text[at] != ':') badFormat("has something between \"!\" and \":\"");
        const std::string style = at < text.size() ? result(text.substr(at + 1), level + 1) : std::string();
        return formatted(m_budget, value, styleOf(style), false);
    }

    Value argument(std::string_view path) {
        const std::size_t end = std::min(path.find_first_of(".["), path.size());
        Value value = first(path.substr(0, end));
        for (std::size_t at = end; at < path.size();) {
            const bool bracket = path[at] == '[';
            const std::size_t stop = bracket ? path.find(']', at) : path.find_first_of(".[", at + 1);
            if (bracket && stop == std::string_view::npos) badFormat("has a \"[\" without its \"]\"");
            const std::string_view part = path.substr(at + 1, std::min(stop, path.size()) - at - 1);
            value = bracket ? itemOf(m_runtime, value, keyOf(part)) : attributeOf(m_runtime, value, part);
            at = std::min(stop, path.size()) + (bracket ? 1 : 0);
        }
        return value;
    }

    Value keyOf(std::string_view part) {
        std::size_t at = 0;
        const auto number = numberAt(part, at);
        if (number && at == part.size()) return Value::integer(static_cast<std::int64_t>(*number));
        return Value::text(m_budget, std::string(part));
    }

    Value first(std::string_view name) {
        std::size_t at = 0;
        const auto number = name.empty() ? std::optional(m_next++) : numberAt(name, at);
        if (number && at == name.size()) {
            if (*number >= m_arguments.positional.size()) badFormat("has more fields than arguments");
            return m_arguments.positional[*number];
        }
        for (const auto& [key, value] : m_arguments.named) {
            if (key == name) return value;
        }
        badFormat("names \"" + std::string(name) + "\", which is not among its arguments");
    }

    static bool isAlign(char c) { return c == '<' || c == '>' || c == '^' || c == '='; }

    static FieldStyle styleOf(std::string_view text) {
        FieldStyle style;
        std::size_t at = 0;
        const std::size_t fillEnd = text.empty() ? 0 : offsetOf(text, 1);
        if (fillEnd < text.size() && isAlign(text[fillEnd])) {
            style.fill = text.substr(0, fillEnd);
            style.align = text[fillEnd];
            at = fillEnd + 1;
        } else if (!text.empty() && isAlign(text[0])) {
            style.align = text[0];
            at = 1;
        }
        const auto accept = [&](std::string_view set) {
            if (at == text.size() || set.find(text[at]) == std::string_view::npos) return char{0};
            return text[at++];
        };
        style.sign = accept("+- ");
        if (style.sign == '-') style.sign = 0;
        style.alternate = accept("#") != 0;
        style.zeros = accept("0") != 0;
        style.width = numberAt(text, at).value_or(0);
        style.group = accept(",_");
        if (accept(".") != 0) style.precision = static_cast<std::int64_t>(numberAt(text, at).value_or(0));
        if (at < text.size()) style.type = text[at++];
        if (at != text.size()) badFormat("has a specification that is not understood");
        return style;
    }

    Runtime& m_runtime;
    Budget& m_budget;
    const Arguments& m_arguments;
    std::size_t m_next = 0;
};

}  // namespace

Value percentFormatted(Budget& budget, const Value& format, const Value& arguments) {
    return PercentFormatter(budget, format, arguments).result();
}

Value braceFormatted(Runtime& runtime, const Value& format, const Arguments& arguments) {
    BraceFormatter formatter(runtime, arguments);
    return Value::text(runtime.budget, formatter.result(format.asText(), 0), format.isMarkup());
}

}  // namespace studio::jinja
