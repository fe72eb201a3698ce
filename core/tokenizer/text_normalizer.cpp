// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/text_normalizer.h"

#include <algorithm>

#include "core/formats/quoted.h"
#include "core/text/unicode_table.h"
#include "core/text/utf8.h"
#include "core/tokenizer/byte_level.h"

namespace studio {

namespace {

bool isWhiteSpace(char32_t c) {
    return (UnicodeTable::instance().bit(c) & category::kWhiteSpace) != 0;
}

/// Bytes of white space at the beginning.
std::size_t leadingSpace(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const Utf8Step step = utf8At(text, at);
        if (!isWhiteSpace(step.codePoint)) break;
        at += step.length;
    }
    return at;
}

/// Where the white space at the end begins.
std::size_t trailingSpace(std::string_view text) {
    std::size_t end = text.size();
    while (end > 0) {
        std::size_t begin = end - 1;
        while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
        if (!isWhiteSpace(utf8At(text, begin).codePoint)) break;
        end = begin;
    }
    return end;
}

/// Writes the text anew character by character; `change` appends what a character becomes to its second
/// argument, which comes empty.
template <typename Change>
void mapCharacters(AlignedText& text, Change change) {
    AlignedText::Rewrite rewrite(text);
    const std::string_view source = rewrite.source();
    std::string changed;
    for (std::size_t at = 0; at < source.size();) {
        const Utf8Step step = utf8At(source, at);
        const std::size_t end = at + step.length;
        changed.clear();
        if (step.state == Utf8::Valid) change(step.codePoint, changed);
        if (step.state != Utf8::Valid || changed == source.substr(at, step.length))
            rewrite.keep(end);
        else
            rewrite.replace(end, changed);
        at = end;
    }
    rewrite.finish();
}

void spellBytes(AlignedText& text) {
    AlignedText::Rewrite rewrite(text);
    const std::string_view source = rewrite.source();
    for (std::size_t at = 0; at < source.size(); ++at) {
        std::string spelled;
        appendUtf8(spelled, byteCharacter(static_cast<std::uint8_t>(source[at])));
        rewrite.replace(at + 1, spelled);
    }
    rewrite.finish();
}

void replaceAll(AlignedText& text, const std::vector<TextRange>& places, std::string_view content) {
    if (places.empty()) return;
    AlignedText::Rewrite rewrite(text);
    for (const TextRange& place : places) {
        rewrite.keep(place.begin);
        rewrite.replace(place.end, content);
    }
    rewrite.finish();
}

}  // namespace

std::vector<TextRange> occurrences(std::string_view text, std::string_view pattern) {
    std::vector<TextRange> places;
    for (std::size_t at = text.find(pattern); at != std::string_view::npos;
         at = text.find(pattern, at + pattern.size()))
        places.push_back({at, at + pattern.size()});
    return places;
}

JsonPattern jsonPattern(const OrderedJson& json, const JsonPlace& place) {
    const JsonFieldsReader fields(json, place, {"String", "Regex"});
    const bool isText = fields.find("String") != nullptr;
    if (isText == (fields.find("Regex") != nullptr)) place.refuse("is not one of String and Regex");
    JsonPattern pattern;
    (isText ? pattern.text : pattern.regex) = fields.text(isText ? "String" : "Regex");
    if (pattern.text.empty() && pattern.regex.empty()) place.refuseUnknown("is an empty pattern");
    return pattern;
}

std::shared_ptr<const Regex> compiledRegex(const std::string& pattern, const JsonPlace& place) {
    try {
        return std::make_shared<const Regex>(pattern);
    } catch (const Error& e) {
        std::string cause = e.cause();
        while (!cause.empty() && (cause.back() == '.' || cause.back() == ',')) cause.pop_back();
        const std::string what = "holds the pattern " + inQuotes(pattern) + ", which is refused: " + cause;
        if (e.code() == ErrorCode::UnsupportedFormat) place.refuseUnknown(what);
        place.refuse(what);
    }
}

TextNormalizer TextNormalizer::nfc() {
    TextNormalizer normalizer;
    normalizer.m_steps.emplace_back();
    return normalizer;
}

