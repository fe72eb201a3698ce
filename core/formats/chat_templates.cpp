// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/chat_templates.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/unicode.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

[[noreturn]] void badConfig(const fs::path& file, const std::string& what) {
    throw Error(ErrorCode::TokenizerInvalid, "The file " + file.string() + ": " + what + ".",
                "Get the model's files again, or choose another model.", {file.string()});
}

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// The first of a name stays, and blank ones never come in.
void add(std::vector<ChatTemplateSource>& found, ChatTemplateSource one) {
    const bool isKnown = std::any_of(found.begin(), found.end(),
                                     [&](const ChatTemplateSource& other) { return other.name == one.name; });
    if (!isKnown && !trimmed(one.source).empty()) found.push_back(std::move(one));
}

/// Templates of tokenizer_config.json.
void addConfigured(const OrderedJson& config, const fs::path& file, std::vector<ChatTemplateSource>& found) {
    const auto entry = config.find("chat_template");
    if (entry == config.end() || entry->is_null()) return;
    if (entry->is_string()) return add(found, {kDefaultChatTemplate, entry->get<std::string>(), file});
    if (!entry->is_array()) badConfig(file, "its \"chat_template\" is neither a text nor a list");
    for (const OrderedJson& item : *entry) {
        const bool isNamed = item.is_object() && item.contains("name") && item["name"].is_string() &&
                             item.contains("template") && item["template"].is_string();
        if (!isNamed)
            badConfig(file, "its list \"chat_template\" has an entry without \"name\" and \"template\"");
        add(found, {item["name"].get<std::string>(), item["template"].get<std::string>(), file});
    }
}

/// Templates in files of their own.
void addFiles(const fs::path& folder, std::vector<ChatTemplateSource>& found) {
    const fs::path main = folder / kChatTemplateFile;
    if (isFile(main)) add(found, {kDefaultChatTemplate, readFile(main), main});
    for (const fs::path& name : additionalChatTemplates(folder))
        add(found, {name.stem().string(), readFile(folder / name), folder / name});
}

}  // namespace

std::vector<fs::path> additionalChatTemplates(const fs::path& folder) {
    const fs::path place = kMoreChatTemplates;
    std::vector<fs::path> names;
    std::error_code failed;
    for (fs::directory_iterator it(folder / place, failed), end; !failed && it != end; it.increment(failed)) {
        if (it->path().extension() == ".jinja" && isFile(it->path()))
            names.push_back(place / it->path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool isBlankTemplate(const fs::path& file) {
    return trimmed(readFile(file)).empty();
}

OrderedJson tokenizerObject(const fs::path& file) {
    if (!isFile(file)) return OrderedJson::object();
    // "model_max_length" is often a number of 31 digits, which is of no interest here.
    std::vector<JsonNote> ignored;
    OrderedJson json = parseJson(readFile(file), file.string(), ignored);
    if (!json.is_object()) badConfig(file, "it is not a JSON object");
    return json;
}

std::vector<ChatTemplateSource> chatTemplateSources(const fs::path& folder, const OrderedJson& config) {
    std::vector<ChatTemplateSource> found;
    addFiles(folder, found);
    addConfigured(config, folder / kTokenizerConfigFile, found);
    return found;
}

std::vector<ChatTemplateSource> chatTemplateSources(const fs::path& folder) {
    return chatTemplateSources(folder, tokenizerObject(folder / kTokenizerConfigFile));
}

bool hasChatTemplate(const fs::path& folder) {
    try {
        return !chatTemplateSources(folder).empty();
    } catch (const Error&) {
        return true;  // loading it says what is wrong
    }
}

}  // namespace studio
