// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/pre_tokenizer.h"

#include <algorithm>

#include "core/formats/quoted.h"
#include "core/text/unicode_table.h"
#include "core/text/utf8.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/text_normalizer.h"

namespace studio {

namespace {

std::string_view wordText(std::string_view text, WordRange word) {
    return text.substr(word.begin, word.end - word.begin);
}

bool isWhiteSpace(char32_t c) {
    return (UnicodeTable::instance().bit(c) & category::kWhiteSpace) != 0;
}

}  // namespace

PreTokenizer::PreTokenizer(const OrderedJson& json, const JsonPlace& place) {
    add(json, place);
    // Only the last step may leave the bytes as they are: all others look at the characters that spell them.
    for (std::size_t i = 0; i + 1 < m_steps.size(); ++i) {
        if (m_steps[i].kind == Kind::Bytes) m_steps[i].kind = Kind::Spell;
    }
}

PreTokenizer PreTokenizer::byteLevel(SplitPattern pattern, bool addsPrefixSpace) {
    PreTokenizer made;
    Step bytes;
    bytes.kind = Kind::Bytes;
    bytes.prefix = addsPrefixSpace ? Prefix::Always : Prefix::Never;
    bytes.splits = pattern == SplitPattern::Gpt2;
    Step scan;
    scan.pattern = pattern;
    if (!bytes.splits) made.m_steps.push_back(scan);
    made.m_steps.push_back(bytes);
    return made;
}

void PreTokenizer::add(const OrderedJson& json, const JsonPlace& place) {
    const std::string type = jsonType(json, place);
    if (type == "Sequence") {
        const OrderedJson& list = jsonSequence(json, place, "pretokenizers");
        for (std::size_t i = 0; i < list.size(); ++i) add(list[i], place.at("pretokenizers").at(i));
        return;
    }
    if (type == "Split") return addSplit(json, place);
    if (type == "ByteLevel") return addByteLevel(json, place);
    if (type == "Metaspace") return addMetaspace(json, place);
    Step step;
    if (type == "Digits") {
        const JsonFieldsReader fields(json, place, {"type", "individual_digits"});
        step.kind = Kind::Digits;
        step.behavior = fields.flag("individual_digits") ? Behavior::Isolated : Behavior::Contiguous;
    } else if (type == "Punctuation") {
        const JsonFieldsReader fields(json, place, {"type", "behavior"});
        step.kind = Kind::Punctuation;
        if (fields.find("behavior")) step.behavior = behavior(fields.text("behavior"), place.at("behavior"));
    } else if (type == "Whitespace" || type == "WhitespaceSplit") {
        const JsonFieldsReader fields(json, place, {"type"});
        step.kind = type == "Whitespace" ? Kind::Whitespace : Kind::WhitespaceSplit;
        step.behavior = Behavior::Removed;
        step.inverted = step.kind == Kind::Whitespace;
    } else {
        place.refuseUnknown("is of the type " + inQuotes(type) + ", which this version does not read");
    }
    m_steps.push_back(std::move(step));
}

PreTokenizer::Behavior PreTokenizer::behavior(const std::string& name, const JsonPlace& place) {
    if (name == "Removed") return Behavior::Removed;
    if (name == "Isolated") return Behavior::Isolated;
    if (name == "MergedWithPrevious") return Behavior::MergedWithPrevious;
    if (name == "MergedWithNext") return Behavior::MergedWithNext;
    if (name == "Contiguous") return Behavior::Contiguous;
    place.refuseUnknown("is " + inQuotes(name) + ", which is no known behavior");
}

void PreTokenizer::addSplit(const OrderedJson& json, const JsonPlace& place) {
    const JsonFieldsReader fields(json, place, {"type", "pattern", "behavior", "invert"});
    const JsonPattern pattern = jsonPattern(fields.required("pattern"), place.at("pattern"));
    Step step;
    step.behavior = behavior(fields.text("behavior"), place.at("behavior"));
    step.inverted = fields.flag("invert");
    if (!pattern.text.empty()) {
        step.kind = Kind::Text;
        step.text = pattern.text;
    } else if (const auto known = knownSplitPattern(pattern.regex)) {
        step.pattern = *known;
    } else {
        step.kind = Kind::Regex;
        step.regex = compiledRegex(pattern.regex, place.at("pattern").at("Regex"));
    }
    m_steps.push_back(std::move(step));
}

void PreTokenizer::addByteLevel(const OrderedJson& json, const JsonPlace& place) {
    // trim_offsets is about the offsets that Hugging Face reports, not about ids.
    const JsonFieldsReader fields(json, place, {"type", "add_prefix_space", "trim_offsets", "use_regex"});
    if (hasByteLevel()) place.refuseUnknown("is a second ByteLevel");
    Step step;
    step.kind = Kind::Bytes;
    step.prefix = fields.flag("add_prefix_space") ? Prefix::Always : Prefix::Never;
    step.splits = fields.flag("use_regex", true);
    m_steps.push_back(std::move(step));
}

void PreTokenizer::addMetaspace(const OrderedJson& json, const JsonPlace& place) {
    const JsonFieldsReader fields(
        json, place, {"type", "replacement", "str_rep", "add_prefix_space", "prepend_scheme", "split"});
    Step step;
    step.kind = Kind::Metaspace;
    step.text = fields.character("replacement");
    step.prefix = Prefix::Always;
    if (fields.find("prepend_scheme")) {
        const std::string scheme = fields.text("prepend_scheme");
        if (scheme == "never")
            step.prefix = Prefix::Never;
        else if (scheme == "first")
            step.prefix = Prefix::First;
        else if (scheme != "always")
            place.at("prepend_scheme").refuseUnknown("is " + inQuotes(scheme));
    }
    if (!fields.flag("add_prefix_space", true) && step.prefix != Prefix::Never) {
        // Files from before prepend_scheme was there say it this way.
        if (fields.find("prepend_scheme")) place.refuse("contradicts itself about the space before a text");
        step.prefix = Prefix::Never;
    }
    step.splits = fields.flag("split", true);
    step.behavior = Behavior::MergedWithNext;
    m_steps.push_back(std::move(step));
}

bool PreTokenizer::givesBytes() const {
    return !m_steps.empty() && m_steps.back().kind == Kind::Bytes;
}

bool PreTokenizer::hasByteLevel() const {
    return std::any_of(m_steps.begin(), m_steps.end(),
                       [](const Step& step) { return step.kind == Kind::Bytes || step.kind == Kind::Spell; });
}

bool PreTokenizer::knowsTextBegin() const {
    return std::any_of(m_steps.begin(), m_steps.end(),
                       [](const Step& step) { return step.prefix == Prefix::First; });
}

void PreTokenizer::splitWord(const Step& step, std::string_view text, WordRange word,
                             std::vector<Part>& parts) {
    const std::string_view bytes = wordText(text, word);
    std::uint32_t done = word.begin;
    const auto match = [&](std::size_t begin, std::size_t end) {
        const WordRange found{word.begin + static_cast<std::uint32_t>(begin),
                              word.begin + static_cast<std::uint32_t>(end)};
        if (done < found.begin) parts.push_back({{done, found.begin}, false});
        parts.push_back({found, true});
        done = found.end;
    };
    const auto matchEach = [&](auto isMatch) {
        for (std::size_t at = 0; at < bytes.size();) {
            const Utf8Step character = utf8At(bytes, at);
            if (isMatch(character.codePoint)) match(at, at + character.length);
            at += character.length;
        }
    };
    switch (step.kind) {
        case Kind::Regex:
            for (const TextRange& range : step.regex->matches(bytes)) match(range.begin, range.end);
            break;
        case Kind::Text:
        case Kind::Metaspace:
            for (const TextRange& range : occurrences(bytes, step.text)) match(range.begin, range.end);
            break;
        case Kind::Digits:
            matchEach(isNumeric);
            break;
        case Kind::Punctuation:
            matchEach(isOldPunctuation);
            break;
        case Kind::WhitespaceSplit:
            matchEach(isWhiteSpace);
            break;
        case Kind::Whitespace: {  // "\w+|[^\w\s]+"
            const auto kindAt = [&](std::size_t at) {
                const char32_t c = utf8At(bytes, at).codePoint;
                return isWordCharacter(c, WordRule::Rust) ? 'w' : isWhiteSpace(c) ? ' ' : '.';
            };
            for (std::size_t at = 0; at < bytes.size();) {
                const std::size_t begin = at;
                const char kind = kindAt(at);
                while (at < bytes.size() && kindAt(at) == kind) at += utf8At(bytes, at).length;
                if (kind != ' ') match(begin, at);
            }
            break;
        }
        default:
            break;
    }
    if (done < word.end) parts.push_back({{done, word.end}, false});
}

/// What becomes a word of its own, by the behaviours of Hugging Face's SplitDelimiterBehavior.
void PreTokenizer::keepParts(const Step& step, const std::vector<Part>& parts,
                             std::vector<WordRange>& words) {
    const auto isMatch = [&](const Part& part) { return part.isMatch != step.inverted; };
    const std::size_t first = words.size();
    bool previous = false;
    const auto mergeOrAdd = [&](const Part& part, bool merges) {
        if (merges && words.size() > first)
            words.back().end = part.range.end;
        else
            words.push_back(part.range);
        previous = isMatch(part);
    };
    switch (step.behavior) {
        case Behavior::Removed:
            for (const Part& part : parts) {
                if (!isMatch(part)) words.push_back(part.range);
            }
            break;
        case Behavior::Isolated:
            for (const Part& part : parts) words.push_back(part.range);
            break;
        case Behavior::Contiguous:
            for (const Part& part : parts) mergeOrAdd(part, isMatch(part) == previous);
            break;
        case Behavior::MergedWithPrevious:
            for (const Part& part : parts) mergeOrAdd(part, isMatch(part) && !previous);
            break;
        case Behavior::MergedWithNext:
            for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
                if (isMatch(*part) && !previous && words.size() > first)
                    words.back().begin = part->range.begin;
                else
                    words.push_back(part->range);
                previous = isMatch(*part);
            }
            std::reverse(words.begin() + static_cast<std::ptrdiff_t>(first), words.end());
            break;
    }
}

