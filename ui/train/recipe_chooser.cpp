// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/recipe_chooser.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <algorithm>

#include "ui/session/project_session.h"
#include "ui/text/recipe_texts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_combo_box.h"

namespace studio::ui {

namespace {

const char* const kRecipeKey = "train_recipe";
constexpr int kListWidth = 168;

}  // namespace

RecipeChooser::RecipeChooser(ProjectSession& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_label(new QLabel(this)), m_list(new ElidedComboBox(this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    setTextRole(m_label, TextRole::Secondary);
    setTone(m_label, Tone::Secondary);
    m_label->setBuddy(m_list);
    m_list->setProperty("small", true);
    m_list->setFixedWidth(wordRoom(kListWidth));
    row->addWidget(m_label);
    row->addWidget(m_list);
    setFocusProxy(m_list);
    connect(m_list, &QComboBox::activated, this,
            [this](int index) { Q_EMIT chosen(m_list->itemData(index).toString()); });
}

void RecipeChooser::load() {
    m_problems.clear();
    m_name.clear();
    if (m_session.isOpen()) {
        m_recipes = allRecipes(m_session.project().recipesFolder(), &m_problems);
        m_name = m_session.project().setting(kRecipeKey).value_or(std::string());
    } else {
        m_recipes = studio::recipes();
    }
    if (!found()) m_name.clear();
    fill();
}

void RecipeChooser::choose(const std::string& name) {
    if (m_session.isOpen() && m_session.project().setting(kRecipeKey).value_or(std::string()) != name)
        m_session.project().setSetting(kRecipeKey, name);
    m_name = name;
    showChoice();
}

const Recipe* RecipeChooser::found() const {
    const auto each = std::find_if(m_recipes.begin(), m_recipes.end(),
                                   [this](const Recipe& recipe) { return recipe.name == m_name; });
    return each == m_recipes.end() ? nullptr : &*each;
}

QString RecipeChooser::title() const {
    const Recipe* recipe = found();
    return recipe ? recipeTitle(*recipe) : tr("Defaults");
}

TrainSettings RecipeChooser::settings() const {
    const Recipe* recipe = found();
    return recipe ? recipe->settings : TrainSettings();
}

void RecipeChooser::fill() {
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    m_list->addItem(tr("Defaults"), QString());
    m_list->setItemData(0, tr("What every setting has where nothing else is chosen."), Qt::ToolTipRole);
    bool ownBegun = false;
    for (const Recipe& recipe : m_recipes) {
        if (recipe.own && !ownBegun) m_list->insertSeparator(m_list->count());
        ownBegun = recipe.own;
        m_list->addItem(recipeTitle(recipe), QString::fromStdString(recipe.name));
        m_list->setItemData(m_list->count() - 1, recipeDescription(recipe), Qt::ToolTipRole);
    }
    if (!m_problems.empty()) {
        // Said where the recipe is missed; what is wrong with the file stands in the tooltip.
        m_list->addItem(tr("%Ln recipe(s) cannot be read", nullptr, static_cast<int>(m_problems.size())));
        QString details;
        for (const std::string& problem : m_problems)
            details += (details.isEmpty() ? "" : "\n") + QString::fromStdString(problem);
        m_list->setItemData(m_list->count() - 1, details, Qt::ToolTipRole);
        if (auto* model = qobject_cast<QStandardItemModel*>(m_list->model()))
            model->item(m_list->count() - 1)->setEnabled(false);
    }
    showChoice();
}

void RecipeChooser::showChoice() {
    const QSignalBlocker quiet(m_list);
    m_list->setCurrentIndex(std::max(0, m_list->findData(QString::fromStdString(m_name))));
    const Recipe* recipe = found();
    m_list->setToolTip(recipe ? recipeDescription(*recipe) : QString());
}

void RecipeChooser::retranslate() {
    m_label->setText(tr("Recipe"));
    m_list->setAccessibleName(tr("Recipe"));
    fill();
}

}  // namespace studio::ui
