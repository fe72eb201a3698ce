// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/config/recipes.h"

namespace studio::ui {

/// Title and description in the user's language; a project's own recipes are shown as they were written.
QString recipeTitle(const Recipe& recipe);
QString recipeDescription(const Recipe& recipe);

/// Whether a text of a recipe of the program is listed for translation in the context "Recipes". Every one
/// must be.
bool isRecipeText(const std::string& english);

}  // namespace studio::ui
