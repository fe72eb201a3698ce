// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/hugging_face_tokenizer.h"

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/text/unicode.h"

namespace studio {

/// Where tokens go: ids alone, or with their spans.
struct HuggingFaceTokenizer::Output {
    explicit Output(WordCaches& caches) : lease(caches.take()) {}

    void add(TokenId id, const AlignedText& text, std::size_t begin, std::size_t end) {
        if (ids) {
            ids->push_back(id);
            return;
        }
        // Spans never go back, also where an added token took white space that another begins with.
        const std::size_t last = spans->empty() ? 0 : spans->back().end;
        const std::size_t first = std::max(last, text.origin(begin));
        spans->push_back({id, first, std::max(first, text.origin(end))});
    }

    std::vector<std::int64_t>* ids = nullptr;
    std::vector<TokenSpan>* spans = nullptr;
    WordCaches::Lease lease;
    std::vector<WordToken> tokens;
    std::vector<WordRange> words;
};

HuggingFaceTokenizer::HuggingFaceTokenizer(BpeModel model, Parts parts)
    : m_model(std::move(model)), m_parts(std::move(parts)) {
    std::size_t limit = m_model.vocabulary().idLimit();
    for (const AddedToken& token : m_parts.addedTokens.all())
        limit = std::max(limit, token.id + std::size_t{1});
    m_vocabSize = static_cast<std::int64_t>(limit);
}

std::vector<std::int64_t> HuggingFaceTokenizer::encode(std::string_view text) const {
    std::vector<std::int64_t> ids;
    constexpr std::size_t kBytesAToken = 4;
    ids.reserve(text.size() / kBytesAToken + 4);
    Output output(m_caches);
    output.ids = &ids;
    encodeInto(text, output);
    return ids;
}

std::vector<TokenSpan> HuggingFaceTokenizer::encodeWithSpans(std::string_view text) const {
    std::vector<TokenSpan> spans;
    Output output(m_caches);
    output.spans = &spans;
    encodeInto(text, output);
    return spans;
}

void HuggingFaceTokenizer::encodeInto(std::string_view text, Output& output) const {
    if (text.size() >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()) / 2) {
        throw Error(ErrorCode::InvalidArgument, "A single text of 1 GiB or more cannot be encoded at once.",
                    "Part it into several documents.");
    }
    for (const AddedPart& part : m_parts.addedTokens.splitRaw(text)) {
        AlignedText piece(text.substr(part.begin, part.end - part.begin), part.begin,
                          output.spans != nullptr);
        if (part.id) {
            output.add(*part.id, piece, 0, part.end - part.begin);
        } else {
            m_parts.normalizer.apply(piece);
            encodeNormalized(piece, part.begin == 0, output);
        }
    }
}

void HuggingFaceTokenizer::encodeNormalized(AlignedText& text, bool atTextBegin, Output& output) const {
    const std::vector<AddedPart> parts = m_parts.addedTokens.splitNormalized(text.text());
    if (parts.size() == 1 && !parts.front().id) {
        encodeWords(text, atTextBegin, output);
        return;
    }
    for (const AddedPart& part : parts) {
        if (part.id) {
            output.add(*part.id, text, part.begin, part.end);
        } else {
            AlignedText piece(text, part.begin, part.end);
            encodeWords(piece, atTextBegin && part.begin == 0, output);
        }
    }
}

void HuggingFaceTokenizer::encodeWords(AlignedText& text, bool atTextBegin, Output& output) const {
    m_parts.preTokenizer.split(text, atTextBegin, output.words);
    for (const WordRange& word : output.words) {
        output.tokens.clear();
        m_model.tokenize(text.text().substr(word.begin, word.end - word.begin), word.begin,
                         output.lease.cache(), output.tokens);
        std::size_t begin = word.begin;
        for (const WordToken& token : output.tokens) {
            output.add(token.id, text, begin, token.end);
            begin = token.end;
        }
    }
}

std::optional<std::string_view> HuggingFaceTokenizer::spelling(std::int64_t id) const {
    if (id < 0 || id >= m_vocabSize) {
        throw Error(ErrorCode::InvalidArgument,
                    "Token " + std::to_string(id) + " is outside the vocabulary of " +
                        std::to_string(m_vocabSize) + " tokens.",
                    "Check that the tokenizer belongs to the model.", {std::to_string(id)});
    }
    const auto token = static_cast<TokenId>(id);
    if (const AddedToken* added = m_parts.addedTokens.find(token)) return added->content;
    if (!m_model.vocabulary().has(token)) return std::nullopt;
    return m_model.vocabulary().token(token);
}

bool HuggingFaceTokenizer::isSkipped(std::string_view spelling, SpecialTokens specials) const {
    return specials == SpecialTokens::Skip && m_parts.addedTokens.isSpecial(spelling);
}

std::string HuggingFaceTokenizer::decodeNext(std::int64_t id, DecodeState& state) const {
    const auto token = spelling(id);
    if (!token || isSkipped(*token, state.specials)) return {};
    return m_parts.decoder.next(*token, state);
}

std::string HuggingFaceTokenizer::readable(std::string_view bytes) const {
    return replaceInvalidUtf8(
        bytes, m_parts.decoder.isByteLevel() ? InvalidUtf8::MaximalSubpart : InvalidUtf8::EachByte);
}

/// Hugging Face's ByteFallback decoder takes a run of byte tokens as a whole: where it is not valid UTF-8,
/// every byte of it becomes U+FFFD, also those of complete characters.
std::string HuggingFaceTokenizer::decodeText(const std::vector<std::int64_t>& ids,
                                             SpecialTokens specials) const {
    const TokenDecoder& decoder = m_parts.decoder;
    if (!decoder.hasByteFallback()) return readable(decode(ids, specials));
    std::string text;
    std::string run;
    DecodeState state;
    const auto flush = [&] {
        if (firstInvalidUtf8(run)) {
            for (std::size_t i = 0; i < run.size(); ++i) text += "\xEF\xBF\xBD";
        } else {
            text += run;
        }
        run.clear();
    };
    for (const std::int64_t id : ids) {
        const auto token = spelling(id);
        if (!token || isSkipped(*token, specials)) continue;
        const std::string part = decoder.transformed(*token, !state.anyToken);
        state.anyToken = true;
        const int byte = decoder.fallbackByte(part);
        if (byte >= 0) {
            run += static_cast<char>(byte);
        } else {
            flush();
            text += part;
        }
    }
    flush();
    decoder.stripBeginning(text, state);
    return text;
}

std::string HuggingFaceTokenizer::piece(std::int64_t id) const {
    return std::string(spelling(id).value_or(std::string_view()));
}

}  // namespace studio
