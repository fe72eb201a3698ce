// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A SettingsForm and its recipes: choosing one, going back to it and taking that back, and saving one's own.
#include <algorithm>

#include "ui/dialogs/dialogs.h"
#include "ui/text/error_text.h"
#include "ui/train/field_editor.h"
#include "ui/train/recipe_chooser.h"
#include "ui/train/settings_form.h"

namespace studio::ui {

void SettingsForm::chooseRecipe(const std::string& name) {
    if (m_delay->isActive()) settle();  // what was typed just now is to come back too
    const Before before{m_settings, m_recipe->name(), false};
    guarded([&] {
        m_recipe->choose(name);
        showSettings(recipeSettings());
        setBeforeReset(before);
    });
}

void SettingsForm::resetToRecipe() {
    replaceSettings(recipeSettings(), false);
}

void SettingsForm::fillFrom(const TrainSettings& settings) {
    replaceSettings(settings, true);
}

void SettingsForm::replaceSettings(const TrainSettings& settings, bool filled) {
    if (m_delay->isActive()) settle();  // what was typed just now is to come back too
    const Before before{m_settings, m_recipe->name(), filled};
    showSettings(settings);
    setBeforeReset(before);
}

void SettingsForm::takeBackReset() {
    if (!m_beforeReset) return;
    const Before before = *m_beforeReset;
    guarded([&] {
        m_recipe->choose(before.recipe);
        showSettings(before.settings);
        setBeforeReset(std::nullopt);
    });
}

QString SettingsForm::resetText() const {
    if (!m_beforeReset) return tr("Reset to recipe");
    if (m_beforeReset->filled) return tr("Take back the settings");
    return m_beforeReset->recipe == m_recipe->name() ? tr("Take back the reset") : tr("Take back the recipe");
}

bool SettingsForm::canSaveRecipe() const {
    return m_session.isOpen() &&
           std::none_of(m_problems.begin(), m_problems.end(),
                        [this](const FieldIssue& issue) { return m_editors.count(issue.field) != 0; });
}

void SettingsForm::saveAsRecipe() {
    if (m_delay->isActive()) settle();
    if (!canSaveRecipe()) return;
    const std::vector<Recipe>& known = m_recipe->recipes();
    const bool own = std::any_of(known.begin(), known.end(), [this](const Recipe& recipe) {
        return recipe.own && recipe.name == m_recipe->name();
    });
    m_dialogs.askText(this, tr("Save as recipe"), tr("Name (a to z, 0 to 9, _ and -)"),
                      own ? QString::fromStdString(m_recipe->name()) : QString(),
                      [this](const QString& name) { storeRecipe(name.trimmed().toStdString()); });
}

void SettingsForm::storeRecipe(const std::string& name) {
    if (!m_session.isOpen()) return;  // the project was closed while the name was asked for
    try {
        checkRecipeName(name);
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The recipe was not saved"), errorLine(error), errorText(error).details});
        return;
    }
    std::error_code ignored;
    if (!std::filesystem::exists(m_session.project().recipesFolder() / (name + ".json"), ignored))
        return writeRecipe(name);
    Question question;
    question.title = tr("Replace the recipe?");
    question.text = tr("The project has a recipe %1 already.").arg(QString::fromStdString(name));
    question.answers = {{tr("Replace it"), true}, {tr("Keep it"), false}};
    question.safeAnswer = 1;
    m_dialogs.ask(this, question, [this, name](int answer) {
        if (answer == 0 && m_session.isOpen()) writeRecipe(name);
    });
}

void SettingsForm::writeRecipe(const std::string& name) {
    try {
        saveRecipe({name, name, {}, m_settings, true}, m_session.project().recipesFolder());
        m_recipe->choose(name);
        m_recipe->load();
    } catch (const Error& error) {
        m_dialogs.showError(this,
                            {tr("The recipe was not saved"), errorLine(error), errorText(error).details});
        return;
    }
    setBeforeReset(std::nullopt);
    settle();
}

}  // namespace studio::ui
