// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Python's methods of str that give texts, as core/text/jinja/lookup.h lists them. What comes from a text
// that is marked as safe is marked so, too.
#include <algorithm>

#include "core/text/jinja/arguments.h"
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

Value like(Runtime& runtime, const Value& self, std::string text) {
    return Value::text(runtime.budget, std::move(text), self.isMarkup());
}

Value listLike(Runtime& runtime, const Value& self, const std::vector<std::string_view>& parts) {
    std::vector<Value> items;
    for (const std::string_view part : parts) items.push_back(like(runtime, self, std::string(part)));
    return Value::list(runtime.budget, std::move(items));
}

/// What stands beside a text that is marked as safe is escaped.
std::string besides(const Value& self, const std::string& text) {
    return self.isMarkup() ? escaped(text) : text;
}

template <std::string (*change)(std::string_view)>
Value changed(Runtime& runtime, const Value& self, const Arguments& arguments) {
    takesNone("a method that changes the case", arguments);
    runtime.budget.pass(8 * self.asText().size());
    return like(runtime, self, change(self.asText()));
}

template <Side side>
Value strip(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("strip", arguments, {"<characters>"});
    runtime.budget.pass(self.asText().size());
    if (bound.isNone(0)) return like(runtime, self, std::string(stripped(self.asText(), side)));
    runtime.budget.pass(16 * bound.text(0).size());
    return like(runtime, self, std::string(stripped(self.asText(), bound.text(0), side)));
}

template <bool fromRight>
Value split(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("split", arguments, {"sep", "maxsplit"});
    const auto most = static_cast<long>(bound.whole(1, -1));
    const std::string& text = self.asText();
    runtime.budget.pass(text.size());
    if (bound.isNone(0)) return listLike(runtime, self, splitAtSpace(text, most, fromRight));
    if (bound.text(0).empty()) fail("\"split\" needs a separator that is not empty");
    runtime.budget.search(text.size(), bound.text(0).size());
    return listLike(runtime, self, splitAt(text, bound.text(0), most, fromRight));
}

Value splitlines(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("splitlines", arguments, {"keepends"});
    runtime.budget.pass(self.asText().size());
    return listLike(runtime, self, splitLines(self.asText(), bound.flag(0, false)));
}

template <bool fromRight>
Value partition(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("partition", arguments, {"<separator>"}, 1);
    const std::string& text = self.asText();
    const std::string& separator = bound.text(0);
    if (separator.empty()) fail("\"partition\" needs a separator that is not empty");
    runtime.budget.search(text.size(), separator.size());
    const std::size_t at = fromRight ? text.rfind(separator) : text.find(separator);
    std::vector<Value> parts;
    if (at != std::string::npos) {
        parts = {like(runtime, self, text.substr(0, at)), like(runtime, self, separator),
                 like(runtime, self, text.substr(at + separator.size()))};
    } else {
        parts.assign(3, like(runtime, self, ""));
        parts[fromRight ? 2 : 0] = self;
    }
    return Value::tuple(runtime.budget, std::move(parts));
}

Value replace(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("replace", arguments, {"<old>", "<new>", "count"}, 2);
    return replacedText(runtime, self, besides(self, bound.text(0)), besides(self, bound.text(1)),
                        bound.whole(2, -1));
}

Value join(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("join", arguments, {"<iterable>"}, 1);
    std::string text;
    bool isFirst = true;
    for (const Value& item : iterated(runtime.budget, bound[0])) {
        if (!item.isText()) {
            requireDefined(item);
            fail(std::string("\"join\" of a text needs texts, not a '") + item.typeName() + "'");
        }
        runtime.budget.checkLength(text.size() + self.asText().size() + item.asText().size());
        runtime.budget.pass(self.asText().size() + item.asText().size());
        if (!isFirst) text += self.asText();
        text += self.isMarkup() && !item.isMarkup() ? escaped(item.asText()) : item.asText();
        isFirst = false;
    }
    return like(runtime, self, std::move(text));
}

Value format(Runtime& runtime, const Value& self, const Arguments& arguments) {
    return braceFormatted(runtime, self, arguments);
}

Value formatMap(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("format_map", arguments, {"<mapping>"}, 1);
    if (!bound[0].isDict()) fail("\"format_map\" needs a dict");
    Arguments named;
    for (const auto& [key, value] : bound[0].asDict().entries) {
        if (key.isText()) named.named.emplace_back(key.asText(), value);
    }
    return braceFormatted(runtime, self, named);
}

Value justified(Runtime& runtime, const Value& self, const Arguments& arguments, const char* name,
                char align) {
    const Bound bound(name, arguments, {"<width>", "<fill>"}, 1);
    const std::string fill = bound.textOr(1, " ");
    if (codePointCount(fill) != 1) fail(std::string("\"") + name + "\" fills with one character");
    return paddedText(runtime, self, bound.whole(0, 0), fill, align);
}

