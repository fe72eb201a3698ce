// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/chat_hydration.h"

#include "app/cli/command_context.h"
#include "app/cli/model_choice.h"
#include "app/cli/value_checks.h"
#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/tokenizer/chat_template_files.h"

namespace studio {
namespace {

[[noreturn]] void badFile(const std::string& file, const std::string& what, const std::string& next) {
    throw Error(ErrorCode::BadFormat, file + ": " + what + ".", next, {file});
}

bool has(const OrderedJson& message, const char* key) {
    const auto found = message.find(key);
    return found != message.end() && !found->is_null();
}

/// A call of a tool stands in place of words.
bool hasContent(const OrderedJson& message) {
    return has(message, "content") || has(message, "tool_calls") || has(message, "function_call");
}

/// Templates would blame themselves, or read nothing in its place.
void checkMessages(const OrderedJson& messages, const std::string& file) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const char* lacking = !has(messages[i], "role")  ? "role"
                              : !hasContent(messages[i]) ? "content"
                                                         : nullptr;
        if (lacking)
            badFile(file, "message " + std::to_string(i + 1) + " has no \"" + lacking + "\"",
                    "Give every message a role and its content.");
    }
}

void takeMessages(const OrderedJson& json, const std::string& file, ChatContext& chat) {
    bool isList = json.is_array();
    if (isList) {
        for (const OrderedJson& message : json) isList = isList && message.is_object();
    }
    if (!isList)
        badFile(file, "the messages are not a list of objects",
                "Write a list like [{\"role\": \"user\", \"content\": \"Hello\"}].");
    checkMessages(json, file);
    chat.messages = json;
}

/// A list of messages, or an object that holds them beside other things that the template is to be given.
void readMessages(const std::string& file, ChatContext& chat) {
    const OrderedJson json = readJsonFile(file);
    if (!json.is_object()) return takeMessages(json, file, chat);
    if (!json.contains("messages"))
        badFile(file, "the object has no \"messages\"",
                "Write a list of messages, or an object with that key.");
    for (const auto& item : json.items()) {
        if (item.key() == "messages") {
            takeMessages(item.value(), file, chat);
        } else if (item.key() == "tools") {
            chat.tools = item.value();
        } else if (item.key() == "documents") {
            chat.documents = item.value();
        } else if (item.key() == "add_generation_prompt" && item.value().is_boolean()) {
            chat.addGenerationPrompt = item.value().get<bool>();
        } else {
            chat.variables[item.key()] = item.value();
        }
    }
}

/// "enable_thinking=false" is a truth value, "date_string=26 Jul 2024" a text.
void takeVariable(const std::string& text, ChatContext& chat) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        throw UsageError("--set takes NAME=VALUE, not " + text + ".");
    const std::string value = text.substr(equals + 1);
    OrderedJson json = value;
    try {
        json = parseJson(value, "--set " + text);
    } catch (const Error&) {
        json = value;
    }
    chat.variables[text.substr(0, equals)] = json;
}

/// The messages' contents, as far as they are plain texts.
std::vector<std::string> contentsOf(const OrderedJson& messages) {
    std::vector<std::string> contents;
    for (const OrderedJson& message : messages)
        if (has(message, "content") && message["content"].is_string())
            contents.push_back(message["content"].get<std::string>());
    return contents;
}

/// What the template is given last goes before the option, which would be left aside without a word.
void refuseContradiction(const ChatContext& chat) {
    const auto given = chat.variables.find("add_generation_prompt");
    if (given == chat.variables.end() || *given == false) return;
    throw UsageError(
        "--no-generation-prompt and the variable add_generation_prompt contradict each other: leave one "
        "out.");
}

}  // namespace

void addChatOptions(CLI::App* verb, CLI::Option* chat, ChatHydration& options) {
    CLI::Option* messages = addOption(verb, "--messages", options.messages,
                                      "JSON file: a list of messages, or an object with \"messages\", "
                                      "\"tools\" and other variables of the template");
    messages->check(notEmpty())->needs(chat);
    chat->needs(messages);
    addOption(verb, "--tools", options.tools, "JSON file with a list of tools")
        ->check(notEmpty())
        ->needs(chat);
    addOption(verb, "--chat-template", options.name, "One of several templates of the model, by its name")
        ->check(notEmpty())
        ->needs(chat);
    addOption(verb, "--set", options.variables, "A variable of the template, NAME=VALUE (may be repeated)")
        ->needs(chat);
    verb->add_flag("--no-generation-prompt", options.noGenerationPrompt,
                   "Without the words that begin the model's answer")
        ->needs(chat);
}

int hydrateChat(CommandContext& context, const std::filesystem::path& modelFolder,
                const ChatHydration& options) {
    ChatContext chat;
    readMessages(options.messages, chat);
    if (!options.tools.empty()) chat.tools = readJsonFile(options.tools);
    if (!chat.tools.is_null() && !chat.tools.is_array())
        badFile(options.tools.empty() ? options.messages : options.tools, "the tools are not a list",
                "Write a list of tools, each an object.");
    for (const std::string& variable : options.variables) takeVariable(variable, chat);
    if (options.noGenerationPrompt) {
        refuseContradiction(chat);
        chat.addGenerationPrompt = false;
    }
    chat.now = localTime();
    const ModelChatTemplate model = loadChatTemplate(modelFolder, {options.name, !chat.tools.is_null()});
    chat.specialTokens = model.specialTokens;
    const std::string prompt = model.chat.render(chat, {}, context.stop);
    const std::string unread = unreadText(prompt, contentsOf(chat.messages));
    if (!unread.empty()) context.output.note(unread);
    if (!context.output.json()) {
        context.output.bytes(prompt);
        return kExitOk;
    }
    context.output.jsonLine({{"prompt", prompt},
                             {"template", model.chosen},
                             {"file", model.file.string()},
                             {"other_templates", model.otherChoices},
                             {"special_tokens", model.specialTokens},
                             {"add_generation_prompt", chat.addGenerationPrompt}});
    return kExitOk;
}

}  // namespace studio
