// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/text/prompt_template.h"

namespace studio {

/// The prompt template that a model or an adapter was trained with (kPromptTemplateFile), where its folder
/// has one. Throws as parsePromptTemplate().
std::optional<PromptTemplate> ownTemplate(const std::filesystem::path& folder);

}  // namespace studio
