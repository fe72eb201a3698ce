// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/text/prompt_template.h"

namespace studio {

/// The model that a path on the command line means: the folder itself, or the model/ of a run folder.
/// Throws where there is no such folder, and where it is a run without a model.
std::filesystem::path modelFolderOf(const std::filesystem::path& path);

/// The adapter that a path means: the folder itself, or the adapter/ of a run folder. Empty for an empty
/// path. `modelFolder`: what it is to stand beside. Throws where there is no adapter, and where it is merged
/// into that model already.
std::filesystem::path adapterFolderOf(const std::filesystem::path& path,
                                      const std::filesystem::path& modelFolder);

/// The template a fine-tuned model was trained with, where it carries one.
std::optional<PromptTemplate> templateOfModel(const std::filesystem::path& modelFolder);

/// The template that was asked for by name or file (also one of the project's; "chat" means the model's own
/// chat template), or else the one that the model was trained with, or else its chat template, or else the
/// first built-in one. `modelFolder` may be empty: no model. Throws TemplateInvalid where it has none.
PromptTemplate chosenTemplate(const std::string& name, const std::filesystem::path& projectTemplates,
                              const std::filesystem::path& modelFolder);

/// What to say of a prompt whose chat template left out the words that it was given; nothing where it holds
/// one of them, but for white space around it, or where all are blank.
std::string unreadText(const std::string& prompt, const std::vector<std::string>& words);

}  // namespace studio
