// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer_draft.h"

#include "core/base/byte_text.h"
#include "core/base/files.h"
#include "core/formats/quoted.h"

namespace fs = std::filesystem;

namespace studio {

std::string readTokenizerFile(const fs::path& path) {
    std::error_code ignored;
    const std::uintmax_t size = fs::file_size(path, ignored);
    if (!ignored && size > kLargestTokenizerFile) {
        throw Error(ErrorCode::TokenizerInvalid,
                    path.string() + " has " + byteText(size) + ", far more than any tokenizer.",
                    "Copy the file again from where the model came from.", {path.string()});
    }
    return readFile(path);
}

AddedToken addedTokenOf(const JsonFieldsReader& fields) {
    AddedToken token;
    token.content = fields.text("content");
    token.singleWord = fields.flag("single_word");
    token.leftStrip = fields.flag("lstrip");
    token.rightStrip = fields.flag("rstrip");
    token.normalized = fields.flag("normalized");
    token.special = fields.flag("special");
    return token;
}

void TokenizerDraft::readVocabulary(JsonReader& reader, const JsonPlace& place) {
    if (reader.peek() != JsonReader::Kind::Object) place.refuse("is not an object of tokens and ids");
    std::string token;
    std::string_view key;
    reader.enterObject();
    while (reader.nextKey(key)) {
        token = key;
        if (reader.peek() != JsonReader::Kind::Number)
            place.refuse("gives the token " + inQuotes(token) + " something else than an id");
        const std::int64_t id = reader.integer();
        if (id < 0 || id >= Vocabulary::kMostIds) {
            place.refuse("gives the token " + inQuotes(token) + " the id " + std::to_string(id) +
                         ", which is not between 0 and " + std::to_string(Vocabulary::kMostIds - 1));
        }
        switch (vocabulary.add(token, static_cast<TokenId>(id))) {
            case Vocabulary::Added::Yes:
                break;
            case Vocabulary::Added::TokenIsThere:
                place.refuse("names the token " + inQuotes(token) + " twice");
            case Vocabulary::Added::IdIsTaken:
                place.refuse("gives the id " + std::to_string(id) + " to " + inQuotes(token) + " and to " +
                             inQuotes(vocabulary.token(static_cast<TokenId>(id))));
        }
    }
    if (vocabulary.size() == 0) place.refuse("has no tokens");
}

void TokenizerDraft::addMerge(std::string_view left, std::string_view right, const MergePlace& where) {
    const auto idOf = [&](std::string_view token) {
        const auto id = vocabulary.find(token);
        if (!id) {
            where.place().refuse("merges " + inQuotes(left) + " with " + inQuotes(right) +
                                 ", but the vocabulary has no token " + inQuotes(token));
        }
        return *id;
    };
    const TokenId first = idOf(left);
    const TokenId second = idOf(right);
    m_joined = left;
    m_joined += right;
    merges.set(first, second, {m_rank++, idOf(m_joined)});
}

void TokenizerDraft::addMergeLine(std::string_view line, const MergePlace& where) {
    if (line.substr(0, 8) == "#version") return;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos)
        where.place().refuse("is " + inQuotes(line) + ", not two tokens with a space between them");
    addMerge(line.substr(0, space), line.substr(space + 1), where);
}

bool TokenizerDraft::isAdded(std::string_view token) const {
    return m_addedByContent.find(std::string(token)) != m_addedByContent.end();
}

std::optional<TokenId> TokenizerDraft::find(std::string_view token) const {
    const auto added = m_addedByContent.find(std::string(token));
    if (added != m_addedByContent.end()) return addedTokens[added->second].id;
    return vocabulary.find(token);
}

void TokenizerDraft::addToken(AddedToken token, const JsonPlace& place) {
    if (token.content.empty()) return;  // as the library does
    if (token.content.size() > AddedTokens::kLongest)
        place.refuse("is longer than " + std::to_string(AddedTokens::kLongest) + " bytes");
    const auto known = m_addedByContent.find(token.content);
    if (known != m_addedByContent.end()) {
        const AddedToken& other = addedTokens[known->second];
        const bool same = other.id == token.id && other.singleWord == token.singleWord &&
                          other.leftStrip == token.leftStrip && other.rightStrip == token.rightStrip &&
                          other.normalized == token.normalized && other.special == token.special;
        if (!same) place.refuse("adds the token " + inQuotes(token.content) + " twice, with different rules");
        return;
    }
    const auto inVocabulary = vocabulary.find(token.content);
    const std::size_t expected = inVocabulary ? *inVocabulary : std::max(m_nextId, vocabulary.size());
    if (token.id != expected) {
        place.refuse("gives the added token " + inQuotes(token.content) + " the id " +
                     std::to_string(token.id) + ", but it is " + std::to_string(expected) +
                     (inVocabulary ? " in the vocabulary" : " by the order of the added tokens"));
    }
    if (!inVocabulary && vocabulary.has(token.id)) {
        place.refuse("gives the added token " + inQuotes(token.content) + " the id " +
                     std::to_string(token.id) + " of " + inQuotes(vocabulary.token(token.id)));
    }
    if (!inVocabulary) m_nextId = expected + 1;
    m_addedByContent.emplace(token.content, addedTokens.size());
    addedTokens.push_back(std::move(token));
}

void TokenizerDraft::beginTokensOfSettings() {
    // The library goes on behind the largest id that an added token has, where that is not within the
    // vocabulary.
    for (const AddedToken& token : addedTokens) {
        if (token.id >= vocabulary.size()) m_nextId = std::max(m_nextId, token.id + std::size_t{1});
    }
}

std::unique_ptr<Tokenizer> TokenizerDraft::finish(const JsonPlace& place) {
    model.byteLevel = parts.preTokenizer.givesBytes();
    if (model.byteLevel && model.byteFallback)
        place.at("model").at("byte_fallback").refuseUnknown("is true beside a byte-level pre-tokenizer");
    if (parts.preTokenizer.knowsTextBegin() && parts.normalizer.mayShortenBeginning())
        place.at("normalizer")
            .refuseUnknown("takes away text where the pre-tokenizer asks for its beginning");
    const bool isByteLevel = parts.preTokenizer.hasByteLevel() || parts.normalizer.hasByteLevel();
    parts.kind = isByteLevel ? "byte-level BPE" : model.byteFallback ? "byte-fallback BPE" : "BPE";
    parts.addedTokens = AddedTokens(std::move(addedTokens), parts.normalizer);
    return std::make_unique<HuggingFaceTokenizer>(BpeModel(std::move(vocabulary), std::move(merges), model),
                                                  std::move(parts));
}

}  // namespace studio
