// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace studio {

/// The projections of a block by their Hugging Face names that "all", "attention", "mlp" or names with commas
/// mean, in every family: a model has only its own. `problem` gets a name that is none of them; an empty text
/// is one, too.
std::vector<std::string> loraTargetNames(const std::string& text, std::optional<std::string>& problem);

/// Whether a module ("model.layers.0.self_attn.q_proj") is one of the targets, by the end of its name, as
/// PEFT compares them.
bool isLoraTarget(const std::vector<std::string>& targets, const std::string& module);

}  // namespace studio
