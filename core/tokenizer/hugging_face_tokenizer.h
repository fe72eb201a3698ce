// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/added_tokens.h"
#include "core/tokenizer/bpe_model.h"
#include "core/tokenizer/pre_tokenizer.h"
#include "core/tokenizer/text_normalizer.h"
#include "core/tokenizer/token_decoder.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

/// Byte pair encoding as Hugging Face's tokenizers library does it (version 0.22): added tokens, normalizer,
/// pre-tokenizer, model, decoder. Ids and texts equal the library's for every valid UTF-8 text; text that is
/// not valid is not an error, and without a normalizer a byte-level vocabulary gives its bytes back.
class HuggingFaceTokenizer final : public Tokenizer {
public:
    struct Parts {
        TextNormalizer normalizer;
        PreTokenizer preTokenizer;
        TokenDecoder decoder;
        AddedTokens addedTokens;
        std::optional<TokenId> bosId;
        std::optional<TokenId> eosId;
        bool addsBos = false;
        bool addsEos = false;
        std::string kind;
    };

    HuggingFaceTokenizer(BpeModel model, Parts parts);

    std::vector<std::int64_t> encode(std::string_view text) const override;
    std::vector<TokenSpan> encodeWithSpans(std::string_view text) const override;
    std::string decodeNext(std::int64_t id, DecodeState& state) const override;
    std::string decodeText(const std::vector<std::int64_t>& ids,
                           SpecialTokens specials = SpecialTokens::Skip) const override;
    std::string readable(std::string_view bytes) const override;
    std::string piece(std::int64_t id) const override;
    std::int64_t vocabSize() const override { return m_vocabSize; }
    std::optional<std::int64_t> bosId() const override { return m_parts.bosId; }
    std::optional<std::int64_t> eosId() const override { return m_parts.eosId; }
    bool addsBos() const override { return m_parts.addsBos && m_parts.bosId; }
    bool addsEos() const override { return m_parts.addsEos && m_parts.eosId; }
    std::string kind() const override { return m_parts.kind; }

private:
    struct Output;

    void encodeInto(std::string_view text, Output& output) const;
    void encodeNormalized(AlignedText& text, bool atTextBegin, Output& output) const;
    void encodeWords(AlignedText& text, bool atTextBegin, Output& output) const;
    /// The spelling of an id, which is checked; nothing for an id that no token has.
    std::optional<std::string_view> spelling(std::int64_t id) const;
    bool isSkipped(std::string_view spelling, SpecialTokens specials) const;

    BpeModel m_model;
    Parts m_parts;
    std::int64_t m_vocabSize = 0;
    mutable WordCaches m_caches;
};

}  // namespace studio