void TextNormalizer::add(const OrderedJson& json, const JsonPlace& place) {
    const std::string type = jsonType(json, place);
    if (type == "Sequence") {
        const OrderedJson& list = jsonSequence(json, place, "normalizers");
        for (std::size_t i = 0; i < list.size(); ++i) add(list[i], place.at("normalizers").at(i));
        return;
    }
    if (type == "Replace") {
        addReplace(json, place);
        return;
    }
    Step step;
    if (type == "Prepend") {
        step.kind = Kind::Prepend;
        step.content = JsonFieldsReader(json, place, {"type", "prepend"}).text("prepend");
    } else if (type == "Strip") {
        const JsonFieldsReader fields(json, place, {"type", "strip_left", "strip_right"});
        step.kind = Kind::Strip;
        step.left = fields.flag("strip_left");
        step.right = fields.flag("strip_right");
    } else {
        if (type == "NFC")
            step.form = NormalForm::Nfc;
        else if (type == "NFD")
            step.form = NormalForm::Nfd;
        else if (type == "NFKC")
            step.form = NormalForm::Nfkc;
        else if (type == "NFKD")
            step.form = NormalForm::Nfkd;
        else if (type == "Lowercase")
            step.kind = Kind::Lowercase;
        else if (type == "StripAccents")
            step.kind = Kind::StripAccents;
        else if (type == "ByteLevel")
            step.kind = Kind::ByteLevel;
        else
            place.refuseUnknown("is of the type " + inQuotes(type) + ", which this version does not read");
        const JsonFieldsReader fields(json, place, {"type"});
    }
    m_steps.push_back(std::move(step));
}

void TextNormalizer::addReplace(const OrderedJson& json, const JsonPlace& place) {
    const JsonFieldsReader fields(json, place, {"type", "pattern", "content"});
    const JsonPattern pattern = jsonPattern(fields.required("pattern"), place.at("pattern"));
    Step step;
    step.kind = pattern.regex.empty() ? Kind::Replace : Kind::ReplaceRegex;
    step.pattern = pattern.text;
    if (!pattern.regex.empty()) step.regex = compiledRegex(pattern.regex, place.at("pattern").at("Regex"));
    step.content = fields.text("content");
    m_steps.push_back(std::move(step));
}

bool TextNormalizer::hasByteLevel() const {
    return std::any_of(m_steps.begin(), m_steps.end(),
                       [](const Step& step) { return step.kind == Kind::ByteLevel; });
}

bool TextNormalizer::mayShortenBeginning() const {
    return std::any_of(m_steps.begin(), m_steps.end(), [](const Step& step) {
        const bool replaces = step.kind == Kind::Replace || step.kind == Kind::ReplaceRegex;
        return step.kind == Kind::StripAccents || (step.kind == Kind::Strip && step.left) ||
               (replaces && step.content.empty());
    });
}

void TextNormalizer::apply(AlignedText& text) const {
    for (const Step& step : m_steps) applyStep(step, text);
}

std::string TextNormalizer::applied(std::string_view text) const {
    AlignedText aligned(text, 0, false);
    apply(aligned);
    return std::string(aligned.text());
}

void TextNormalizer::applyForm(NormalForm form, AlignedText& text) {
    if (isNormalized(text.text(), form)) return;
    std::vector<TextEdit> edits;
    const std::string changed = normalized(text.text(), form, &edits);
    AlignedText::Rewrite rewrite(text);
    for (const TextEdit& edit : edits) {
        rewrite.keep(edit.oldBegin);
        rewrite.replace(edit.oldEnd,
                        std::string_view(changed).substr(edit.newBegin, edit.newEnd - edit.newBegin));
    }
    rewrite.finish();
}

void TextNormalizer::applyStep(const Step& step, AlignedText& text) {
    const std::string_view source = text.text();
    if (source.empty()) return;
    switch (step.kind) {
        case Kind::Form:
            applyForm(step.form, text);
            break;
        case Kind::Lowercase:
            mapCharacters(text, [](char32_t c, std::string& changed) { appendLowerCase(changed, c); });
            break;
        case Kind::StripAccents:
            mapCharacters(text, [](char32_t c, std::string& changed) {
                if (!isOldMark(c)) appendUtf8(changed, c);
            });
            break;
        case Kind::Strip: {
            const std::size_t begin = step.left ? leadingSpace(source) : 0;
            const std::size_t end = step.right ? std::max(begin, trailingSpace(source)) : source.size();
            AlignedText::Rewrite rewrite(text);
            rewrite.replace(begin, "");
            rewrite.keep(end);
            rewrite.replace(source.size(), "");
            rewrite.finish();
            break;
        }
        case Kind::Replace:
            replaceAll(text, occurrences(source, step.pattern), step.content);
            break;
        case Kind::ReplaceRegex:
            replaceAll(text, step.regex->matches(source), step.content);
            break;
        case Kind::Prepend: {
            AlignedText::Rewrite rewrite(text);
            rewrite.replace(0, step.content);
            rewrite.finish();
            break;
        }
        case Kind::ByteLevel:
            spellBytes(text);
            break;
    }
}

}  // namespace studio
