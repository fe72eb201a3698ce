// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "ui/jobs/task_runner.h"
#include "ui/train/prompt_choice_model.h"
#include "ui/widgets/dialog_frame.h"

class QLabel;
class QListView;
class QPushButton;

namespace studio::ui {

class NoteBar;
class SearchField;

/// Which rows' prompts a run answers as it learns. Opened with open(); emits promptsChosen() when accepted.
/// Test rows are not offered: what is looked at while training is no test any more.
class SamplePromptsDialog : public DialogFrame {
    Q_OBJECT

public:
    SamplePromptsDialog(const std::filesystem::path& project, const QVector<qint64>& chosen, QWidget* parent);

    PromptChoiceModel& model() { return *m_model; }
    SearchField* search() const { return m_search; }
    /// Forgets the choice: the first validation rows again.
    QPushButton* clearButton() const { return m_clear; }

Q_SIGNALS:
    void promptsChosen(const QVector<qint64>& ids);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Found {
        QVector<PromptChoiceModel::Row> rows;
        qint64 all = 0;  ///< that the search finds; the list holds the first of them
    };

    void load();
    void show(const Found& found);
    void showCounts();
    void retranslate();

    std::filesystem::path m_project;
    QLabel* m_intro;
    SearchField* m_search;
    QListView* m_list;
    PromptChoiceModel* m_model;
    QLabel* m_count;
    NoteBar* m_note;
    QPushButton* m_clear;
    qint64 m_found = 0;
    TaskRunner m_tasks;
};

}  // namespace studio::ui