void PreTokenizer::addPrefixSpaces(AlignedText& text, std::vector<WordRange>& words) {
    AlignedText::Rewrite rewrite(text);
    for (WordRange& word : words) {
        const bool needsSpace = rewrite.source()[word.begin] != ' ';
        rewrite.keep(word.begin);
        const auto begin = static_cast<std::uint32_t>(rewrite.place());
        if (needsSpace) rewrite.replace(word.begin, " ");
        rewrite.keep(word.end);
        word = {begin, static_cast<std::uint32_t>(rewrite.place())};
    }
    rewrite.finish();
}

void PreTokenizer::spellWords(AlignedText& text, std::vector<WordRange>& words) {
    AlignedText::Rewrite rewrite(text);
    const std::string_view source = rewrite.source();
    for (WordRange& word : words) {
        rewrite.keep(word.begin);
        const auto begin = static_cast<std::uint32_t>(rewrite.place());
        for (std::size_t at = word.begin; at < word.end; ++at) {
            std::string spelled;
            appendUtf8(spelled, byteCharacter(static_cast<std::uint8_t>(source[at])));
            rewrite.replace(at + 1, spelled);
        }
        word = {begin, static_cast<std::uint32_t>(rewrite.place())};
    }
    rewrite.finish();
}

void PreTokenizer::rewriteMetaspace(const Step& step, AlignedText& text, bool atTextBegin,
                                    std::vector<WordRange>& words) {
    AlignedText::Rewrite rewrite(text);
    const std::string_view source = rewrite.source();
    for (std::size_t i = 0; i < words.size(); ++i) {
        WordRange& word = words[i];
        const std::string_view bytes = wordText(source, word);
        const bool begins = bytes.substr(0, step.text.size()) == step.text || bytes.front() == ' ';
        const bool isFirst = atTextBegin && i == 0 && word.begin == 0;
        rewrite.keep(word.begin);
        const auto begin = static_cast<std::uint32_t>(rewrite.place());
        if (!begins && (step.prefix == Prefix::Always || (step.prefix == Prefix::First && isFirst)))
            rewrite.replace(word.begin, step.text);
        for (const TextRange& space : occurrences(bytes, " ")) {
            rewrite.keep(word.begin + space.begin);
            rewrite.replace(word.begin + space.end, step.text);
        }
        rewrite.keep(word.end);
        word = {begin, static_cast<std::uint32_t>(rewrite.place())};
    }
    rewrite.finish();
}

