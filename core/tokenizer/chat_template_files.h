// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/chat_templates.h"
#include "core/text/jinja/chat_template.h"
#include "core/text/prompt_template.h"

namespace studio {

/// Which of a model's chat templates is wanted.
struct ChatTemplateChoice {
    std::string name;       ///< empty: the default one
    bool hasTools = false;  ///< without a name, "tool_use" goes before the default where there is one
};

/// The chat template of a model folder and what it needs beside the messages.
struct ModelChatTemplate {
    ChatTemplate chat;
    std::string chosen;                     ///< "default", "tool_use", …
    std::filesystem::path file;             ///< where it stands
    ChatContext::Json specialTokens;        ///< for ChatContext::specialTokens
    std::vector<std::string> otherChoices;  ///< names of the model's other templates
};

/// One of chatTemplateSources(). Special tokens come from tokenizer_config.json and, where that lacks
/// them, special_tokens_map.json, as texts or as objects with a "content". Throws TokenizerInvalid where the
/// folder has no such template (naming those it has) or a file is not as it should be, and what
/// ChatTemplate::parse() throws.
ModelChatTemplate loadChatTemplate(const std::filesystem::path& folder,
                                   const ChatTemplateChoice& choice = {});

/// The default one as a prompt template, which is told this day's date from now on; nothing where the folder
/// has none. Throws as loadChatTemplate().
std::optional<PromptTemplate> chatTemplateOfModel(const std::filesystem::path& folder);

}  // namespace studio
