// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/prompt_template.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/text/chat_prompt.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

const std::vector<std::string>& knownPlaceholders() {
    static const std::vector<std::string> names = {"instruction", "input"};
    return names;
}

bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Length of the placeholder that begins at `at`, braces included, or 0.
std::size_t placeholderLength(const std::string& text, std::size_t at) {
    if (text[at] != '{') return 0;
    std::size_t end = at + 1;
    while (end < text.size() && isNameCharacter(text[end])) ++end;
    return end > at + 1 && end < text.size() && text[end] == '}' ? end + 1 - at : 0;
}

TemplateIssue unknownPlaceholder(const std::string& part, const TemplatePart& where) {
    TemplateIssue issue{part,        where.text, nearest(where.text, knownPlaceholders()).value_or(""),
                        where.begin, where.end,  ""};
    issue.message = "The placeholder {" + where.text + "} in " + part + " is not known";
    issue.message += issue.suggestion.empty() ? "; there are {instruction} and {input}."
                                              : "; did you mean {" + issue.suggestion + "}?";
    return issue;
}

void checkPart(const std::string& part, const std::string& text, const std::vector<std::string>& required,
               std::vector<TemplateIssue>& issues) {
    std::vector<std::string> missing = required;
    for (const TemplatePart& piece : parseTemplate(text)) {
        if (!piece.isPlaceholder) continue;
        const auto& known = knownPlaceholders();
        if (std::find(known.begin(), known.end(), piece.text) == known.end()) {
            issues.push_back(unknownPlaceholder(part, piece));
        }
        missing.erase(std::remove(missing.begin(), missing.end(), piece.text), missing.end());
    }
    for (const std::string& name : missing) {
        issues.push_back(
            {part, name, "", 0, text.size(), "The placeholder {" + name + "} is missing in " + part + "."});
    }
}

}  // namespace

std::vector<TemplatePart> parseTemplate(const std::string& text) {
    std::vector<TemplatePart> parts;
    const auto addLiteral = [&](char c, std::size_t begin, std::size_t end) {
        if (parts.empty() || parts.back().isPlaceholder) parts.push_back({false, "", begin, begin});
        parts.back().text += c;
        parts.back().end = end;
    };
    for (std::size_t at = 0; at < text.size();) {
        const bool doubled = at + 1 < text.size() && text[at + 1] == text[at];
        if (doubled && (text[at] == '{' || text[at] == '}')) {
            addLiteral(text[at], at, at + 2);
            at += 2;
        } else if (const std::size_t length = placeholderLength(text, at); length > 0) {
            parts.push_back({true, text.substr(at + 1, length - 2), at, at + length});
            at += length;
        } else {
            addLiteral(text[at], at, at + 1);
            ++at;
        }
    }
    return parts;
}

std::vector<TemplateIssue> checkTemplate(const PromptTemplate& promptTemplate) {
    std::vector<TemplateIssue> issues;
    checkPart("with_input", promptTemplate.withInput, {"instruction", "input"}, issues);
    checkPart("without_input", promptTemplate.withoutInput, {"instruction"}, issues);
    return issues;
}

/// The texts of a template with a record's fields in them.
static HydratedPrompt filledIn(const PromptTemplate& promptTemplate, const std::string& instruction,
                               const std::string& input) {
    const bool hasInput = !input.empty();
    const std::string part = hasInput ? "with_input" : "without_input";
    HydratedPrompt prompt;
    for (const TemplatePart& piece :
         parseTemplate(hasInput ? promptTemplate.withInput : promptTemplate.withoutInput)) {
        if (!piece.isPlaceholder) {
            prompt.text += piece.text;
            continue;
        }
        if (piece.text != "instruction" && piece.text != "input") {
            throw Error(ErrorCode::TemplateInvalid,
                        "Template " + promptTemplate.name + ": " + unknownPlaceholder(part, piece).message,
                        "Correct the placeholder in the template, or write {{ and }} for braces.",
                        {promptTemplate.name, piece.text});
        }
        const std::string& value = piece.text == "input" ? input : instruction;
        prompt.spans.push_back({piece.text, prompt.text.size(), prompt.text.size() + value.size()});
        prompt.text += value;
    }
    return prompt;
}

HydratedPrompt hydrate(const PromptTemplate& promptTemplate, const std::string& instruction,
                       const std::string& input) {
    HydratedPrompt prompt = filledIn(promptTemplate, instruction, input);
    return promptTemplate.isChat() ? chatPrompt(promptTemplate, prompt) : prompt;
}

std::string hydratedPrompt(const PromptTemplate& promptTemplate, const std::string& instruction,
                           const std::string& input) {
    std::string text = hydrate(promptTemplate, instruction, input).text;
    return promptTemplate.isChat() ? text : text + promptTemplate.separator;
}

std::string answerText(const PromptTemplate& promptTemplate, const std::string& instruction,
                       const std::string& input, const std::string& response) {
    if (!promptTemplate.isChat()) return response;
    return chatAnswer(promptTemplate, filledIn(promptTemplate, instruction, input).text, response);
}

PromptForm promptForm(const PromptTemplate& promptTemplate) {
    if (!promptTemplate.isChat()) return {};
    try {
        return {true, chatEndMark(promptTemplate)};
    } catch (const Error&) {
        // It has nothing to say of answers, which only a training needs; answerText() says that.
        return {true, {}};
    }
}

}  // namespace studio
