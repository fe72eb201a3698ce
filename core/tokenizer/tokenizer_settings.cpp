// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer_settings.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/formats/quoted.h"
#include "core/tokenizer/tokenizer_draft.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::array kRoles = {"bos_token", "eos_token", "unk_token", "sep_token",
                               "pad_token", "cls_token", "mask_token"};

OrderedJson readObject(const fs::path& path) {
    OrderedJson json;
    withTokenizerErrors([&] {
        const std::string text = readTokenizerFile(path);
        JsonReader reader(text, path.string());
        json = reader.value();
        reader.finish();
    });
    if (!json.is_object()) {
        throw Error(ErrorCode::TokenizerInvalid, path.string() + " is not a JSON object.",
                    "Copy the file again from where the model came from.", {path.string()});
    }
    return json;
}

/// A token by its content, which may be wrapped in an object; nothing for null.
std::optional<std::string> contentOf(const OrderedJson& json, const JsonPlace& place) {
    if (json.is_null()) return std::nullopt;
    const OrderedJson& content = json.is_object() && json.contains("content") ? json["content"] : json;
    if (!content.is_string()) place.refuse("is not a token");
    return content.get<std::string>();
}

void readRoles(const OrderedJson& json, const JsonPlace& place, TokenizerSettings& settings) {
    for (const char* role : kRoles) {
        const auto it = json.find(role);
        if (it == json.end()) continue;
        const auto content = contentOf(*it, place.at(role));
        if (!content) continue;
        settings.specials.push_back(*content);
        const TokenizerSettings::Named named{*content, place.at(role)};
        if (std::string_view(role) == "bos_token" && !settings.bos) settings.bos = named;
        if (std::string_view(role) == "eos_token" && !settings.eos) settings.eos = named;
    }
    const auto it = json.find("additional_special_tokens");
    if (it == json.end() || it->is_null()) return;
    const JsonPlace list = place.at("additional_special_tokens");
    if (!it->is_array()) list.refuse("is not a list");
    for (std::size_t i = 0; i < it->size(); ++i) {
        if (const auto content = contentOf((*it)[i], list.at(i))) settings.specials.push_back(*content);
    }
}

std::optional<bool> flagIn(const OrderedJson& json, const char* name, const JsonPlace& place) {
    const auto it = json.find(name);
    if (it == json.end() || it->is_null()) return std::nullopt;
    if (!it->is_boolean()) place.at(name).refuse("is neither true nor false");
    return it->get<bool>();
}

void sortById(std::vector<AddedToken>& tokens) {
    std::sort(tokens.begin(), tokens.end(),
              [](const AddedToken& a, const AddedToken& b) { return a.id < b.id; });
}

void readAddedTokens(const OrderedJson& json, const JsonPlace& place, TokenizerSettings& settings) {
    const auto it = json.find("added_tokens_decoder");
    if (it == json.end() || it->is_null()) return;
    const JsonPlace list = settings.addedTokensPlace = place.at("added_tokens_decoder");
    if (!it->is_object()) list.refuse("is not an object");
    for (const auto& member : it->items()) {
        const std::string& key = member.key();
        TokenId id = 0;
        const auto result = std::from_chars(key.data(), key.data() + key.size(), id);
        if (result.ec != std::errc() || result.ptr != key.data() + key.size() || id >= Vocabulary::kMostIds)
            list.refuse("has the key " + inQuotes(key) + ", which is no token id");
        const JsonFieldsReader fields(
            member.value(), list.at(key),
            {"content", "single_word", "lstrip", "rstrip", "normalized", "special", "__type"});
        settings.addedTokens.push_back(addedTokenOf(fields));
        settings.addedTokens.back().id = id;
    }
    sortById(settings.addedTokens);
}

