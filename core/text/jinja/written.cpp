// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/written.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/text/jinja/characters.h"
#include "core/text/jinja/runtime.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;

std::string hexEscape(char32_t c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const int digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    std::string text = c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U";
    for (int i = digits - 1; i >= 0; --i) text += kDigits[(c >> (4 * i)) & 0xF];
    return text;
}

/// Adds repr() of values to a text, which it keeps within the budget.
class Shower {
public:
    explicit Shower(Budget& budget) : m_budget(budget) {}

    void show(const Value& value) {
        m_budget.spend(1);
        switch (value.kind()) {
            case Kind::Text:
                if (value.isMarkup()) return add("Markup(" + quotedText(value.asText()) + ")");
                return add(quotedText(value.asText()));
            case Kind::List:
                return showItems("[", value.items(), "]");
            case Kind::Tuple:
                return showItems("(", value.items(), value.items().size() == 1 ? ",)" : ")");
            case Kind::View:
                return showItems(std::string(value.typeName()) + "([", value.items(), "])");
            case Kind::Dict:
                return showDict(value.asDict());
            case Kind::Undefined:
                return add("Undefined");
            case Kind::Object:
                return showObject(value);
            default:
                return add(showSimple(value));
        }
    }

    std::string take() { return std::move(m_text); }

private:
    void add(std::string_view part) {
        m_budget.pass(part.size());
        m_budget.checkLength(m_text.size() + part.size());
        m_text += part;
    }

    void showItems(std::string_view open, const std::vector<Value>& items, std::string_view close) {
        add(open);
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i > 0) add(", ");
            show(items[i]);
        }
        add(close);
    }

    void showDict(const Dict& dict) {
        add("{");
        for (std::size_t i = 0; i < dict.entries.size(); ++i) {
            if (i > 0) add(", ");
            show(dict.entries[i].first);
            add(": ");
            show(dict.entries[i].second);
        }
        add("}");
    }

    /// A namespace may hold itself, so that those within one are not looked into.
    void showObject(const Value& value) {
        const auto* space = dynamic_cast<const Namespace*>(&value.asObject());
        if (!space) return add(std::string("<") + value.typeName() + ">");
        if (m_withinNamespace) return add("<Namespace {...}>");
        m_withinNamespace = true;
        add("<Namespace {");
        for (std::size_t i = 0; i < space->attributes.size(); ++i) {
            add((i > 0 ? ", " : "") + quotedText(space->attributes[i].first) + ": ");
            show(space->attributes[i].second);
        }
        add("}>");
        m_withinNamespace = false;
    }

    static std::string showSimple(const Value& value) {
        switch (value.kind()) {
            case Kind::None:
                return "None";
            case Kind::Boolean:
                return value.asBoolean() ? "True" : "False";
            case Kind::Integer:
                return std::to_string(value.asInteger());
            case Kind::Real:
                return realText(value.asReal());
            case Kind::Range: {
                const Range& range = value.asRange();
                const std::string end = std::to_string(range.at(range.count));
                return "range(" + std::to_string(range.first) + ", " + end +
                       (range.step == 1 ? "" : ", " + std::to_string(range.step)) + ")";
            }
            case Kind::Callable:
                return "<function " + value.asCallable().name + ">";
            default:
                return std::string("<") + value.typeName() + ">";
        }
    }

    Budget& m_budget;
    std::string m_text;
    bool m_withinNamespace = false;
};

}  // namespace

std::string quotedText(std::string_view text) {
    const bool hasSingle = text.find('\'') != std::string_view::npos;
    const char quote = hasSingle && text.find('"') == std::string_view::npos ? '"' : '\'';
    std::string result(1, quote);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = nextCodePoint(text, at);
        if (c == '\\' || c == static_cast<char32_t>(quote)) {
            result += '\\';
            result += static_cast<char>(c);
        } else if (c == '\n') {
            result += "\\n";
        } else if (c == '\r') {
            result += "\\r";
        } else if (c == '\t') {
            result += "\\t";
        } else if (isPrintable(c)) {
            result += text.substr(begin, at - begin);
        } else {
            result += hexEscape(c);
        }
    }
    return result + quote;
}

std::string realText(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    const std::string_view scientific(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
    const std::size_t e = scientific.find('e');
    const int exponent = std::stoi(std::string(scientific.substr(e + 1)));
    if (exponent < -4 || exponent >= 16) return std::string(scientific);
    std::array<char, 40> fixed{};
    const auto fixedEnd =
        std::to_chars(fixed.data(), fixed.data() + fixed.size(), value, std::chars_format::fixed);
    std::string text(fixed.data(), fixedEnd.ptr);
    if (text.find('.') == std::string::npos) text += ".0";
    return text;
}

std::string shown(Budget& budget, const Value& value) {
    Shower shower(budget);
    shower.show(value);
    return shower.take();
}

std::string written(Budget& budget, const Value& value) {
    if (value.isUndefined()) return {};
    if (value.isText()) {
        budget.pass(value.asText().size());
        return value.asText();
    }
    return shown(budget, value);
}

}  // namespace studio::jinja
