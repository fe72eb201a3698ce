// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/text/prompt_template.h"

namespace studio {

/// The Jinja chat template that gives the very prompt of a prompt template, for programs that know only those
/// (Hugging Face's `chat_template`): a user's message is the instruction, without an input; the assistant's
/// ends with `eos_token` where the template's responses do. A system message has no place in a prompt
/// template and gives nothing. Of a prompt template that is a chat template it is that one.
std::string chatTemplateOf(const PromptTemplate& promptTemplate);

}  // namespace studio