/// added_tokens.json, tokens and their ids, from before added_tokens_decoder was there. Tokens with a role
/// are special, the others are looked for in the normalized text.
void readOldAddedTokens(const fs::path& path, TokenizerSettings& settings) {
    const OrderedJson json = readObject(path);
    settings.addedTokensPlace = {path.string(), {}};
    for (const auto& [content, value] : json.items()) {
        if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
            value.get<std::int64_t>() >= Vocabulary::kMostIds)
            settings.addedTokensPlace.at(content).refuse("is no token id");
        AddedToken token;
        token.content = content;
        token.id = value.get<TokenId>();
        token.special =
            std::find(settings.specials.begin(), settings.specials.end(), content) != settings.specials.end();
        token.normalized = !token.special;
        settings.addedTokens.push_back(std::move(token));
    }
    sortById(settings.addedTokens);
}

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// Classes of transformers that put BOS before a text unless they are told not to.
bool addsBosByItself(const std::string& tokenizerClass) {
    constexpr std::array kClasses = {"LlamaTokenizer", "CodeLlamaTokenizer", "GemmaTokenizer"};
    return std::find(kClasses.begin(), kClasses.end(), tokenizerClass) != kClasses.end();
}

}  // namespace

TokenizerSettings readTokenizerSettings(const fs::path& folder) {
    TokenizerSettings settings;
    const fs::path path = folder / "tokenizer_config.json";
    settings.file = path.string();
    if (isThere(path)) {
        const OrderedJson json = readObject(path);
        const JsonPlace place{path.string(), {}};
        const auto name = json.find("tokenizer_class");
        if (name != json.end() && name->is_string()) settings.tokenizerClass = name->get<std::string>();
        constexpr std::string_view kFast = "Fast";
        std::string& tokenizerClass = settings.tokenizerClass;
        if (tokenizerClass != "PreTrainedTokenizerFast" && tokenizerClass.size() > kFast.size() &&
            tokenizerClass.compare(tokenizerClass.size() - kFast.size(), kFast.size(), kFast) == 0)
            tokenizerClass.resize(tokenizerClass.size() - kFast.size());
        settings.addsBos = flagIn(json, "add_bos_token", place);
        settings.addsEos = flagIn(json, "add_eos_token", place);
        settings.addsPrefixSpace = flagIn(json, "add_prefix_space", place);
        readRoles(json, place, settings);
        readAddedTokens(json, place, settings);
    }
    const fs::path map = folder / "special_tokens_map.json";
    if (isThere(map)) readRoles(readObject(map), {map.string(), {}}, settings);
    const fs::path added = folder / "added_tokens.json";
    if (settings.addedTokensPlace.file.empty() && isThere(added)) readOldAddedTokens(added, settings);
    return settings;
}

void applySettings(const TokenizerSettings& settings, TokenizerDraft& draft) {
    const JsonPlace place{settings.file, {}};
    draft.beginTokensOfSettings();
    for (const AddedToken& token : settings.addedTokens) {
        if (!draft.isAdded(token.content)) draft.addToken(token, settings.addedTokensPlace);
    }
    // A token with a role is special even where no file lists it among the added ones.
    for (const std::string& content : settings.specials) {
        const auto id = draft.find(content);
        if (!id || draft.isAdded(content)) continue;
        AddedToken token;
        token.content = content;
        token.id = *id;
        token.special = true;
        draft.addToken(std::move(token), place);
    }
    HuggingFaceTokenizer::Parts& parts = draft.parts;
    const auto choose = [&](const std::optional<TokenizerSettings::Named>& name, std::optional<bool> flag,
                            std::optional<TokenId>& id, bool& adds) {
        const std::optional<TokenId> named = name ? draft.find(name->content) : std::nullopt;
        if (name && !named)
            name->place.refuse("names " + inQuotes(name->content) + ", which the vocabulary does not have");
        // The post-processor's own token is the one that it puts there.
        if (!(adds && id)) id = named;
        adds = flag.value_or(adds);
    };
    std::optional<bool> addsBos = settings.addsBos;
    if (!addsBos && addsBosByItself(settings.tokenizerClass)) addsBos = true;
    choose(settings.bos, addsBos, parts.bosId, parts.addsBos);
    choose(settings.eos, settings.addsEos, parts.eosId, parts.addsEos);
}

}  // namespace studio
