// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Jinja's filters on texts: core/text/jinja/filters.h.
#include <algorithm>

#include "core/text/jinja/arguments.h"
#include "core/text/jinja/characters.h"
#include "core/text/jinja/compare.h"
#include "core/text/jinja/filters.h"
#include "core/text/jinja/formatting.h"
#include "core/text/jinja/lookup.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/runtime.h"
#include "core/text/jinja/written.h"
#include "core/text/unicode.h"

namespace studio::jinja {

namespace {

/// The method of the same name on whatever the value is as a text.
template <char const* method>
Value byMethod(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Value text = textOf(runtime, value);
    return methodOf(text, method)(runtime, text, arguments);
}

constexpr char kUpper[] = "upper";
constexpr char kLower[] = "lower";
constexpr char kCapitalize[] = "capitalize";

void requireText(const Value& value, const char* filter) {
    requireDefined(value);
    if (!value.isText())
        fail(std::string("the filter \"") + filter + "\" needs a text, not a '" + value.typeName() + "'");
}

Value trim(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("trim", arguments, {"chars"});
    Arguments characters;
    if (!bound.isNone(0)) characters.positional.push_back(bound[0]);
    const Value text = textOf(runtime, value);
    return methodOf(text, "strip")(runtime, text, characters);
}

Value center(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("center", arguments, {"width"});
    return paddedText(runtime, textOf(runtime, value), bound.whole(0, 80), " ", '^');
}

/// Jinja's own rule: a word begins behind space or an opening bracket or "-".
Value title(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("title", arguments);
    const Value text = textOf(runtime, value);
    const std::string& whole = text.asText();
    runtime.budget.pass(4 * whole.size());
    const auto parts = [](char32_t c) {
        return isSpace(c) ||
               (c < 0x80 && std::string_view("-({[<").find(static_cast<char>(c)) != std::string_view::npos);
    };
    std::string result;
    std::size_t begin = 0;
    const auto finish = [&](std::size_t end) {
        const std::string_view word = std::string_view(whole).substr(begin, end - begin);
        const std::size_t first = offsetOf(word, 1);
        result += upperCase(word.substr(0, first)) + lowerCase(word.substr(first));
    };
    for (std::size_t at = 0; at < whole.size();) {
        const std::size_t start = at;
        if (!parts(nextCodePoint(whole, at))) continue;
        finish(start);
        result += whole.substr(start, at - start);
        begin = at;
    }
    finish(whole.size());
    return Value::text(runtime.budget, std::move(result), text.isMarkup());
}

Value replace(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("replace", arguments, {"old", "new", "count"}, 2);
    const Value text = Value::text(runtime.budget, written(runtime.budget, value));
    return replacedText(runtime, text, written(runtime.budget, bound[0]), written(runtime.budget, bound[1]),
                        bound.isNone(2) ? -1 : bound.whole(2, -1));
}

/// Gives every line, or all but the first and empty ones, some blanks.
Value indent(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("indent", arguments, {"width", "first", "blank"});
    requireText(value, "indent");
    std::string blanks(4, ' ');
    if (bound.given(0) && bound[0].isText()) {
        blanks = bound.text(0);
    } else if (bound.given(0)) {
        const std::int64_t width = std::max<std::int64_t>(bound.whole(0, 4), 0);
        runtime.budget.checkText(static_cast<std::size_t>(width));
        blanks.assign(static_cast<std::size_t>(width), ' ');
    }
    const bool first = bound.flag(1, false);
    const bool blank = bound.flag(2, false);
    const std::string whole = value.asText() + "\n";
    runtime.budget.pass(2 * whole.size());
    const auto lines = splitLines(whole, false);
    runtime.budget.checkText(whole.size() + lines.size() * blanks.size());
    std::string result = first ? blanks : "";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) result += '\n';
        if (i > 0 && (blank || !lines[i].empty())) result += blanks;
        result += lines[i];
    }
    return Value::text(runtime.budget, std::move(result), value.isMarkup());
}

Value truncate(Runtime& runtime, const Value& value, const Arguments& arguments) {
    const Bound bound("truncate", arguments, {"length", "killwords", "end", "leeway"});
    const auto size = lengthOf(runtime.budget, value);
    if (!size) requireText(value, "truncate");
    const std::int64_t length = bound.whole(0, 255);
    const std::string end = bound.textOr(2, "...");
    const std::int64_t leeway = bound.isNone(3) ? 5 : bound.whole(3, 5);
    const auto endLength = static_cast<std::int64_t>(codePointCount(end));
    if (length < endLength || leeway < 0) fail("the filter \"truncate\" needs a length that its end fits in");
    const auto own = static_cast<std::int64_t>(*size);
    if (leeway > own || own - leeway <= length) return value;
    requireText(value, "truncate");
    std::string_view kept = sliced(value.asText(), 0, static_cast<std::size_t>(length - endLength));
    if (!bound.flag(1, false)) kept = splitAt(kept, " ", 1, true).front();
    return Value::text(runtime.budget, std::string(kept) + end, value.isMarkup());
}

Value wordcount(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("wordcount", arguments);
    const Value text = textOf(runtime, value);
    runtime.budget.pass(4 * text.asText().size());
    std::int64_t count = 0;
    bool within = false;
    for (std::size_t at = 0; at < text.asText().size();) {
        const bool isWord = isWordCharacter(nextCodePoint(text.asText(), at));
        if (isWord && !within) ++count;
        within = isWord;
    }
    return Value::integer(count);
}

Value format(Runtime& runtime, const Value& value, const Arguments& arguments) {
    if (!arguments.positional.empty() && !arguments.named.empty())
        fail("the filter \"format\" takes arguments with names or without, not both");
    const Value text = textOf(runtime, value);
    if (arguments.named.empty())
        return percentFormatted(runtime.budget, text, Value::tuple(runtime.budget, arguments.positional));
    std::vector<std::pair<Value, Value>> entries;
    for (const auto& [name, argument] : arguments.named)
        entries.emplace_back(Value::text(runtime.budget, name), argument);
    return percentFormatted(runtime.budget, text, Value::dict(runtime.budget, std::move(entries)));
}

Value safe(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("safe", arguments);
    return value.isMarkup() ? value : Value::text(runtime.budget, written(runtime.budget, value), true);
}

Value escape(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("escape", arguments);
    return value.isMarkup() ? value
                            : Value::text(runtime.budget, escaped(written(runtime.budget, value)), true);
}

Value forceescape(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("forceescape", arguments);
    return Value::text(runtime.budget, escaped(written(runtime.budget, value)), true);
}

Value string(Runtime& runtime, const Value& value, const Arguments& arguments) {
    takesNone("string", arguments);
    return textOf(runtime, value);
}

}  // namespace

std::vector<FilterEntry> textFilters() {
    return {{"upper", byMethod<kUpper>},
            {"lower", byMethod<kLower>},
            {"capitalize", byMethod<kCapitalize>},
            {"title", title},
            {"trim", trim},
            {"center", center},
            {"replace", replace},
            {"indent", indent},
            {"truncate", truncate},
            {"wordcount", wordcount},
            {"format", format},
            {"safe", safe},
            {"e", escape},
            {"escape", escape},
            {"forceescape", forceescape},
            {"string", string}};
}

}  // namespace studio::jinja
