// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/formats/json.h"

/// The chat templates in a model's folder, as texts. What is blank is no template, wherever it stands.
namespace studio {

/// The name of the one that is used unless another is asked for.
inline constexpr const char* kDefaultChatTemplate = "default";
inline constexpr const char* kChatTemplateFile = "chat_template.jinja";
inline constexpr const char* kMoreChatTemplates = "additional_chat_templates";
inline constexpr const char* kTokenizerConfigFile = "tokenizer_config.json";

struct ChatTemplateSource {
    std::string name;    ///< "default", "tool_use", …
    std::string source;  ///< Jinja
    std::filesystem::path file;
};

/// What Hugging Face Transformers reads: chat_template.jinja, which goes before the "chat_template" of
/// tokenizer_config.json (a text, or a list of {"name", "template"}), and
/// additional_chat_templates/NAME.jinja. Each name once. `config`: the object in tokenizer_config.json.
/// Throws TokenizerInvalid where the entry there is neither, FileUnreadable.
std::vector<ChatTemplateSource> chatTemplateSources(const std::filesystem::path& folder,
                                                    const OrderedJson& config);
/// The same for one who has not read tokenizer_config.json. Throws as tokenizerObject(), too.
std::vector<ChatTemplateSource> chatTemplateSources(const std::filesystem::path& folder);

/// The files that hold a model's further templates, in the order of their names:
/// "additional_chat_templates/NAME.jinja" below the folder.
std::vector<std::filesystem::path> additionalChatTemplates(const std::filesystem::path& folder);

/// Whether a template's file has nothing but white space, so that a copy of the model leaves it behind:
/// Hugging Face's library would take such a chat_template.jinja in the place of the one in
/// tokenizer_config.json. Throws FileNotFound, FileUnreadable.
bool isBlankTemplate(const std::filesystem::path& file);

/// Whether the folder brings one, sound or not. Does not throw.
bool hasChatTemplate(const std::filesystem::path& folder);

/// The object in one of a tokenizer's JSON files; an empty one where there is no such file. Throws
/// TokenizerInvalid for JSON that is no object, and what parseJson() does.
OrderedJson tokenizerObject(const std::filesystem::path& file);

}  // namespace studio
