// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/base/error.h"
#include "ui/jobs/task_runner.h"
#include "ui/prompts/row_lengths.h"
#include "ui/widgets/panel.h"

class QLabel;
class QPushButton;
class QSpinBox;
class QTableView;
class QTimer;

namespace studio::ui {

class CutoffTableModel;
class LengthChart;
class NoteBar;
class ProjectSession;

/// Lengths of all training rows, the cutoff that Train uses too, and what another cutoff would do. The rows
/// are read and tokenised on another thread, through a connection of its own; only the newest question is
/// answered.
class LengthPanel : public Panel {
    Q_OBJECT

public:
    explicit LengthPanel(ProjectSession& session, QWidget* parent = nullptr);

    /// Counts where `promptTemplate` (what the page shows, stored or not), rows or tokenizer are others than
    /// before, 250 ms after the last call.
    void recount(const PromptTemplate& promptTemplate);
    /// Stops counting and shows nothing.
    void clear();
    bool isCounted() const { return m_lengths.has_value(); }
    qint64 rowCount() const { return m_lengths ? static_cast<qint64>(m_lengths->size()) : 0; }
    CutoffEffect effect() const;
    QSpinBox* cutoffBox() const { return m_cutoff; }
    QTableView* table() const { return m_table; }
    QPushButton* showCutButton() const { return m_showCut; }
    void retranslate();

Q_SIGNALS:
    /// New lengths or another cutoff.
    void effectChanged();
    void rowChosen(qint64 id);

private:
    void count();
    void fitTable();
    void showLengths();
    void takeCutoff(qint64 tokens);
    void chooseCutRow();

    ProjectSession& m_session;
    PromptTemplate m_template;
    bool m_stale = true;  ///< rows or tokenizer have changed since the last count began
    std::optional<std::vector<RowLength>> m_lengths;
    LengthChart* m_chart;
    NoteBar* m_note;
    QLabel* m_cutoffName;
    QSpinBox* m_cutoff;
    QLabel* m_atMost;
    QPushButton* m_showCut;
    CutoffTableModel* m_model;
    QTableView* m_table;
    QTimer* m_delay;
    TaskRunner m_runner;
};

}  // namespace studio::ui
