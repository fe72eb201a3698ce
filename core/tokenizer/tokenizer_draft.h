// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/formats/json_reader.h"
#include "core/tokenizer/hugging_face_tokenizer.h"

namespace studio {

/// Where a merge stands, which is only put into words when it is refused.
struct MergePlace {
    const JsonPlace& list;
    std::size_t number = 0;
    bool isLine = false;  ///< of merges.txt, else an element of a list

    JsonPlace place() const {
        return isLine ? JsonPlace{list.file, "line " + std::to_string(number)} : list.at(number);
    }
};

/// A tokenizer while its files are read, whatever they are.
struct TokenizerDraft {
    Vocabulary vocabulary;
    MergeTable merges;
    BpeModel::Settings model;
    HuggingFaceTokenizer::Parts parts;
    std::vector<AddedToken> addedTokens;

    /// Reads the object of tokens and ids that comes next. Throws TokenizerInvalid for ids that are out of
    /// range or given twice.
    void readVocabulary(JsonReader& reader, const JsonPlace& place);
    /// Adds the merge of the next rank. Throws TokenizerInvalid when it names a token that there is not.
    void addMerge(std::string_view left, std::string_view right, const MergePlace& where);
    /// "a b", as merges.txt and older tokenizer.json files have it; lines that begin with "#version" are
    /// none.
    void addMergeLine(std::string_view line, const MergePlace& where);
    /// Adds a token as Hugging Face's library would. Throws TokenizerInvalid where the library would give it
    /// another id than the file says, or the content twice with different rules.
    void addToken(AddedToken token, const JsonPlace& place);
    /// To be called between the tokens of tokenizer.json and those of the settings, which the library adds
    /// later.
    void beginTokensOfSettings();
    bool isAdded(std::string_view token) const;
    /// The id of a token that is in the vocabulary or added.
    std::optional<TokenId> find(std::string_view token) const;

    std::unique_ptr<Tokenizer> finish(const JsonPlace& place);

private:
    std::uint32_t m_rank = 0;
    std::string m_joined;
    std::unordered_map<std::string, std::size_t> m_addedByContent;
    std::size_t m_nextId = 0;  ///< what the library would give to the next new token, once there is one
};

/// What a model's files may hold; larger ones are refused before they are read.
inline constexpr std::uint64_t kLargestTokenizerFile = std::uint64_t{512} << 20;

/// readFile() for a tokenizer's file. Throws TokenizerInvalid for one that is too large.
std::string readTokenizerFile(const std::filesystem::path& path);

/// Calls `read`; what it says about broken JSON becomes TokenizerInvalid, with the same words.
template <typename Read>
void withTokenizerErrors(Read read) {
    try {
        read();
    } catch (const Error& e) {
        const ErrorCode code = e.code();
        if (code != ErrorCode::BadFormat && code != ErrorCode::BadEncoding && code != ErrorCode::EmptyInput)
            throw;
        throw Error(ErrorCode::TokenizerInvalid, e.cause(), e.nextStep(), e.args());
    }
}

/// An added token in the spelling of tokenizer.json and of added_tokens_decoder: content and five flags.
AddedToken addedTokenOf(const JsonFieldsReader& fields);

}  // namespace studio
