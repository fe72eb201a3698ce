// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/test_prompt_model.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace studio::ui {

class EmptyState;
class ProgressLine;

/// The list of test prompts with their marks, its filter, and at its foot the score of each arm and the
/// button that asks them all.
class TestPromptPanel : public Panel {
    Q_OBJECT

public:
    explicit TestPromptPanel(TestPromptModel& model, QWidget* parent = nullptr);

    /// Prompts were loaded anew; keeps the selected record.
    void reload(std::vector<ComparePrompt> prompts, const CompareSetup& setup);
    qint64 selectedRecord() const;
    void select(qint64 recordId);
    /// The record `by` lines below the selected one in the list as filtered, or 0.
    qint64 neighbour(int by) const;
    /// Rows of the model as listed now.
    std::vector<int> listed() const;
    void setRunning(bool running, int done, int all);
    void setRunEnabled(bool enabled);
    void showScores();
    QTableView* table() const { return m_table; }
    QComboBox* filterBox() const { return m_filterBox; }
    QPushButton* runButton() const { return m_run; }
    QPushButton* stopButton() const { return m_stop; }
    EmptyState* empty() const { return m_empty; }
    QString scoreLine(int arm) const { return arm == 0 ? m_scoreTexts[0] : m_scoreTexts[1]; }
    void retranslate();

Q_SIGNALS:
    void recordSelected(qint64 id);
    void runRequested();
    void stopRequested();
    void dataRequested();

private:
    void makeFoot();

    TestPromptModel& m_model;
    TestPromptFilter m_filter;
    QComboBox* m_filterBox;
    QTableView* m_table;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QLabel* m_scoreName;
    std::array<QLabel*, 2> m_scores{};
    std::array<QString, 2> m_scoreTexts;
    ProgressLine* m_progress;
    QLabel* m_progressText;
    QPushButton* m_run;
    QPushButton* m_stop;
};

}  // namespace studio::ui
