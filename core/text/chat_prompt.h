// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/text/prompt_template.h"

/// Prompt templates that are a model's own chat template: one turn of a user and the model's answer.
namespace studio {

/// A model's chat template as a prompt template named "chat": the instruction, and behind an empty line the
/// input, are the user's message. `date` ("2026-11-30") is what the template is told of the time, for good,
/// so that a prompt in training is the prompt of next year. `file`: what messages call it. Throws what
/// ChatTemplate::parse() does.
PromptTemplate chatPromptTemplate(const std::string& source, std::map<std::string, std::string> specialTokens,
                                  const std::string& date, const std::string& file = {});

/// `message` as the user's message in the template, up to where the answer begins. The spans stay those of
/// the record's fields where the template left the message as it is; else there are none.
HydratedPrompt chatPrompt(const PromptTemplate& promptTemplate, const HydratedPrompt& message);

/// What stands behind chatPrompt() once `response` is the answer: what the template puts before it, the
/// response and what ends it, without white space behind that. Throws TemplateInvalid where the template does
/// not carry the response.
std::string chatAnswer(const PromptTemplate& promptTemplate, const std::string& message,
                       const std::string& response);

/// What ends every answer ("<|im_end|>"), without white space around it; empty where nothing does.
std::string chatEndMark(const PromptTemplate& promptTemplate);

}  // namespace studio
