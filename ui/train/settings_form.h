// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
class QTimer;

namespace studio::ui {

class Dialogs;
class FieldEditor;
class FormGrid;
class SegmentedControl;

/// Everything that can be set before a training: run name, base model, template and the field table of
/// core/config. The settings are kept with the project. GUI thread.
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
    /// Every setting back to its default; and back to what stood there, as long as no field is edited, no
    /// other project opened.
    void resetToDefaults();
    void takeBackReset();
    /// Shows these settings; what stood there before can be taken back as after resetToDefaults().
    void fillFrom(const TrainSettings& settings);
    bool canTakeBackReset() const { return m_beforeReset.has_value(); }
    int changedCount() const;
    /// The defaults, with a cutoff that the base model can hold.
    TrainSettings defaults() const;
    FieldEditor* editor(const std::string& field) const;

Q_SIGNALS:
    /// 300 ms after the last key: settings() and problems() are new.
    void settled();
    /// At the first key, so that nothing old can be started.
    void edited();
    /// canTakeBackReset() is another.
    void resetStateChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeHead();
    void makeRows();
    int addField(const Field& field);
    QWidget* makeRowsPerStep(const Field& batch, const Field& accumulation);
    void retranslate();
    void showBasicOnly(bool basicOnly);
    void fillModels();
    void fillTemplates();
    void modelChosen(int index);
    void loadSettings();
    void changed();
    void settle();
    void guarded(const std::function<void()>& change);
    void showProblems();
    void updateProduct();
    void fieldEdited();
    void showSettings(const TrainSettings& settings);
    void setBeforeReset(const std::optional<TrainSettings>& settings);

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    SegmentedControl* m_view;
    FormGrid* m_grid;
    QLineEdit* m_runName;
    QComboBox* m_model;
    QComboBox* m_template;
    QLabel* m_product = nullptr;
    QTimer* m_delay;
    struct Group {
        std::string name;
        int row;
    };
    std::vector<Group> m_groups;
    std::map<std::string, FieldEditor*> m_editors;
    std::map<std::string, int> m_rowOf;  // by field name, also run_name, model, template
    TrainSettings m_settings;
    std::optional<TrainSettings> m_beforeReset;
    std::vector<FieldIssue> m_problems;
};

}  // namespace studio::ui
