// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/chat_template.h"

#include <utility>

#include "core/text/jinja/json_values.h"
#include "core/text/jinja/problem.h"
#include "core/text/jinja/template.h"

namespace studio {

namespace {

using jinja::Problem;
using jinja::Value;

[[noreturn]] void throwError(const Problem& problem, const std::string& name) {
    const std::string line = std::to_string(problem.line);
    const std::string where =
        "The chat template " + name + (problem.line > 0 ? ", line " + line : std::string());
    if (problem.isRaised) {
        const std::string& words = problem.text();
        const bool isSentence = !words.empty() && std::string(".!?").find(words.back()) != std::string::npos;
        throw Error(problem.code(), where + ", refuses these messages: " + words + (isSentence ? "" : "."),
                    "Change the messages as it asks for, or choose another template.",
                    {problem.text(), name, line});
    }
    const std::string next =
        problem.nextStep().empty()
            ? "Check the messages against what the template expects, or correct the template."
            : problem.nextStep();
    throw Error(problem.code(), where + ": " + problem.text() + ".", next, {problem.text(), name, line});
}

jinja::Variables variablesOf(jinja::Budget& budget, const ChatContext& context) {
    jinja::Variables variables;
    const auto add = [&](const std::string& name, const ChatContext::Json& json) {
        variables.emplace_back(name, jinja::valueOf(budget, json, name));
    };
    for (const auto& item : context.specialTokens.items()) add(item.key(), item.value());
    add("messages", context.messages);
    add("tools", context.tools);
    add("documents", context.documents);
    variables.emplace_back("add_generation_prompt", Value::boolean(context.addGenerationPrompt));
    for (const auto& item : context.variables.items()) add(item.key(), item.value());
    return variables;
}

}  // namespace

void ChatContext::addMessage(std::string_view role, std::string_view content) {
    messages.push_back({{"role", role}, {"content", content}});
}

ChatTemplate::ChatTemplate(std::string source, std::string name)
    : m_source(std::move(source)), m_name(std::move(name)) {}

ChatTemplate ChatTemplate::parse(const std::string& source, std::string name) {
    ChatTemplate result(source, std::move(name));
    try {
        result.m_template = std::make_shared<const jinja::Template>(source);
    } catch (const Problem& problem) {
        throwError(problem, result.m_name);
    }
    return result;
}

std::string ChatTemplate::render(const ChatContext& context, const ChatLimits& limits,
                                 const std::stop_token& stop) const {
    jinja::Limits inner;
    inner.steps = limits.steps;
    inner.textBytes = limits.textBytes;
    inner.memoryBytes = limits.memoryBytes;
    jinja::Runtime runtime(inner, stop, context.now);
    try {
        const jinja::Variables variables = variablesOf(runtime.budget, context);
        return m_template->render(runtime, variables);
    } catch (const Problem& problem) {
        throwError(problem, m_name);
    }
}

std::tm localTime() {
    const std::time_t now = std::time(nullptr);
    std::tm time{};
    localtime_r(&now, &time);
    return time;
}

}  // namespace studio
