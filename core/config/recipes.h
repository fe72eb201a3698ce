// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/config/settings.h"

namespace studio {

/// Settings to begin with for a kind of training. English texts for those that come with the program; the
/// user interface translates them (context "Recipes").
struct Recipe {
    std::string name;         ///< for the command line: "lora"
    std::string title;        ///< "LoRA"
    std::string description;  ///< one sentence; may be empty
    TrainSettings settings;   ///< the defaults where the recipe says nothing
    bool own = false;         ///< one of a project, NAME.json in its folder of recipes
};

/// resources/recipes/*.json, compiled in, in the order of the files. Throws BadFormat for a broken one, which
/// a test keeps from happening.
const std::vector<Recipe>& recipes();
bool isBuiltInRecipe(const std::string& name);

/// The built-in ones, then those of FOLDER/*.json (a project's; may be absent or empty) by name. A broken
/// file is left out and reported.
std::vector<Recipe> allRecipes(const std::filesystem::path& folder,
                               std::vector<std::string>* problems = nullptr);
/// A built-in one, FOLDER/NAME.json, or the file of that path, whatever its recipe calls itself; that file
/// may also hold the settings alone, as resources/sample/train_settings.json does. Throws SettingInvalid
/// naming the known ones; BadFormat for a broken file, with all that is wrong with its settings.
Recipe findRecipe(const std::string& name, const std::filesystem::path& folder = {});

/// Throws InvalidArgument for a name outside [a-z0-9_-], one of more than 60 characters, or a built-in's.
void checkRecipeName(const std::string& name);
/// Writes FOLDER/NAME.json atomically, over an older one of that name. Throws as checkRecipeName(), or
/// FileUnwritable, DiskFull.
void saveRecipe(const Recipe& recipe, const std::filesystem::path& folder);

/// JSON of a recipe file: {"name","title","description","settings"}; of the settings those that are not the
/// defaults.
std::string recipeJson(const Recipe& recipe);
/// Reads one. `source` names it in messages. Throws BadFormat.
Recipe parseRecipe(const std::string& json, const std::string& source);

}  // namespace studio
