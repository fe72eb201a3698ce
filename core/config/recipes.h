// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/config/settings.h"

namespace studio {

/// Settings to begin with for a kind of training. English texts; the user interface translates them (context
/// "Recipes").
struct Recipe {
    std::string name;         ///< for the command line: "lora"
    std::string title;        ///< "LoRA"
    std::string description;  ///< one sentence
    TrainSettings settings;   ///< the defaults where the recipe says nothing
};

/// resources/recipes/*.json, compiled in, in the order of the files. Throws BadFormat for a broken one, which
/// a test keeps from happening.
const std::vector<Recipe>& recipes();
/// Throws SettingInvalid naming the known ones.
const Recipe& recipe(const std::string& name);

/// Reads one: name, title, description, settings. `source` names it in messages. Throws BadFormat.
Recipe parseRecipe(const std::string& json, const std::string& source);

}  // namespace studio
