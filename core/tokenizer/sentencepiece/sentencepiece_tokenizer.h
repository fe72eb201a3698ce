// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tokenizer/tokenizer.h"

namespace sentencepiece {
class SentencePieceProcessor;
}

namespace studio {

/// A tokenizer.model of sentencepiece. Encoding is the library's; decoding is done here from a table of the
/// pieces, since the library can neither give the raw bytes of half a character nor go on from where it
/// stopped. It follows SentencePieceProcessor::Decode of version 0.1.97 in everything else.
class SentencePieceTokenizer final : public Tokenizer {
public:
    /// Reads FOLDER/tokenizer.model and, where there is one, FOLDER/tokenizer_config.json.
    /// Throws TokenizerInvalid or the JSON reader's errors.
    static std::unique_ptr<SentencePieceTokenizer> load(const std::filesystem::path& folder);
    /// From a file's bytes; `source` names it in messages.
    SentencePieceTokenizer(const std::string& bytes, const std::string& source);
    ~SentencePieceTokenizer() override;

    std::vector<std::int64_t> encode(std::string_view text) const override;
    std::vector<TokenSpan> encodeWithSpans(std::string_view text) const override;
    std::vector<std::pair<std::string, std::int64_t>> unreadMarks() const override;
    std::string decodeNext(std::int64_t id, DecodeState& state) const override;
    std::string piece(std::int64_t id) const override;
    std::int64_t vocabSize() const override { return static_cast<std::int64_t>(m_pieces.size()); }
    std::optional<std::int64_t> bosId() const override { return m_bosId; }
    std::optional<std::int64_t> eosId() const override { return m_eosId; }
    bool addsBos() const override { return m_addsBos && m_bosId; }
    bool addsEos() const override { return m_addsEos && m_eosId; }
    std::string kind() const override { return "sentencepiece"; }

private:
    struct Piece {
        std::string spelling;
        std::string bytes;         ///< what it adds to a text, except at the text's beginning
        bool isByte = false;       ///< byte fallback: one raw byte
        bool isControl = false;    ///< <s> and the like: a special token
        bool startsSpace = false;  ///< begins with "▁"
    };

    void readPieces();
    void findOutPrefixRule();
    void readConfig(const std::filesystem::path& path);
    const Piece& at(std::int64_t id) const;

    std::unique_ptr<sentencepiece::SentencePieceProcessor> m_processor;
    std::vector<Piece> m_pieces;
    std::optional<std::int64_t> m_bosId;
    std::optional<std::int64_t> m_eosId;
    bool m_addsBos = true;
    bool m_addsEos = false;
    bool m_dropsFirstSpace = false;  ///< the model adds a space before a text, decoding takes it away
    bool m_dropsAllSpaces = false;   ///< and it removes extra spaces: every leading one goes
};

}  // namespace studio
