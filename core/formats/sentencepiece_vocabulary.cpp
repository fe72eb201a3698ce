// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.model as llama.cpp's "llama" vocabulary.
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json_fields.h"
#include "core/formats/quoted.h"
#include "core/formats/sentencepiece_model.h"
#include "core/formats/vocabulary_files.h"

namespace studio {

namespace {

using Kind = SentencePiece::Kind;

std::size_t characters(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
    return count;
}

const char* algorithmName(SentencePieceModel::Algorithm algorithm) {
    switch (algorithm) {
        case SentencePieceModel::Algorithm::Unigram:
            return "a unigram vocabulary";
        case SentencePieceModel::Algorithm::Words:
            return "a vocabulary of words";
        case SentencePieceModel::Algorithm::Characters:
            return "a vocabulary of characters";
        case SentencePieceModel::Algorithm::BytePairs:
            break;
    }
    return "";
}

void checkRules(const SentencePieceModel& model, const std::string& source) {
    if (model.algorithm != SentencePieceModel::Algorithm::BytePairs)
        refuseTokenizer(source,
                        std::string(algorithmName(model.algorithm)) + " of sentencepiece for these models");
    if (model.spaceAsSuffix)
        refuseTokenizer(source, "spaces at the end of words (treat_whitespace_as_suffix)");
    if (!model.escapesSpaces) refuseTokenizer(source, "spaces that are not escaped (escape_whitespaces)");
}

/// Whether a symbol that sentencepiece cuts out first comes out alone also where it goes through the merges:
/// one character that is in no other piece.
bool isAlone(const SentencePieceModel& model, const SentencePiece& symbol) {
    if (characters(symbol.text) != 1) return false;
    for (const SentencePiece& piece : model.pieces) {
        const bool text = piece.kind == Kind::Normal || piece.kind == Kind::UserDefined;
        if (text && &piece != &symbol && piece.text.find(symbol.text) != std::string::npos) return false;
    }
    return true;
}

void addNotes(const SentencePieceModel& model, ExportNotes& notes) {
    if (model.rewrites)
        notes.push_back(
            {"rewrites_characters",
             "The tokenizer rewrites characters (" + inQuotes(model.normalizer) +
                 "), which llama.cpp does not do; texts with such characters are tokenised otherwise.",
             {model.normalizer}});
    if (model.removesExtraSpaces)
        notes.push_back(
            {"removes_extra_spaces",
             "The tokenizer drops spaces at the ends of a text and repeated ones, which llama.cpp does not "
             "do; such texts are tokenised otherwise."});
    if (!model.byteFallback)
        notes.push_back(
            {"no_byte_tokens",
             "The tokenizer has no tokens for single bytes; llama.cpp fails at a character that it does not "
             "know."});
}

}  // namespace

void readSentencePieces(const std::filesystem::path& folder, bool withJson,
                        const VocabularySettings& settings, GgufTokenList& list, GgufVocabulary& vocabulary) {
    const std::filesystem::path file = folder / "tokenizer.model";
    const SentencePieceModel model = parseSentencePieceModel(readFile(file), file.string());
    checkRules(model, file.string());
    vocabulary.model = "llama";
    vocabulary.pre = "default";
    vocabulary.addsSpacePrefix = model.addsDummyPrefix;
    vocabulary.removesExtraSpaces = model.removesExtraSpaces;
    addNotes(model, vocabulary.notes);
    std::int64_t id = 0;
    for (const SentencePiece& piece : model.pieces) {
        auto type = static_cast<GgufToken>(piece.kind);
        // llama.cpp puts a space after tokens that it cuts out first, sentencepiece does not.
        if (piece.kind == Kind::UserDefined && model.addsDummyPrefix) {
            if (isAlone(model, piece))
                type = GgufToken::Normal;
            else
                vocabulary.notes.push_back({"space_behind_token",
                                            "After the token " + inQuotes(piece.text) +
                                                " llama.cpp puts a space that the tokenizer does not.",
                                            {piece.text}});
        }
        list.set(id++, piece.text, type, piece.score);
    }
    const auto count = static_cast<std::int64_t>(model.pieces.size());
    std::vector<VocabularySettings::Added> added = settings.added();
    OrderedJson json;
    if (withJson) {
        json = readVocabularyFile(folder / "tokenizer.json");
        const auto more = addedTokensOf(json, (folder / "tokenizer.json").string());
        added.insert(added.end(), more.begin(), more.end());
    }
    for (const VocabularySettings::Added& one : added) {
        const bool known = one.id >= 0 && one.id < count;
        if (!known)
            list.set(one.id, one.text, one.special ? GgufToken::Control : GgufToken::UserDefined);
        else if (one.special && list.type(one.id) != GgufToken::Unknown)
            list.set(one.id, one.text, GgufToken::Control,
                     model.pieces[static_cast<std::size_t>(one.id)].score);
    }
    list.finish();
    const auto piece = [&](std::int64_t place) -> std::optional<std::int64_t> {
        if (place < 0 || place >= count) return std::nullopt;
        return place;
    };
    vocabulary.bosId = piece(model.bosId);
    vocabulary.eosId = piece(model.eosId);
    for (std::int64_t i = 0; i < count; ++i)
        if (model.pieces[static_cast<std::size_t>(i)].kind == Kind::Unknown) vocabulary.unknownId = i;
    vocabulary.addsBos = !withJson;  // what sentencepiece's class does unless it is told not to
    if (withJson && json.is_object())
        if (const OrderedJson* processor = jsonOf(json, "post_processor"))
            readAffixes(*processor, list, vocabulary);
    readAffixFlags(settings, vocabulary);
}

}  // namespace studio