/// The words of a pattern that scanWords() knows. It leaves nothing out, so what it finds is all there is.
void PreTokenizer::scanStep(const Step& step, std::string_view text, const std::vector<WordRange>& before,
                            std::vector<WordRange>& words) {
    const bool isBytes = step.kind != Kind::Scan;
    const bool keepsAll =
        step.behavior == Behavior::Isolated || (step.behavior == Behavior::Removed && step.inverted);
    std::vector<std::uint32_t> ends;
    std::vector<Part> parts;
    for (const WordRange& word : before) {
        ends.clear();
        scanWords(isBytes ? SplitPattern::Gpt2 : step.pattern, wordText(text, word), ends);
        std::uint32_t begin = word.begin;
        parts.clear();
        for (const std::uint32_t end : ends) {
            if (keepsAll)
                words.push_back({begin, word.begin + end});
            else
                parts.push_back({{begin, word.begin + end}, true});
            begin = word.begin + end;
        }
        keepParts(step, parts, words);
    }
}

void PreTokenizer::split(AlignedText& text, bool atTextBegin, std::vector<WordRange>& words) const {
    words.clear();
    if (text.text().empty()) return;
    words.push_back({0, static_cast<std::uint32_t>(text.text().size())});
    std::vector<WordRange> before;
    std::vector<Part> parts;
    for (const Step& step : m_steps) {
        if (step.kind == Kind::Metaspace)
            rewriteMetaspace(step, text, atTextBegin, words);
        else if (step.prefix == Prefix::Always)
            addPrefixSpaces(text, words);
        if (step.splits) {
            before.swap(words);
            words.clear();
            if (step.kind == Kind::Scan || step.kind == Kind::Bytes || step.kind == Kind::Spell) {
                scanStep(step, text.text(), before, words);
            } else {
                for (const WordRange& word : before) {
                    parts.clear();
                    splitWord(step, text.text(), word, parts);
                    keepParts(step, parts, words);
                }
            }
            const auto isEmpty = [](const WordRange& word) { return word.begin == word.end; };
            words.erase(std::remove_if(words.begin(), words.end(), isEmpty), words.end());
        }
        if (step.kind == Kind::Spell) spellWords(text, words);
    }
}

}  // namespace studio
