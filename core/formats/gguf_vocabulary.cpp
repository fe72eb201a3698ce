// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_vocabulary.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/tokenizer_choice.h"
#include "core/formats/vocabulary_files.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

/// The token that a special name means in the tokenizer's files, or else the model's own.
std::optional<std::int64_t> specialId(const VocabularySettings& settings, const GgufTokenList& list,
                                      const char* key, const std::optional<std::int64_t>& otherwise) {
    const std::string text = settings.special(key);
    const std::optional<std::int64_t> found = text.empty() ? std::nullopt : list.find(text);
    return found ? found : otherwise;
}

/// A model may end in several ways: llama.cpp takes the end of a text and, beside it, that of a turn.
void readEnds(const ModelConfig& config, const VocabularySettings& settings, const GgufTokenList& list,
              GgufVocabulary& vocabulary) {
    std::vector<std::int64_t> ends = config.eosIds;
    for (const std::int64_t id : settings.generationEnds())
        if (id >= 0 && id < config.vocabSize && std::find(ends.begin(), ends.end(), id) == ends.end())
            ends.push_back(id);
    const std::optional<std::int64_t> own = specialId(settings, list, "eos_token", vocabulary.eosId);
    const bool listed = own && std::find(ends.begin(), ends.end(), *own) != ends.end();
    if (own && (ends.empty() || listed))
        vocabulary.eosId = own;
    else if (!ends.empty())
        vocabulary.eosId = ends.front();
    for (const std::int64_t id : ends)
        if (id != vocabulary.eosId && !vocabulary.turnEndId) vocabulary.turnEndId = id;
}

void readSpecials(const ModelConfig& config, const VocabularySettings& settings, GgufTokenList& list,
                  const std::string& source, GgufVocabulary& vocabulary) {
    const std::optional<std::int64_t> modelBos = config.bosId ? config.bosId : vocabulary.bosId;
    vocabulary.bosId =
        vocabulary.beforeId ? vocabulary.beforeId : specialId(settings, list, "bos_token", modelBos);
    readEnds(config, settings, list, vocabulary);
    vocabulary.unknownId = specialId(settings, list, "unk_token", vocabulary.unknownId);
    vocabulary.padId = specialId(settings, list, "pad_token", config.padId);
    for (const std::string& text : settings.specials()) {
        const auto id = list.find(text);
        if (id && list.type(*id) != GgufToken::Unknown) list.setType(*id, GgufToken::Control);
    }
    if (!vocabulary.eosId)
        refuseTokenizer(source,
                        "a vocabulary without a token that ends a text (eos_token), and takes another one");
    if (vocabulary.addsEos && vocabulary.behindId && vocabulary.behindId != vocabulary.eosId)
        refuseTokenizer(source, "a token behind texts that is not the one that ends them");
    // Without one, llama.cpp takes a token of its own choice as the beginning; nothing adds this one.
    if (!vocabulary.bosId) {
        vocabulary.bosId = vocabulary.eosId;
        vocabulary.addsBos = false;
    }
}

/// A template is no part of the tokenizer: one that cannot be read leaves a file that is used without it.
void readChatTemplates(const fs::path& folder, const VocabularySettings& settings,
                       GgufVocabulary& vocabulary) {
    try {
        vocabulary.chatTemplates = settings.chatTemplates();
    } catch (const Error& error) {
        const std::string file = error.args().empty() ? folder.string() : error.args().front();
        vocabulary.notes.push_back(
            {kChatTemplateLeftOut,
             "The file has no chat template, because the one in " + file + " cannot be read.",
             {file}});
    }
}

}  // namespace

bool GgufVocabulary::has(const std::string& token) const {
    return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

GgufVocabulary readGgufVocabulary(const fs::path& folder, const ModelConfig& config) {
    GgufVocabulary vocabulary;
    const TokenizerChoice choice = chooseTokenizer(folder);
    if (choice.file == TokenizerFile::None) {
        throw Error(ErrorCode::TokenizerInvalid,
                    "There is no tokenizer in " + folder.string() +
                        ": neither tokenizer.model nor tokenizer.json nor vocab.json with merges.txt.",
                    "Copy the tokenizer's files from where the model came from.", {folder.string()});
    }
    const VocabularySettings settings(folder);
    const bool json = choice.file == TokenizerFile::TokenizerJson;
    // Scores and kinds of pieces stand in tokenizer.model alone.
    const bool withModel = json && choice.kind == "byte-fallback BPE" && isThere(folder / "tokenizer.model");
    const bool pieces = choice.file == TokenizerFile::SentencePiece || withModel;
    const std::string source = (folder / (pieces ? "tokenizer.model"
                                          : json ? "tokenizer.json"
                                                 : "vocab.json"));
    GgufTokenList list(vocabulary, config.vocabSize, source);
    if (pieces)
        readSentencePieces(folder, withModel, settings, list, vocabulary);
    else
        readBytePairs(folder, json, settings, list, vocabulary);
    readSpecials(config, settings, list, source, vocabulary);
    readChatTemplates(folder, settings, vocabulary);
    return vocabulary;
}

void appendVocabularyKeys(const GgufVocabulary& vocabulary, GgufMetadata& metadata) {
    const std::string prefix = "tokenizer.ggml.";
    const auto add = [&](const char* key, GgufValue value) {
        metadata.emplace_back(prefix + key, std::move(value));
    };
    const auto addId = [&](const char* key, const std::optional<std::int64_t>& id) {
        if (id) add(key, static_cast<std::uint32_t>(*id));
    };
    add("model", vocabulary.model);
    add("pre", vocabulary.pre);
    add("tokens", GgufArray(vocabulary.tokens));
    if (!vocabulary.scores.empty()) add("scores", GgufArray(vocabulary.scores));
    std::vector<std::int32_t> types;
    types.reserve(vocabulary.types.size());
    for (const GgufToken type : vocabulary.types) types.push_back(static_cast<std::int32_t>(type));
    add("token_type", GgufArray(std::move(types)));
    if (!vocabulary.merges.empty()) add("merges", GgufArray(vocabulary.merges));
    addId("bos_token_id", vocabulary.bosId);
    addId("eos_token_id", vocabulary.eosId);
    addId("eot_token_id", vocabulary.turnEndId);
    addId("unknown_token_id", vocabulary.unknownId);
    addId("padding_token_id", vocabulary.padId);
    add("add_bos_token", vocabulary.addsBos);
    add("add_eos_token", vocabulary.addsEos);
    if (vocabulary.model == "llama") {
        add("add_space_prefix", vocabulary.addsSpacePrefix);
        add("remove_extra_whitespaces", vocabulary.removesExtraSpaces);
    }
    std::vector<std::string> names;
    for (const auto& [name, text] : vocabulary.chatTemplates) {
        metadata.emplace_back("tokenizer.chat_template" + (name.empty() ? "" : "." + name), text);
        if (!name.empty()) names.push_back(name);
    }
    if (!names.empty()) metadata.emplace_back("tokenizer.chat_templates", GgufArray(std::move(names)));
}

}  // namespace studio
