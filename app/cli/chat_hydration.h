// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/command_context.h"

namespace studio {

/// What `hydrate --chat` was asked for.
struct ChatHydration {
    std::string
        messages;       ///< JSON file: a list of messages, or an object with "messages" and further variables
    std::string tools;  ///< JSON file with a list of tools; empty: those of `messages`, if any
    std::string name;   ///< of the template; empty: the model's default
    std::vector<std::string> variables;  ///< "key=value"; a value that is JSON is taken as such
    bool noGenerationPrompt = false;
};

/// Declares the options of `hydrate --chat`; each of them needs `chat`.
void addChatOptions(CLI::App* verb, CLI::Option* chat, ChatHydration& options);

/// Prints exactly what the model in this folder will read, or with --json an object with "prompt", "template"
/// and what it was made from. Throws BadFormat for files that are no messages or tools, and what
/// loadChatTemplate() and ChatTemplate::render() throw.
int hydrateChat(CommandContext& context, const std::filesystem::path& modelFolder,
                const ChatHydration& options);

}  // namespace studio
