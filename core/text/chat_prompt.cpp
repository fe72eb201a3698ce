// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat_prompt.h"

#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/text/jinja/chat_template.h"

namespace studio {
namespace {

constexpr const char* kSpace = " \t\n\v\f\r";

/// What a chat template needs to have worked out once: all rows of a data set have the same one.
struct Prepared {
    PromptTemplate of;
    ChatTemplate parsed;
    std::optional<std::string> endMark;
};

/// What messages call it.
const std::string& nameOf(const PromptTemplate& promptTemplate) {
    const std::string& file = promptTemplate.chatFile.place;
    return file.empty() ? promptTemplate.title : file;
}

/// The last one that this thread asked for.
Prepared& preparedFor(const PromptTemplate& promptTemplate) {
    thread_local std::optional<Prepared> last;
    const bool isLast = last && last->of == promptTemplate && last->parsed.name() == nameOf(promptTemplate);
    if (!isLast)
        last =
            Prepared{promptTemplate, ChatTemplate::parse(promptTemplate.chatTemplate, nameOf(promptTemplate)),
                     std::nullopt};
    return *last;
}

const ChatTemplate& parsed(const PromptTemplate& promptTemplate) {
    return preparedFor(promptTemplate).parsed;
}

/// "2026-11-30" as the noon of that day; nothing for what is no date.
std::optional<std::tm> noonOf(const std::string& date) {
    std::tm time{};
    const char* end = ::strptime(date.c_str(), "%Y-%m-%d", &time);
    if (!end || *end != '\0') return std::nullopt;
    time.tm_hour = 12;
    time.tm_isdst = -1;
    return time;
}

ChatContext contextOf(const PromptTemplate& promptTemplate) {
    ChatContext context;
    context.now = noonOf(promptTemplate.chatDate);
    for (const auto& [name, token] : promptTemplate.specialTokens) context.specialTokens[name] = token;
    return context;
}

std::string promptOf(const PromptTemplate& promptTemplate, const std::string& message) {
    ChatContext context = contextOf(promptTemplate);
    context.addMessage("user", message);
    return parsed(promptTemplate).render(context);
}

std::string conversation(const PromptTemplate& promptTemplate, const std::string& message,
                         const std::string& response) {
    ChatContext context = contextOf(promptTemplate);
    context.addGenerationPrompt = false;
    context.addMessage("user", message);
    context.addMessage("assistant", response);
    return parsed(promptTemplate).render(context);
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

std::string withoutSpaceBehind(const std::string& text) {
    return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

bool beginsWith(const std::string& text, const std::string& beginning) {
    return text.compare(0, beginning.size(), beginning) == 0;
}

bool endsWith(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

[[noreturn]] void notCarried(const PromptTemplate& promptTemplate) {
    const std::string what = "it changes the text of a response";
    const std::string& name = nameOf(promptTemplate);
    throw Error(ErrorCode::TemplateInvalid, "The chat template " + name + ": " + what + ".",
                "Choose another prompt template for this data.", {what, name});
}

/// What the template puts around an answer to this message.
struct Frame {
    std::string before, behind;
};
Frame frameOf(const PromptTemplate& promptTemplate, const std::string& message) {
    const std::string probe = "a4c1f0e9";  // in no template
    const std::string whole = conversation(promptTemplate, message, probe);
    const std::size_t at = whole.rfind(probe);
    if (at == std::string::npos) notCarried(promptTemplate);
    return {whole.substr(0, at), whole.substr(at + probe.size())};
}

}  // namespace

PromptTemplate chatPromptTemplate(const std::string& source, std::map<std::string, std::string> specialTokens,
                                  const std::string& date, const std::string& file) {
    ChatTemplate::parse(source, file.empty() ? "chat" : file);
    PromptTemplate result;
    result.name = "chat";
    result.title = "Chat";
    result.withInput = "{instruction}\n\n{input}";
    result.withoutInput = "{instruction}";
    result.chatTemplate = source;
    result.specialTokens = std::move(specialTokens);
    result.chatDate = date;
    result.chatFile = {file};
    return result;
}

HydratedPrompt chatPrompt(const PromptTemplate& promptTemplate, const HydratedPrompt& message) {
    HydratedPrompt prompt;
    prompt.text = promptOf(promptTemplate, message.text);
    const std::string kept = trimmed(message.text);
    const std::size_t at = prompt.text.rfind(kept);
    if (kept.empty() || at == std::string::npos) return prompt;
    const std::size_t cut = message.text.find(kept);  // white space before it, which may be gone
    for (const HydratedPrompt::Span& span : message.spans) {
        if (span.begin < cut || span.end > cut + kept.size()) continue;
        prompt.spans.push_back({span.field, span.begin - cut + at, span.end - cut + at});
    }
    return prompt;
}

std::string chatAnswer(const PromptTemplate& promptTemplate, const std::string& message,
                       const std::string& response) {
    if (trimmed(response).empty()) return {};
    const Frame frame = frameOf(promptTemplate, message);
    const std::string prompt = promptOf(promptTemplate, message);
    const std::string whole = conversation(promptTemplate, message, response);
    const std::string end = withoutSpaceBehind(frame.behind);
    // Where the conversation goes on from the prompt, the model learns all that follows there.
    if (beginsWith(whole, prompt) && endsWith(whole, frame.behind))
        return whole.substr(prompt.size(), whole.size() - prompt.size() - frame.behind.size()) + end;
    // Some prompts open a thought, which is not there in a conversation that is over.
    for (const std::string& form : {response, trimmed(response)})
        if (whole == frame.before + form + frame.behind) return form + end;
    notCarried(promptTemplate);
}

std::string chatEndMark(const PromptTemplate& promptTemplate) {
    std::optional<std::string>& mark = preparedFor(promptTemplate).endMark;
    if (!mark) mark = trimmed(frameOf(promptTemplate, "b7d2").behind);
    return *mark;
}

}  // namespace studio
