// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/tokenizer/merge_symbols.h"
#include "core/tokenizer/merge_table.h"
#include "core/tokenizer/vocabulary.h"
#include "core/tokenizer/word_cache.h"

namespace studio {

/// The model "BPE" of Hugging Face's tokenizer.json: words to tokens. Immutable once made; any thread.
class BpeModel {
public:
    struct Settings {
        /// Words come as raw bytes, and the vocabulary spells them with byteCharacter(). Else words are text.
        bool byteLevel = false;
        bool byteFallback = false;  ///< an unknown character becomes its bytes, spelled "<0x0A>"
        bool fuseUnknown = false;   ///< unknown characters in a row become one unknown token
        bool ignoreMerges = false;  ///< a word that is a token is that token, whatever the merges say
        std::optional<TokenId> unknown;
    };

    BpeModel(Vocabulary vocabulary, MergeTable merges, const Settings& settings);

    /// Appends the tokens of `word`; ends count from `offset` on. A character that the vocabulary does not
    /// have becomes its bytes or the unknown token, or nothing where there are none.
    void tokenize(std::string_view word, std::uint32_t offset, WordCache& cache,
                  std::vector<WordToken>& tokens) const;

    const Vocabulary& vocabulary() const { return m_vocabulary; }
    const Settings& settings() const { return m_settings; }

private:
    static constexpr TokenId kNoToken = ~TokenId{0};

    void tokenizeOne(std::string_view word, std::uint32_t offset, WordCache& cache,
                     std::vector<WordToken>& tokens) const;
    std::optional<TokenId> wholeWord(std::string_view word) const;
    void firstSymbols(std::string_view word, std::vector<WordToken>& symbols) const;
    void firstByteSymbols(std::string_view word, std::vector<WordToken>& symbols) const;
    TokenId tokenOfCharacter(std::string_view character) const;
    bool addBytes(std::string_view character, std::uint32_t begin, std::vector<WordToken>& symbols) const;
    void findOutWordBegin();

    Vocabulary m_vocabulary;
    MergeTable m_merges;
    Settings m_settings;
    std::array<TokenId, 256> m_byteTokens{};    ///< of each byte, spelled by the byte-level alphabet
    std::array<TokenId, 256> m_byteFallback{};  ///< "<0x00>" to "<0xFF>"
    std::vector<TokenId> m_characterTokens;     ///< of each character up to U+FFFF
    bool m_splitsBeforeSpace = false;
};

}  // namespace studio
