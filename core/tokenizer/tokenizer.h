// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// A token with the bytes of the text it stands for.
struct TokenSpan {
    std::int64_t id = 0;
    std::size_t begin = 0;  ///< byte offsets in the encoded text; begin == end for a token that adds no text
    std::size_t end = 0;
};

/// Text to token ids and back. Immutable; may be used from several threads.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    /// Ids of `text` (valid UTF-8) without any special token.
    virtual std::vector<std::int64_t> encode(std::string_view text) const = 0;
    /// The same with byte ranges.
    virtual std::vector<TokenSpan> encodeWithSpans(std::string_view text) const = 0;
    /// Bytes of `ids`; special tokens (BOS, EOS, padding) give nothing. May end inside a UTF-8 character.
    /// decode(encode(s)) == s wherever the model's normalisation loses nothing.
    virtual std::string decode(const std::vector<std::int64_t>& ids) const = 0;
    /// How the vocabulary spells one token ("▁the", "<0x0A>"). Throws InvalidArgument for an id outside it.
    virtual std::string piece(std::int64_t id) const = 0;
    virtual std::int64_t vocabSize() const = 0;
    virtual std::optional<std::int64_t> bosId() const = 0;
    virtual std::optional<std::int64_t> eosId() const = 0;
    virtual bool addsBos() const = 0;  ///< whether a text starts with BOS (tokenizer_config.json: add_bos_token)
    virtual bool addsEos() const = 0;
    /// "sentencepiece".
    virtual std::string kind() const = 0;

    /// encode() with the BOS/EOS that this tokenizer adds by itself.
    std::vector<std::int64_t> encodeWithSpecials(std::string_view text) const;
};

/// Loads what FOLDER holds (tokenizer.model through sentencepiece; further kinds come with their readers).
/// Throws TokenizerInvalid naming the file and what is wrong, or which files would be understood.
std::unique_ptr<Tokenizer> loadTokenizer(const std::filesystem::path& folder);

/// Copies the tokenizer's files of one model folder into another (training keeps the tokenizer unchanged).
void copyTokenizerFiles(const std::filesystem::path& from, const std::filesystem::path& to);

/// Turns a growing list of ids into text without ever splitting a UTF-8 character: text is held back until it is
/// complete. finish() gives what is left, an unfinished character as U+FFFD.
class StreamDecoder {
public:
    explicit StreamDecoder(const Tokenizer& tokenizer) : m_tokenizer(tokenizer) {}
    /// Text that became complete with this token; may be empty.
    std::string push(std::int64_t id);
    std::string finish();
    const std::vector<std::int64_t>& ids() const { return m_ids; }

private:
    const Tokenizer& m_tokenizer;
    std::vector<std::int64_t> m_ids;
    std::size_t m_window = 0;  ///< first id that is decoded again with every push, so that a long answer stays linear
    std::string m_emitted;     ///< what has been given out of the window's text
};

/// What trainSentencePiece needs besides the text.
struct TokenizerTraining {
    std::int64_t vocabSize = 1600;
    bool byteFallback = true;
};

/// Trains a sentencepiece BPE on text files (one sentence a line is not needed: lines are taken as they are, with
/// newline as a symbol of its own, identity normalisation, no dummy prefix, byte fallback) and writes
/// tokenizer.model, tokenizer_config.json and special_tokens_map.json into `folder`. Deterministic.
/// Throws SettingInvalid when the text is too small for the vocabulary, TokenizerInvalid otherwise.
void trainSentencePiece(const std::vector<std::filesystem::path>& texts, const TokenizerTraining& settings,
                        const std::filesystem::path& folder);

}  // namespace studio
