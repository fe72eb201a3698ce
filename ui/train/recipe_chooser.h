// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "core/config/recipes.h"

class QComboBox;
class QLabel;

namespace studio::ui {

class ProjectSession;

/// The recipes that a run can begin with: the program's defaults, its recipes and the project's own. The
/// choice is kept with the project. GUI thread.
class RecipeChooser : public QWidget {
    Q_OBJECT

public:
    explicit RecipeChooser(ProjectSession& session, QWidget* parent = nullptr);

    /// Reads the project's recipes and its choice anew. A recipe that is gone gives way to the defaults.
    void load();
    /// Shows and keeps a choice without telling of it. Throws Error where it cannot be kept.
    void choose(const std::string& name);
    /// For `finetune train --recipe`; empty: the program's defaults.
    const std::string& name() const { return m_name; }
    QString title() const;
    /// The settings of the choice, as the command line has them.
    TrainSettings settings() const;
    const std::vector<Recipe>& recipes() const { return m_recipes; }
    void retranslate();
    QComboBox* list() const { return m_list; }

Q_SIGNALS:
    /// Somebody has chosen; choose() has not been called yet.
    void chosen(const QString& name);

private:
    void fill();
    void showChoice();
    const Recipe* found() const;

    ProjectSession& m_session;
    QLabel* m_label;
    QComboBox* m_list;
    std::vector<Recipe> m_recipes;
    std::vector<std::string> m_problems;  // of files that cannot be read
    std::string m_name;
};

}  // namespace studio::ui