Value ljust(Runtime& runtime, const Value& self, const Arguments& arguments) {
    return justified(runtime, self, arguments, "ljust", '<');
}
Value rjust(Runtime& runtime, const Value& self, const Arguments& arguments) {
    return justified(runtime, self, arguments, "rjust", '>');
}
Value center(Runtime& runtime, const Value& self, const Arguments& arguments) {
    return justified(runtime, self, arguments, "center", '^');
}

Value zfill(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("zfill", arguments, {"<width>"}, 1);
    const std::string& text = self.asText();
    const bool hasSign = !text.empty() && (text[0] == '-' || text[0] == '+');
    const Value digits = like(runtime, self, hasSign ? text.substr(1) : text);
    const Value filled = paddedText(runtime, digits, bound.whole(0, 0) - (hasSign ? 1 : 0), "0", '>');
    return like(runtime, self, (hasSign ? text.substr(0, 1) : "") + filled.asText());
}

Value expandtabs(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("expandtabs", arguments, {"tabsize"});
    const std::int64_t size = bound.whole(0, 8);
    if (size > 1000) fail("\"expandtabs\" takes at most 1000 characters");
    std::string text;
    std::int64_t column = 0;
    for (const char c : self.asText()) {
        if (c == '\t') {
            const std::int64_t blanks = size > 0 ? size - column % size : 0;
            text.append(static_cast<std::size_t>(blanks), ' ');
            runtime.budget.checkLength(text.size());
            column += blanks;
            continue;
        }
        text += c;
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++column;
        if (c == '\n' || c == '\r') column = 0;
    }
    return like(runtime, self, std::move(text));
}

Value removeprefix(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("removeprefix", arguments, {"<prefix>"}, 1);
    const std::string& text = self.asText();
    const std::string& prefix = bound.text(0);
    return like(runtime, self, text.rfind(prefix, 0) == 0 ? text.substr(prefix.size()) : text);
}

Value removesuffix(Runtime& runtime, const Value& self, const Arguments& arguments) {
    const Bound bound("removesuffix", arguments, {"<suffix>"}, 1);
    const std::string& text = self.asText();
    const std::size_t size = bound.text(0).size();
    const bool ends = size <= text.size() && text.compare(text.size() - size, size, bound.text(0)) == 0;
    return like(runtime, self, ends ? text.substr(0, text.size() - size) : text);
}

Value notCarriedOut(Runtime& /*runtime*/, const Value& /*self*/, const Arguments& /*arguments*/) {
    unsupported("a method of texts (encode, maketrans or translate)");
}

}  // namespace

Value replacedText(Runtime& runtime, const Value& text, const std::string& part, const std::string& by,
                   std::int64_t most) {
    const std::string& whole = text.asText();
    runtime.budget.search(whole.size(), part.size());
    std::size_t count = countOf(whole, part);
    if (most >= 0) count = std::min(count, static_cast<std::size_t>(most));
    // What is taken away never makes it longer, so that this is no less than the result.
    runtime.budget.checkText(whole.size() +
                             (by.size() > part.size() ? count * (by.size() - part.size()) : 0));
    return like(runtime, text, replaced(whole, part, by, static_cast<long>(most)));
}

Value paddedText(Runtime& runtime, const Value& text, std::int64_t width, const std::string& fill,
                 char align) {
    const auto length = static_cast<std::int64_t>(codePointCount(text.asText()));
    if (width <= length) return text;
    const auto missing = static_cast<std::size_t>(width - length);
    if (missing > runtime.budget.limits().textBytes) runtime.budget.checkLength(missing);
    runtime.budget.checkText(text.asText().size() + missing * fill.size());
    // Python puts the odd one on the left where the width is odd.
    const std::size_t half = missing / 2 + (missing & static_cast<std::size_t>(width) & 1);
    const std::size_t left = align == '<' ? 0 : align == '>' ? missing : half;
    std::string result;
    for (std::size_t i = 0; i < left; ++i) result += fill;
    result += text.asText();
    for (std::size_t i = left; i < missing; ++i) result += fill;
    return like(runtime, text, std::move(result));
}

std::vector<MethodEntry> textMethods() {
    return {{"capitalize", changed<capitalized>},
            {"casefold", changed<foldedCase>},
            {"lower", changed<lowerCase>},
            {"swapcase", changed<swappedCase>},
            {"title", changed<titleCase>},
            {"upper", changed<upperCase>},
            {"strip", strip<Side::Both>},
            {"lstrip", strip<Side::Left>},
            {"rstrip", strip<Side::Right>},
            {"split", split<false>},
            {"rsplit", split<true>},
            {"splitlines", splitlines},
            {"partition", partition<false>},
            {"rpartition", partition<true>},
            {"replace", replace},
            {"join", join},
            {"format", format},
            {"format_map", formatMap},
            {"ljust", ljust},
            {"rjust", rjust},
            {"center", center},
            {"zfill", zfill},
            {"expandtabs", expandtabs},
            {"removeprefix", removeprefix},
            {"removesuffix", removesuffix},
            {"encode", notCarriedOut},
            {"maketrans", notCarriedOut},
            {"translate", notCarriedOut}};
}

}  // namespace studio::jinja
