// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace studio {

/// A token with the bytes of the text it stands for. Spans are in order, do not overlap and together cover
/// the text, but for what a pre-tokenizer leaves out. Where a normalizer changed a run of characters, the
/// whole run belongs to the token that ends it; tokens that end within it are empty spans at its beginning.
/// An added token covers the white space that it takes with it.
struct TokenSpan {
    std::int64_t id = 0;
    std::size_t begin = 0;  ///< byte offsets in the encoded text; begin == end for a token that adds no text
    std::size_t end = 0;
};

/// What decoding does with special tokens (BOS, EOS, padding, the marks of a chat's turns).
enum class SpecialTokens {
    Skip,  ///< they give nothing
    Keep   ///< they are spelled out ("<s>")
};

/// What decoding has to remember between two tokens.
struct DecodeState {
    /// Whether text has begun. Tokenizers that put a space of their own before every text (sentencepiece's
    /// add_dummy_prefix) take it away again from the first token only.
    bool begun = false;
    SpecialTokens specials = SpecialTokens::Skip;
    bool anyToken = false;     ///< whether a token that is not skipped was decoded
    std::size_t stripped = 0;  ///< characters taken away at the beginning
};

/// Text to token ids and back. Immutable; may be used from several threads.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    /// Ids of `text` (valid UTF-8) without any special token that is not in the text. Tokenizers of Hugging
    /// Face read special tokens that are spelled in the text ("<|endoftext|>") as such, sentencepiece does
    /// not.
    virtual std::vector<std::int64_t> encode(std::string_view text) const = 0;
    /// The same with byte ranges.
    virtual std::vector<TokenSpan> encodeWithSpans(std::string_view text) const = 0;
    /// Special tokens, with their ids, that encode() takes for text where they are spelled in it; see
    /// encodeMarked() (core/tokenizer/marked_text.h).
    virtual std::vector<std::pair<std::string, std::int64_t>> unreadMarks() const { return {}; }
    /// Bytes of `ids`. May end inside a UTF-8 character. With special tokens kept, decode(encode(s)) == s
    /// wherever the model's normalisation loses nothing.
    /// Throws InvalidArgument for an id outside the vocabulary.
    std::string decode(const std::vector<std::int64_t>& ids,
                       SpecialTokens specials = SpecialTokens::Skip) const;
    /// The bytes that the next token adds; decode() is this over all ids.
    virtual std::string decodeNext(std::int64_t id, DecodeState& state) const = 0;
    /// decode() as text, exactly as the model's own library gives it: bytes that are no character (ids may
    /// stop within one) become U+FFFD, as many as the library makes of them.
    virtual std::string decodeText(const std::vector<std::int64_t>& ids,
                                   SpecialTokens specials = SpecialTokens::Skip) const {
        return readable(decode(ids, specials));
    }
    /// Bytes that decoding gave as valid UTF-8, with U+FFFD in the place of what is none.
    virtual std::string readable(std::string_view bytes) const;
    /// How the vocabulary spells one token ("▁the", "<0x0A>"). Throws InvalidArgument for an id outside it.
    virtual std::string piece(std::int64_t id) const = 0;
    virtual std::int64_t vocabSize() const = 0;
    virtual std::optional<std::int64_t> bosId() const = 0;
    virtual std::optional<std::int64_t> eosId() const = 0;
    virtual bool addsBos()
        const = 0;  ///< whether a text starts with BOS (tokenizer_config.json: add_bos_token)
    virtual bool addsEos() const = 0;
    /// "sentencepiece", "byte-level BPE", "byte-fallback BPE" or "BPE" (core/formats/tokenizer_choice.h).
    virtual std::string kind() const = 0;

    /// encode() with the BOS/EOS that this tokenizer adds by itself.
    std::vector<std::int64_t> encodeWithSpecials(std::string_view text) const;
};

/// Loads what FOLDER holds: tokenizer.model through sentencepiece, tokenizer.json, or vocab.json with
/// merges.txt. Where there are several, chooseTokenizer() of core/formats/tokenizer_choice.h decides.
/// Throws TokenizerInvalid naming the file, the field and what is wrong, or which files would be understood.
std::unique_ptr<Tokenizer> loadTokenizer(const std::filesystem::path& folder);

/// Names of the files in a model folder that a tokenizer is read from, in a fixed order.
std::vector<std::string> tokenizerFiles(const std::filesystem::path& folder);

/// Copies the tokenizer's files of one model folder into another (training keeps the tokenizer unchanged),
/// with all of its chat templates that are not blank.
void copyTokenizerFiles(const std::filesystem::path& from, const std::filesystem::path& to);

/// Turns a growing list of ids into text without ever splitting a UTF-8 character: bytes are held back until
/// the character is complete. What it gives is always valid UTF-8. All pushes and finish() together equal
/// tokenizer.readable(tokenizer.decode(ids)). Every push costs only its token.
class StreamDecoder {
public:
    explicit StreamDecoder(const Tokenizer& tokenizer) : m_tokenizer(tokenizer) {}
    /// For text that goes on after `context` (raw continuation of a prompt): a leading space is then part of
    /// it.
    StreamDecoder(const Tokenizer& tokenizer, const std::vector<std::int64_t>& context);
    /// Text that became complete with this token; may be empty.
    std::string push(std::int64_t id);
    /// What was held back, an unfinished character as U+FFFD.
    std::string finish();
    const std::vector<std::int64_t>& ids() const { return m_ids; }

private:
    const Tokenizer& m_tokenizer;
    std::vector<std::int64_t> m_ids;
    DecodeState m_state;
    std::string m_pending;  ///< bytes of a character that is not complete yet
};

/// What trainSentencePiece needs besides the text.
struct TokenizerTraining {
    std::int64_t vocabSize = 1600;
    bool byteFallback = true;
    /// Whether every text is encoded as if a space stood before it, so that a word has the same tokens at a
    /// text's beginning as within a sentence ("▁Paris"). decode() takes that space away again.
    bool dummyPrefix = false;
};

/// Trains a sentencepiece BPE on text files with newline as a symbol of its own, identity normalisation and
/// byte fallback, so that decode(encode(text)) == text for every text, and writes tokenizer.model,
/// tokenizer_config.json and special_tokens_map.json into `folder`. Deterministic; all the text is in memory.
/// Throws SettingInvalid when text and vocabulary size do not fit each other, BadEncoding naming file and
/// line, TokenizerInvalid otherwise.
void trainSentencePiece(const std::vector<std::filesystem::path>& texts, const TokenizerTraining& settings,
                        const std::filesystem::path& folder);

}  // namespace studio
