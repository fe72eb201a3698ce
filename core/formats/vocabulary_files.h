// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/formats/gguf_vocabulary.h"
#include "core/formats/json.h"

// The parts of readGgufVocabulary.
namespace studio {

/// The JSON files beside a tokenizer; null where one is missing. What they say in several places is asked
/// here.
class VocabularySettings {
public:
    explicit VocabularySettings(const std::filesystem::path& folder);

    const OrderedJson& config() const { return m_config; }
    /// "bos_token": its text, in tokenizer_config.json or special_tokens_map.json. Empty where there is none.
    std::string special(const char* key) const;
    /// All texts that a special token has, the additional ones included.
    std::vector<std::string> specials() const;
    struct Added {
        std::int64_t id = 0;
        std::string text;
        bool special = false;
    };
    /// Of added_tokens_decoder and added_tokens.json.
    std::vector<Added> added() const;
    /// Ends of a generation, in generation_config.json.
    std::vector<std::int64_t> generationEnds() const;
    std::vector<std::pair<std::string, std::string>> chatTemplates() const;

private:
    std::filesystem::path m_folder;
    OrderedJson m_config, m_specials, m_added, m_generation;
};

/// Fills a vocabulary's list of tokens, in which every id has one and no text comes twice (llama.cpp ends
/// itself where one does).
class GgufTokenList {
public:
    GgufTokenList(GgufVocabulary& vocabulary, std::int64_t size, std::string source);

    /// In place of an earlier token of that id. Throws TokenizerInvalid for an id beyond the vocabulary.
    void set(std::int64_t id, const std::string& text, GgufToken type, float score = 0.0F);
    void setType(std::int64_t id, GgufToken type) {
        m_vocabulary.types.at(static_cast<std::size_t>(id)) = type;
    }
    GgufToken type(std::int64_t id) const { return m_vocabulary.types.at(static_cast<std::size_t>(id)); }
    /// Names the ids that have no token. Throws TokenizerInvalid for a text that comes twice.
    void finish();
    std::optional<std::int64_t> find(const std::string& text) const;

private:
    GgufVocabulary& m_vocabulary;
    std::string m_source;
    std::vector<bool> m_given;
    std::unordered_map<std::string, std::int64_t> m_ids;
};

/// Fill the tokens and what belongs to the algorithm; special ids and templates are filled afterwards.
/// `withJson`: tokenizer.json beside tokenizer.model has the same pieces and more tokens.
void readSentencePieces(const std::filesystem::path& folder, bool withJson,
                        const VocabularySettings& settings, GgufTokenList& list, GgufVocabulary& vocabulary);
void readBytePairs(const std::filesystem::path& folder, bool fromJson, const VocabularySettings& settings,
                   GgufTokenList& list, GgufVocabulary& vocabulary);

/// The whole of a JSON file; integers beyond 64 bits, which some write for "no limit", become doubles.
/// Throws TokenizerInvalid with the place of what is no JSON.
OrderedJson readVocabularyFile(const std::filesystem::path& file);
/// The entries of tokenizer.json's added_tokens. Throws TokenizerInvalid.
std::vector<VocabularySettings::Added> addedTokensOf(const OrderedJson& tokenizer, const std::string& source);
/// What tokenizer.json's post-processor puts around a text.
void readAffixes(const OrderedJson& processor, const GgufTokenList& list, GgufVocabulary& vocabulary);
/// add_bos_token and add_eos_token, which go before the post-processor.
void readAffixFlags(const VocabularySettings& settings, GgufVocabulary& vocabulary);

/// llama.cpp's name for how a tokenizer.json splits texts before its merges. Throws ModelUnsupported for a
/// way that llama.cpp does not know.
std::string preTokenizerName(const OrderedJson& tokenizer, const std::string& source);

[[noreturn]] void refuseTokenizer(const std::string& source, const std::string& what);

}  // namespace studio
