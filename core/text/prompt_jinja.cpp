// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/prompt_jinja.h"

namespace studio {

namespace {

/// Text as a literal, so that braces and line breaks in it mean nothing to Jinja.
std::string literal(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\\' || c == '\'') quoted += '\\';
        if (c == '\n')
            quoted += "\\n";
        else if (c == '\r')
            quoted += "\\r";
        else if (c == '\t')
            quoted += "\\t";
        else
            quoted += c;
    }
    return quoted + "'";
}

}  // namespace

std::string chatTemplateOf(const PromptTemplate& promptTemplate) {
    if (promptTemplate.isChat()) return promptTemplate.chatTemplate;
    std::string prompt;
    const auto add = [&](const std::string& piece) { prompt += (prompt.empty() ? "" : " + ") + piece; };
    for (const TemplatePart& part : parseTemplate(promptTemplate.withoutInput)) {
        if (!part.isPlaceholder)
            add(literal(part.text));
        else if (part.text == "instruction")
            add("message['content']");  // an input there is none of gives nothing
    }
    if (!promptTemplate.separator.empty()) add(literal(promptTemplate.separator));
    return "{% for message in messages %}{% if message['role'] == 'user' %}{{ " + prompt +
           " }}{% elif message['role'] == 'assistant' %}{{ message['content']" +
           (promptTemplate.appendEos ? " + eos_token" : "") + " }}{% endif %}{% endfor %}";
}

}  // namespace studio
