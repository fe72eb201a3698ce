// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/config/settings.h"
#include "ui/session/project_session.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QTimer;

namespace studio::ui {

class Dialogs;
class FieldEditor;
class FormGrid;
class RecipeChooser;
class SamplePrompts;
class SearchField;
class SegmentedControl;

/// Everything that can be set before a training: run name, base model, template and the field table of
/// core/config, beginning from a recipe. Settings, recipe and sample prompts are kept with the project.
/// Settings that change nothing are hidden with a line that says why. GUI thread.
class SettingsForm : public Panel {
    Q_OBJECT

public:
    SettingsForm(ProjectSession& session, Dialogs& dialogs, QWidget* parent = nullptr);

    QString runName() const;
    void setRunName(const QString& name);
    /// Settings as far as the form's texts can be read; what cannot is in problems().
    const TrainSettings& settings() const { return m_settings; }
    /// All that is wrong at this moment, by field name ("run_name" for the run's).
    const std::vector<FieldIssue>& problems() const { return m_problems; }
    QString fieldLabel(const std::string& field) const;
    /// Moves the focus to a field, showing all settings where it is not a basic one.
    void focusField(const std::string& field);
    /// A free name for the next run.
    void proposeRunName();
    /// The recipe's settings in place of what stands there; and back to that, as long as no field is edited,
    /// no other project opened.
    void chooseRecipe(const std::string& name);
    void resetToRecipe();
    void takeBackReset();
    /// Shows these settings; what stood there before can be taken back as after resetToRecipe().
    void fillFrom(const TrainSettings& settings);
    bool canTakeBackReset() const { return m_beforeReset.has_value(); }
    /// What the button that resets, or takes back, says.
    QString resetText() const;
    /// How many settings are not the recipe's.
    int changedCount() const;
    /// The recipe's settings, with a cutoff that the base model can hold.
    TrainSettings recipeSettings() const;
    RecipeChooser& recipe() { return *m_recipe; }
    /// Asks for a name and keeps the settings as a recipe of the project.
    void saveAsRecipe();
    /// Whether the settings, whatever the run is called, are ones that a recipe can have.
    bool canSaveRecipe() const;
    /// Rows whose prompts the run is to answer; empty: the first validation rows.
    const std::vector<std::int64_t>& sampleRows() const;
    SamplePrompts& samplePrompts() { return *m_prompts; }
    SearchField* search() const { return m_search; }
    /// All settings, or the basic ones.
    void showAll(bool all);
    bool isRowShown(const std::string& field) const;
    /// The lines that say what is hidden and why, as far as they are in sight.
    QStringList notes() const;
    FieldEditor* editor(const std::string& field) const;

Q_SIGNALS:
    /// 300 ms after the last key: settings() and problems() are new.
    void settled();
    /// At the first key, so that nothing old can be started.
    void edited();
    /// canTakeBackReset() or resetText() is another.
    void resetStateChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Before {
        TrainSettings settings;
        std::string recipe;
        bool filled;  // what took its place are the settings of a run, not a recipe's
    };
    struct Group {
        std::string name;
        int row;
    };
    /// Fields of a group that change nothing for the same reason.
    struct Note {
        std::string group;
        std::string reason;
        int row;
    };

    // settings_form_rows.cpp: what is shown
    void makeHead();
    void makeRows();
    void makeGroup(const Group& group);
    int addField(const Field& field);
    QWidget* makeRowsPerStep(const Field& batch, const Field& accumulation);
    void addPrompts();
    void retranslate();
    void showHelps();
    QString helpOf(const Field& field) const;
    void showRows();
    bool isFound(int row) const;
    void showNotes(const std::map<int, QStringList>& hidden);
    void showProblems();
    void updateProduct();
    void openMenu(int row, const QPoint& globalPosition, QMenu* menu);
    std::vector<std::string> fieldsOf(int row) const;
    bool hasProblem(const std::string& field) const;

    void fillModels();
    void fillTemplates();
    void modelChosen(int index);
    void loadSettings();
    void changed();
    void settle();
    void store();
    void guarded(const std::function<void()>& change);
    void fieldEdited();
    void showSettings(const TrainSettings& settings);
    void replaceSettings(const TrainSettings& settings, bool filled);
    void setBeforeReset(const std::optional<Before>& before);
    void resetField(const std::string& field);
    void storeRecipe(const std::string& name);
    void writeRecipe(const std::string& name);

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    SegmentedControl* m_view;
    RecipeChooser* m_recipe;
    SearchField* m_search;
    FormGrid* m_grid;
    QLineEdit* m_runName;
    QComboBox* m_model;
    QComboBox* m_template;
    SamplePrompts* m_prompts = nullptr;
    QLabel* m_product = nullptr;
    QTimer* m_delay;
    std::vector<Group> m_groups;
    std::vector<Note> m_notes;
    int m_nothingFound = 0;  // the row that says that a search finds nothing
    std::map<std::string, FieldEditor*> m_editors;
    std::map<std::string, int> m_rowOf;  // by field name, also run_name, model, template, sample_prompts
    TrainSettings m_settings;
    std::optional<Before> m_beforeReset;
    std::vector<FieldIssue> m_problems;
};

}  // namespace studio::ui
