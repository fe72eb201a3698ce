// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/chat_template_files.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/text/chat_prompt.h"
#include "core/tokenizer/tokenizer_classes.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kConfigFile = "tokenizer_config.json";
constexpr const char* kTemplateFile = "chat_template.jinja";
constexpr const char* kAdditionalFolder = "additional_chat_templates";
constexpr const char* kDefault = "default";
constexpr const char* kForTools = "tool_use";

/// The names under which Transformers knows special tokens.
constexpr std::array<const char*, 8> kSpecialTokens{
    "bos_token", "eos_token", "unk_token",  "sep_token",
    "pad_token", "cls_token", "mask_token", "additional_special_tokens"};

struct FoundTemplate {
    std::string name;
    std::string source;
    fs::path file;
};

[[noreturn]] void badConfig(const fs::path& file, const std::string& what) {
    throw Error(ErrorCode::TokenizerInvalid, "The file " + file.string() + ": " + what + ".",
                "Get the model's files again, or choose another model.", {file.string()});
}

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// The object in a JSON file; an empty one where there is no such file. "model_max_length" is often a number
/// of 31 digits, which is of no interest here.
OrderedJson objectIn(const fs::path& file) {
    if (!isFile(file)) return OrderedJson::object();
    std::vector<JsonNote> ignored;
    OrderedJson json = parseJson(readFile(file), file.string(), ignored);
    if (!json.is_object()) badConfig(file, "it is not a JSON object");
    return json;
}

/// Templates of tokenizer_config.json.
void addConfigured(const OrderedJson& config, const fs::path& file, std::vector<FoundTemplate>& found) {
    const auto entry = config.find("chat_template");
    if (entry == config.end() || entry->is_null()) return;
    if (entry->is_string()) {
        found.push_back({kDefault, entry->get<std::string>(), file});
        return;
    }
    if (!entry->is_array()) badConfig(file, "its \"chat_template\" is neither a text nor a list");
    for (const OrderedJson& item : *entry) {
        const bool isNamed = item.is_object() && item.contains("name") && item["name"].is_string() &&
                             item.contains("template") && item["template"].is_string();
        if (!isNamed)
            badConfig(file, "its list \"chat_template\" has an entry without \"name\" and \"template\"");
        found.push_back({item["name"].get<std::string>(), item["template"].get<std::string>(), file});
    }
}

/// Templates in files of their own.
void addFiles(const fs::path& folder, std::vector<FoundTemplate>& found) {
    const fs::path main = folder / kTemplateFile;
    if (isFile(main)) found.push_back({kDefault, readFile(main), main});
    for (const fs::path& name : additionalChatTemplates(folder))
        found.push_back({name.stem().string(), readFile(folder / name), folder / name});
}

/// All of them, each name once: a file goes before the entry of tokenizer_config.json.
std::vector<FoundTemplate> foundTemplates(const fs::path& folder, const OrderedJson& config) {
    std::vector<FoundTemplate> all;
    addFiles(folder, all);
    addConfigured(config, folder / kConfigFile, all);
    std::vector<FoundTemplate> unique;
    for (FoundTemplate& one : all) {
        const bool isKnown = std::any_of(unique.begin(), unique.end(),
                                         [&](const FoundTemplate& other) { return other.name == one.name; });
        if (!isKnown) unique.push_back(std::move(one));
    }
    return unique;
}

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

std::string listed(const std::vector<FoundTemplate>& found) {
    std::string names;
    for (const FoundTemplate& one : found) names += (names.empty() ? "" : ", ") + one.name;
    return names;
}

const FoundTemplate& chosenOf(const std::vector<FoundTemplate>& found, const ChatTemplateChoice& choice,
                              const fs::path& folder) {
    const auto named = [&](const std::string& name) {
        return std::find_if(found.begin(), found.end(),
                            [&](const FoundTemplate& one) { return one.name == name; });
    };
    if (found.empty()) {
        throw Error(ErrorCode::TokenizerInvalid,
                    "The model folder " + folder.string() + " has no chat template: neither " +
                        kTemplateFile + " nor a \"chat_template\" in " + kConfigFile + ".",
                    "Choose a model that was trained for chats, or use a prompt template.",
                    {folder.string()});
    }
    auto chosen = found.end();
    if (!choice.name.empty()) {
        chosen = named(choice.name);
    } else {
        if (choice.hasTools) chosen = named(kForTools);
        if (chosen == found.end()) chosen = named(kDefault);
        if (chosen == found.end() && found.size() == 1) chosen = found.begin();
    }
    if (chosen == found.end()) {
        const std::string name = choice.name.empty() ? kDefault : choice.name;
        throw Error(ErrorCode::TokenizerInvalid,
                    "The model folder " + folder.string() + " has no chat template named \"" + name + "\".",
                    "It has: " + listed(found) + ".", {folder.string(), name});
    }
    return *chosen;
}

}  // namespace

ModelChatTemplate loadChatTemplate(const fs::path& folder, const ChatTemplateChoice& choice) {
    const OrderedJson config = objectIn(folder / kConfigFile);
    const std::vector<FoundTemplate> found = foundTemplates(folder, config);
    const FoundTemplate& chosen = chosenOf(found, choice, folder);
    const std::string label =
        chosen.file.string() + (chosen.name == kDefault ? std::string() : " (" + chosen.name + ")");
    std::vector<std::string> others;
    for (const FoundTemplate& one : found) {
        if (one.name != chosen.name) others.push_back(one.name);
    }
    return {ChatTemplate::parse(chosen.source, label), chosen.name, chosen.file,
            specialTokensOf(config, objectIn(folder / "special_tokens_map.json")), std::move(others)};
}

std::vector<fs::path> additionalChatTemplates(const fs::path& folder) {
    std::vector<fs::path> names;
    std::error_code failed;
    for (fs::directory_iterator it(folder / kAdditionalFolder, failed), end; !failed && it != end;
         it.increment(failed)) {
        if (it->path().extension() == ".jinja" && isFile(it->path()))
            names.push_back(fs::path(kAdditionalFolder) / it->path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool hasChatTemplate(const fs::path& folder) {
    try {
        return !foundTemplates(folder, objectIn(folder / kConfigFile)).empty();
    } catch (const Error&) {
        return true;  // loading it says what is wrong
    }
}

std::optional<PromptTemplate> chatTemplateOfModel(const fs::path& folder) {
    if (foundTemplates(folder, objectIn(folder / kConfigFile)).empty()) return std::nullopt;
    const ModelChatTemplate model = loadChatTemplate(folder);
    std::map<std::string, std::string> tokens;
    for (const auto& item : model.specialTokens.items())
        if (item.value().is_string()) tokens[item.key()] = item.value().get<std::string>();
    std::array<char, sizeof "2026-11-30"> day{};
    const std::tm now = localTime();
    std::strftime(day.data(), day.size(), "%Y-%m-%d", &now);
    return chatPromptTemplate(model.chat.source(), std::move(tokens), day.data());
}

}  // namespace studio
