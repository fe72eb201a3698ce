// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/token_decoder.h"

#include "core/formats/quoted.h"
#include "core/tokenizer/byte_level.h"
#include "core/tokenizer/text_normalizer.h"

namespace studio {

namespace {

std::string replaced(std::string_view text, std::string_view pattern, std::string_view content) {
    std::string result;
    std::size_t done = 0;
    for (const TextRange& place : occurrences(text, pattern)) {
        result.append(text, done, place.begin - done);
        result += content;
        done = place.end;
    }
    return result.append(text, done, std::string_view::npos);
}

std::string stripped(std::string text, std::string_view character, std::size_t start, std::size_t stop) {
    std::size_t begin = 0;
    for (; start > 0 && text.compare(begin, character.size(), character) == 0; --start)
        begin += character.size();
    std::size_t end = text.size();
    for (; stop > 0 && end >= begin + character.size() &&
           text.compare(end - character.size(), character.size(), character) == 0;
         --stop)
        end -= character.size();
    return text.substr(begin, end - begin);
}

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

TokenDecoder::TokenDecoder(const OrderedJson& json, const JsonPlace& place) : m_kind(Kind::Steps) {
    add(json, place);
}

TokenDecoder TokenDecoder::byteLevel() {
    TokenDecoder made;
    made.m_kind = Kind::ByteLevel;
    return made;
}

void TokenDecoder::checkPlace(bool allowed, const JsonPlace& place) const {
    if (!allowed || m_kind == Kind::ByteLevel)
        place.refuseUnknown("stands at a place in the sequence where this version does not read it");
}

void TokenDecoder::add(const OrderedJson& json, const JsonPlace& place) {
    const std::string type = jsonType(json, place);
    if (type == "Sequence") {
        const OrderedJson& list = jsonSequence(json, place, "decoders");
        for (std::size_t i = 0; i < list.size(); ++i) add(list[i], place.at("decoders").at(i));
        return;
    }
    if (type == "Replace") return addReplace(json, place);
    if (type == "Strip") return addStrip(json, place);
    if (type == "Metaspace") return addMetaspace(json, place);
    if (type == "ByteLevel") {
        // The other fields are about encoding; decoding does not look at them.
        const JsonFieldsReader fields(json, place, {"type", "add_prefix_space", "trim_offsets", "use_regex"});
        checkPlace(m_steps.empty() && !m_byteFallback && !m_fuses, place);
        m_kind = Kind::ByteLevel;
        return;
    }
    const JsonFieldsReader fields(json, place, {"type"});
    if (type == "ByteFallback") {
        checkPlace(!m_byteFallback && !m_fuses, place);
        m_byteFallback = true;
    } else if (type == "Fuse") {
        checkPlace(true, place);
        m_fuses = true;
    } else {
        place.refuseUnknown("is of the type " + inQuotes(type) + ", which this version does not read");
    }
}

void TokenDecoder::addReplace(const OrderedJson& json, const JsonPlace& place) {
    const JsonFieldsReader fields(json, place, {"type", "pattern", "content"});
    checkPlace(!m_byteFallback && !m_fuses, place);
    const JsonPattern pattern = jsonPattern(fields.required("pattern"), place.at("pattern"));
    if (pattern.text.empty())
        place.at("pattern").refuseUnknown("is a regular expression, which this version reads elsewhere only");
    Step step;
    step.pattern = pattern.text;
    step.content = fields.text("content");
    m_steps.push_back(std::move(step));
}

void TokenDecoder::addStrip(const OrderedJson& json, const JsonPlace& place) {
    const JsonFieldsReader fields(json, place, {"type", "content", "start", "stop"});
    const std::string content = fields.character("content");
    const std::int64_t start = fields.integer("start");
    const std::int64_t stop = fields.integer("stop");
    if (start < 0 || stop < 0) place.refuse("has a negative count");
    if (!m_fuses) {
        checkPlace(!m_byteFallback, place);
        Step step;
        step.kind = Step::Kind::Strip;
        step.pattern = content;
        step.start = static_cast<std::size_t>(start);
        step.stop = static_cast<std::size_t>(stop);
        m_steps.push_back(std::move(step));
        return;
    }
    checkPlace(m_stripCount == 0 && stop == 0, place);
    m_stripped = content;
    m_stripCount = static_cast<std::size_t>(start);
}

void TokenDecoder::addMetaspace(const OrderedJson& json, const JsonPlace& place) {
    const JsonFieldsReader fields(
        json, place, {"type", "replacement", "str_rep", "add_prefix_space", "prepend_scheme", "split"});
    checkPlace(!m_byteFallback && !m_fuses, place);
    Step step;
    step.kind = Step::Kind::Metaspace;
    step.pattern = fields.character("replacement");
    const std::string scheme = fields.find("prepend_scheme") ? fields.text("prepend_scheme") : "always";
    if (scheme != "always" && scheme != "first" && scheme != "never")
        place.at("prepend_scheme").refuseUnknown("is " + inQuotes(scheme));
    step.dropsFirst = scheme != "never" && fields.flag("add_prefix_space", true);
    m_steps.push_back(std::move(step));
}

int TokenDecoder::fallbackByte(std::string_view token) const {
    constexpr std::size_t kLength = 6;  // "<0x0A>"
    if (!m_byteFallback || token.size() != kLength || token.substr(0, 3) != "<0x" || token[5] != '>')
        return -1;
    const int high = hexadecimal(token[3]);
    const int low = hexadecimal(token[4]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string TokenDecoder::transformed(std::string_view token, bool isFirst) const {
    std::string text(token);
    for (const Step& step : m_steps) {
        switch (step.kind) {
            case Step::Kind::Replace:
                text = replaced(text, step.pattern, step.content);
                break;
            case Step::Kind::Metaspace:
                text = replaced(text, step.pattern, isFirst && step.dropsFirst ? "" : " ");
                break;
            case Step::Kind::Strip:
                text = stripped(std::move(text), step.pattern, step.start, step.stop);
                break;
        }
    }
    return text;
}

void TokenDecoder::stripBeginning(std::string& text, DecodeState& state) const {
    if (state.begun) return;
    while (state.stripped < m_stripCount && text.compare(0, m_stripped.size(), m_stripped) == 0) {
        text.erase(0, m_stripped.size());
        ++state.stripped;
    }
    state.begun = !text.empty();
}

std::string TokenDecoder::next(std::string_view token, DecodeState& state) const {
    const bool isFirst = !state.anyToken;
    state.anyToken = true;
    if (m_kind == Kind::ByteLevel) return fromByteCharacters(token);
    if (m_kind == Kind::Spaces) return (isFirst ? "" : " ") + std::string(token);
    std::string text = transformed(token, isFirst);
    const int byte = fallbackByte(text);
    if (byte >= 0) text.assign(1, static_cast<char>(byte));
    stripBeginning(text, state);
    return text;
}

}  // namespace studio
