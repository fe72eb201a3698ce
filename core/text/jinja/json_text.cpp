// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// jsonText() of core/text/jinja/written.h: JSON as Python's json.dumps lays it out.
#include <cmath>

#include "core/text/jinja/compare.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/written.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

using Kind = Value::Kind;

class JsonWriter {
public:
    JsonWriter(Budget& budget, const JsonStyle& style) : m_budget(budget), m_style(style) {}

    void write(const Value& value) {
        m_budget.spend(1);
        switch (value.kind()) {
            case Kind::Text:
                return writeText(value.asText());
            case Kind::List:
            case Kind::Tuple:
                return writeItems(value.items());
            case Kind::Dict:
                return writeDict(value.asDict());
            case Kind::None:
            case Kind::Boolean:
            case Kind::Integer:
            case Kind::Real:
                return add(simple(value));
            default:
                requireDefined(value);
                fail(std::string("a '") + value.typeName() + "' cannot be written as JSON");
        }
    }

    std::string take() { return std::move(m_text); }

private:
    void add(std::string_view part) {
        m_budget.pass(part.size());
        m_budget.checkLength(m_text.size() + part.size());
        m_text += part;
    }

    static std::string simple(const Value& value) {
        if (value.isNone()) return "null";
        if (value.is(Kind::Boolean)) return value.asBoolean() ? "true" : "false";
        if (value.is(Kind::Integer)) return std::to_string(value.asInteger());
        const double real = value.asReal();
        if (std::isnan(real)) return "NaN";
        if (std::isinf(real)) return real < 0 ? "-Infinity" : "Infinity";
        return realText(real);
    }

    static void addUnit(std::string& text, char32_t unit) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        text += "\\u";
        for (int i = 3; i >= 0; --i) text += kDigits[(unit >> (4 * i)) & 0xF];
    }

    static void addEscape(std::string& text, char32_t c) {
        constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
        constexpr std::string_view kLetters = "btnfr\"\\";
        const std::size_t place = c < 0x80 ? kShort.find(static_cast<char>(c)) : std::string_view::npos;
        if (place != std::string_view::npos) {
            text += '\\';
            text += kLetters[place];
        } else if (c < 0x10000) {
            addUnit(text, c);
        } else {
            addUnit(text, 0xD800 + ((c - 0x10000) >> 10));
            addUnit(text, 0xDC00 + ((c - 0x10000) & 0x3FF));
        }
    }

    void writeText(std::string_view text) {
        std::string result = "\"";
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = at;
            const char32_t c = nextCodePoint(text, at);
            const bool plain = c >= 0x20 && c != '"' && c != '\\' && (!m_style.ascii || c < 0x7F);
            if (plain) {
                result += text.substr(begin, at - begin);
            } else {
                addEscape(result, c);
            }
        }
        add(result + '"');
    }

    void breakLine(std::size_t level) {
        if (!m_style.indent) return;
        add("\n");
        for (std::size_t i = 0; i < level; ++i) add(*m_style.indent);
    }

    void separate(bool first) {
        if (!first) add(m_style.itemSeparator);
        breakLine(m_level);
    }

    void writeItems(const std::vector<Value>& items) {
        if (items.empty()) return add("[]");
        add("[");
        ++m_level;
        for (std::size_t i = 0; i < items.size(); ++i) {
            separate(i == 0);
            write(items[i]);
        }
        --m_level;
        breakLine(m_level);
        add("]");
    }

    void writeDict(const Dict& dict) {
        if (dict.entries.empty()) return add("{}");
        std::vector<Value> order;
        std::vector<Value> keys;
        for (std::size_t i = 0; i < dict.entries.size(); ++i) {
            order.push_back(Value::integer(static_cast<std::int64_t>(i)));
            keys.push_back(dict.entries[i].first);
        }
        if (m_style.sortKeys) order = sortedBy(m_budget, order, keys, false);
        add("{");
        ++m_level;
        for (std::size_t i = 0; i < order.size(); ++i) {
            separate(i == 0);
            const auto& [key, value] = dict.entries[static_cast<std::size_t>(order[i].asInteger())];
            writeKey(key);
            add(m_style.keySeparator);
            write(value);
        }
        --m_level;
        breakLine(m_level);
        add("}");
    }

    void writeKey(const Value& key) {
        if (key.isText()) return writeText(key.asText());
        if (!key.isNone() && !key.isNumber())
            fail(std::string("a '") + key.typeName() + "' can be no key in JSON");
        add('"' + simple(key) + '"');
    }

    Budget& m_budget;
    const JsonStyle& m_style;
    std::string m_text;
    std::size_t m_level = 0;
};

}  // namespace

std::string jsonText(Budget& budget, const Value& value, const JsonStyle& style) {
    JsonWriter writer(budget, style);
    writer.write(value);
    return writer.take();
}

}  // namespace studio::jinja
