// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/chat_template_files.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/text/chat_prompt.h"
#include "core/tokenizer/tokenizer_classes.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kForTools = "tool_use";

/// The names under which Transformers knows special tokens.
constexpr std::array<const char*, 8> kSpecialTokens{
    "bos_token", "eos_token", "unk_token",  "sep_token",
    "pad_token", "cls_token", "mask_token", "additional_special_tokens"};

/// A token as text, from either spelling; null where it is neither.
OrderedJson tokenText(const OrderedJson& json) {
    if (json.is_string()) return json;
    if (json.is_object() && json.contains("content") && json["content"].is_string()) return json["content"];
    return nullptr;
}

/// BOS and EOS where neither file says anything about them: those of the class.
void addUsualTokens(const OrderedJson& config, const OrderedJson& map, OrderedJson& tokens) {
    const auto stated = config.find("tokenizer_class");
    if (stated == config.end() || !stated->is_string()) return;
    std::string name = stated->get<std::string>();
    if (name.ends_with("Fast")) name.resize(name.size() - 4);
    const TokenizerClass* usual = tokenizerClassNamed(name);
    const auto add = [&](const char* role, std::string_view token) {
        if (!token.empty() && !config.contains(role) && !map.contains(role)) tokens[role] = token;
    };
    if (!usual) return;
    add("bos_token", usual->bos);
    add("eos_token", usual->eos);
}

OrderedJson specialTokensOf(const OrderedJson& config, const OrderedJson& map) {
    OrderedJson tokens = OrderedJson::object();
    for (const char* name : kSpecialTokens) {
        for (const OrderedJson* source : {&config, &map}) {
            if (tokens.contains(name) || !source->contains(name)) continue;
            const OrderedJson& entry = (*source)[name];
            OrderedJson value = nullptr;
            if (entry.is_array()) {
                value = OrderedJson::array();
                for (const OrderedJson& item : entry) {
                    if (OrderedJson text = tokenText(item); !text.is_null()) value.push_back(std::move(text));
                }
            } else {
                value = tokenText(entry);
            }
            if (!value.is_null()) tokens[name] = std::move(value);
        }
    }
    addUsualTokens(config, map, tokens);
    return tokens;
}

std::string listed(const std::vector<ChatTemplateSource>& found) {
    std::string names;
    for (const ChatTemplateSource& one : found) names += (names.empty() ? "" : ", ") + one.name;
    return names;
}

const ChatTemplateSource& chosenOf(const std::vector<ChatTemplateSource>& found,
                                   const ChatTemplateChoice& choice, const fs::path& folder) {
    const auto named = [&](const std::string& name) {
        return std::find_if(found.begin(), found.end(),
                            [&](const ChatTemplateSource& one) { return one.name == name; });
    };
    if (found.empty()) {
        throw Error(
            ErrorCode::TokenizerInvalid,
            "The model folder " + folder.string() + " has no chat template: neither " + kChatTemplateFile +
                " nor the \"chat_template\" of " + kTokenizerConfigFile + " holds one.",
            "Choose a model that was trained for chats, or use a prompt template.", {folder.string()});
    }
    auto chosen = found.end();
    if (!choice.name.empty()) {
        chosen = named(choice.name);
    } else {
        if (choice.hasTools) chosen = named(kForTools);
        if (chosen == found.end()) chosen = named(kDefaultChatTemplate);
        if (chosen == found.end() && found.size() == 1) chosen = found.begin();
    }
    if (chosen == found.end()) {
        const std::string name = choice.name.empty() ? kDefaultChatTemplate : choice.name;
        throw Error(ErrorCode::TokenizerInvalid,
                    "The model folder " + folder.string() + " has no chat template named \"" + name + "\".",
                    "It has: " + listed(found) + ".", {folder.string(), name});
    }
    return *chosen;
}

}  // namespace

ModelChatTemplate loadChatTemplate(const fs::path& folder, const ChatTemplateChoice& choice) {
    const OrderedJson config = tokenizerObject(folder / kTokenizerConfigFile);
    const std::vector<ChatTemplateSource> found = chatTemplateSources(folder, config);
    const ChatTemplateSource& chosen = chosenOf(found, choice, folder);
    const std::string label =
        chosen.file.string() +
        (chosen.name == kDefaultChatTemplate ? std::string() : " (" + chosen.name + ")");
    std::vector<std::string> others;
    for (const ChatTemplateSource& one : found) {
        if (one.name != chosen.name) others.push_back(one.name);
    }
    return {ChatTemplate::parse(chosen.source, label), chosen.name, chosen.file,
            specialTokensOf(config, tokenizerObject(folder / "special_tokens_map.json")), std::move(others)};
}

std::optional<PromptTemplate> chatTemplateOfModel(const fs::path& folder) {
    if (chatTemplateSources(folder).empty()) return std::nullopt;
    const ModelChatTemplate model = loadChatTemplate(folder);
    std::map<std::string, std::string> tokens;
    for (const auto& item : model.specialTokens.items())
        if (item.value().is_string()) tokens[item.key()] = item.value().get<std::string>();
    std::array<char, sizeof "2026-11-30"> day{};
    const std::tm now = localTime();
    std::strftime(day.data(), day.size(), "%Y-%m-%d", &now);
    return chatPromptTemplate(model.chat.source(), std::move(tokens), day.data(), model.chat.name());
}

}  // namespace studio
