// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/recipe_texts.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace studio::ui {

namespace {

// The texts of resources/recipes, named here once more so that the translation tools find them. A test
// compares both lists.
const std::array kRecipeTexts = {
    QT_TRANSLATE_NOOP("Recipes", "Quick look"),
    QT_TRANSLATE_NOOP("Recipes", "A minute or so on any machine: does the loss fall, do the answers change?"),
    QT_TRANSLATE_NOOP("Recipes", "Small model, all weights"),
    QT_TRANSLATE_NOOP("Recipes",
                      "Full fine-tuning of a model of up to some hundred million weights; keeps the best."),
    QT_TRANSLATE_NOOP("Recipes", "LoRA"),
    QT_TRANSLATE_NOOP(
        "Recipes",
        "Small adapters beside a model that stays as it is: less memory, and little is forgotten."),
    QT_TRANSLATE_NOOP("Recipes", "Domain text"),
    QT_TRANSLATE_NOOP("Recipes",
                      "Learns the words of a field, prompts as well as responses, gently and in long rows.")};

QString translated(const Recipe& recipe, const std::string& english) {
    return recipe.own || english.empty() ? QString::fromStdString(english)
                                         : QCoreApplication::translate("Recipes", english.c_str());
}

}  // namespace

QString recipeTitle(const Recipe& recipe) {
    return translated(recipe, recipe.title);
}

QString recipeDescription(const Recipe& recipe) {
    return translated(recipe, recipe.description);
}

bool isRecipeText(const std::string& english) {
    return std::find(kRecipeTexts.begin(), kRecipeTexts.end(), english) != kRecipeTexts.end();
}

}  // namespace studio::ui
