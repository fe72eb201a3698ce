// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Template files of core/text/prompt_template.h: JSON, the built-in ones, a project's own.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/jinja/chat_template.h"
#include "core/text/prompt_template.h"
#include "core/text/unicode.h"

namespace fs = std::filesystem;

namespace studio {

/// Generated from resources/templates/*.json by cmake/EmbedText.cmake.
const std::vector<std::pair<std::string, std::string>>& embeddedTemplates();

namespace {

using OrderedJson = nlohmann::ordered_json;

const std::vector<std::string>& fieldNames() {
    static const std::vector<std::string> names = {"name",          "title",          "with_input",
                                                   "without_input", "separator",      "append_eos",
                                                   "chat_template", "special_tokens", "chat_date"};
    return names;
}

[[noreturn]] void badField(const std::string& source, const std::string& field, const std::string& reason) {
    throw Error(
        ErrorCode::BadFormat, "The template " + source + ": the field \"" + field + "\" " + reason + ".",
        "Correct the field; a template has name, title, with_input, without_input, separator and append_eos, "
        "and one of a chat also chat_template, special_tokens and chat_date.",
        {source, field});
}

std::string textField(const OrderedJson& json, const std::string& field, const std::string& source) {
    const auto it = json.find(field);
    if (it == json.end()) badField(source, field, "is missing");
    if (!it->is_string()) badField(source, field, "is not a text");
    return it->get<std::string>();
}

/// What a chat template of a model brings with it.
void readChat(const OrderedJson& json, const std::string& source, PromptTemplate& result) {
    result.chatTemplate = textField(json, "chat_template", source);
    if (trimmed(result.chatTemplate).empty()) badField(source, "chat_template", "is empty");
    result.chatFile = {source};
    ChatTemplate::parse(result.chatTemplate, source);
    if (json.contains("chat_date")) result.chatDate = textField(json, "chat_date", source);
    const auto tokens = json.find("special_tokens");
    if (tokens == json.end()) return;
    if (!tokens->is_object()) badField(source, "special_tokens", "is not an object of texts");
    for (const auto& item : tokens->items()) {
        if (!item.value().is_string()) badField(source, "special_tokens", "is not an object of texts");
        result.specialTokens[item.key()] = item.value().get<std::string>();
    }
}

OrderedJson parsedObject(const std::string& json, const std::string& source) {
    if (const auto at = firstInvalidUtf8(json)) {
        const auto line = std::count(json.begin(), json.begin() + static_cast<std::ptrdiff_t>(*at), '\n') + 1;
        throw Error(ErrorCode::BadEncoding,
                    "The template " + source + " is not valid UTF-8 in line " + std::to_string(line) + ".",
                    "Save the file as UTF-8 and try again.", {source, std::to_string(line)});
    }
    OrderedJson value;
    try {
        // Special tokens nest once; the limit keeps a hostile file from using up the stack.
        const auto shallow = [](int depth, OrderedJson::parse_event_t, OrderedJson&) {
            if (depth > 8) throw std::length_error("nested too deep");
            return true;
        };
        value = OrderedJson::parse(json, shallow);
    } catch (const std::exception& e) {
        throw Error(ErrorCode::BadFormat, "The template " + source + " is not valid JSON (" + e.what() + ").",
                    "Correct the JSON at that place.", {source});
    }
    if (!value.is_object()) {
        throw Error(ErrorCode::BadFormat, "The template " + source + " is not a JSON object.",
                    "Write one object with name, with_input and without_input.", {source});
    }
    return value;
}

bool isPlainName(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

bool isBuiltIn(const std::string& name) {
    const auto& all = builtInTemplates();
    return std::any_of(all.begin(), all.end(), [&](const auto& t) { return t.name == name; });
}

/// The .json files of a folder in name order; none where the folder is absent.
std::vector<fs::path> templateFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        if (it->path().extension() == ".json") files.push_back(it->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

PromptTemplate parsePromptTemplate(const std::string& json, const std::string& source) {
    const OrderedJson value = parsedObject(json, source);
    for (const auto& item : value.items()) {
        const auto& known = fieldNames();
        if (std::find(known.begin(), known.end(), item.key()) != known.end()) continue;
        const auto hint = nearest(item.key(), known);
        badField(source, item.key(), hint ? "is not known; did you mean \"" + *hint + "\"?" : "is not known");
    }
    PromptTemplate result;
    result.name = textField(value, "name", source);
    result.title = value.contains("title") ? textField(value, "title", source) : result.name;
    result.withInput = textField(value, "with_input", source);
    result.withoutInput = textField(value, "without_input", source);
    result.separator = value.contains("separator") ? textField(value, "separator", source) : "\n";
    if (const auto it = value.find("append_eos"); it != value.end()) {
        if (!it->is_boolean()) badField(source, "append_eos", "is neither true nor false");
        result.appendEos = it->get<bool>();
    }
    if (value.contains("chat_template")) readChat(value, source, result);
    if (!isPlainName(result.name)) badField(source, "name", "may only have the characters a-z, 0-9, _ and -");
    const auto issues = checkTemplate(result);
    if (!issues.empty()) {
        throw Error(ErrorCode::TemplateInvalid, "The template " + source + ": " + issues.front().message,
                    "Correct the template.", {source, issues.front().placeholder});
    }
    return result;
}

std::string promptTemplateJson(const PromptTemplate& promptTemplate) {
    OrderedJson json{{"name", promptTemplate.name},
                     {"title", promptTemplate.title},
                     {"with_input", promptTemplate.withInput},
                     {"without_input", promptTemplate.withoutInput},
                     {"separator", promptTemplate.separator},
                     {"append_eos", promptTemplate.appendEos}};
    if (promptTemplate.isChat()) {
        json["chat_template"] = promptTemplate.chatTemplate;
        json["special_tokens"] = promptTemplate.specialTokens;
        json["chat_date"] = promptTemplate.chatDate;
    }
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

const std::vector<PromptTemplate>& builtInTemplates() {
    static const std::vector<PromptTemplate> templates = [] {
        std::vector<PromptTemplate> all;
        for (const auto& [name, json] : embeddedTemplates())
            all.push_back(parsePromptTemplate(json, name + ".json"));
        const auto rank = [](const PromptTemplate& t) {
            return t.name == "alpaca" ? 0 : t.name == "plain" ? 1 : 2;
        };
        std::stable_sort(all.begin(), all.end(),
                         [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
        return all;
    }();
    return templates;
}

PromptTemplate findTemplate(const std::string& nameOrPath, const fs::path& folder) {
    for (const PromptTemplate& known : builtInTemplates()) {
        if (known.name == nameOrPath) return known;
    }
    std::error_code ignored;
    if (isPlainName(nameOrPath) && !folder.empty()) {
        const fs::path path = folder / (nameOrPath + ".json");
        if (fs::is_regular_file(path, ignored)) return parsePromptTemplate(readFile(path), path.string());
    }
    const fs::path path(nameOrPath);
    if (path.extension() == ".json") return parsePromptTemplate(readFile(path), path.string());
    std::vector<std::string> names;
    for (const PromptTemplate& known : allTemplates(folder)) names.push_back(known.name);
    const auto hint = nearest(nameOrPath, names);
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::TemplateInvalid, "There is no prompt template named \"" + nameOrPath + "\".",
                (hint ? "Did you mean \"" + *hint + "\"? " : std::string()) + "Known are: " + list +
                    "; or name a .json file.",
                {nameOrPath});
}

std::vector<PromptTemplate> allTemplates(const fs::path& folder, std::vector<std::string>* problems) {
    std::vector<PromptTemplate> all = builtInTemplates();
    if (folder.empty()) return all;
    for (const fs::path& path : templateFiles(folder)) {
        try {
            PromptTemplate own = parsePromptTemplate(readFile(path), path.string());
            if (path.stem() != own.name || isBuiltIn(own.name)) {
                throw Error(
                    ErrorCode::TemplateInvalid,
                    "The template " + path.string() + " calls itself \"" + own.name + "\"" +
                        (isBuiltIn(own.name) ? ", the name of a built-in template." : ", unlike its file."),
                    "Give file and template the same name of their own.", {path.string()});
            }
            all.push_back(std::move(own));
        } catch (const Error& e) {
            if (problems) problems->push_back(e.what());
        }
    }
    return all;
}

void saveTemplate(const PromptTemplate& promptTemplate, const fs::path& folder) {
    if (!isPlainName(promptTemplate.name) || isBuiltIn(promptTemplate.name)) {
        throw Error(ErrorCode::TemplateInvalid,
                    isBuiltIn(promptTemplate.name)
                        ? "The name \"" + promptTemplate.name + "\" belongs to a built-in template."
                        : "\"" + promptTemplate.name + "\" is not a name for a template.",
                    "Choose another name of the characters a-z, 0-9, _ and -.", {promptTemplate.name});
    }
    const auto issues = checkTemplate(promptTemplate);
    if (!issues.empty()) {
        throw Error(ErrorCode::TemplateInvalid,
                    "The template " + promptTemplate.name + ": " + issues.front().message,
                    "Correct the template.", {promptTemplate.name, issues.front().placeholder});
    }
    makeFolders(folder);
    writeFileAtomically(folder / (promptTemplate.name + ".json"), promptTemplateJson(promptTemplate));
}

}  // namespace studio
