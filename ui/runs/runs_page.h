// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <filesystem>
#include <vector>

#include "core/storage/run_trash.h"
#include "ui/jobs/task_runner.h"
#include "ui/runs/run_table_model.h"
#include "ui/session/project_session.h"
#include "ui/widgets/page.h"

class QCheckBox;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace studio::ui {

class DetailsView;
class Dialogs;
class EmptyState;
class NoteBar;
class OverlayChart;
class Panel;
class SearchField;
class SegmentedControl;
class SettingsView;
class Splitter;

/// "Runs": what changed between runs, and did it matter? The list, the curves of the ticked runs over each
/// other, their differences, notes and lineage. Folders are read on another thread; while a run is at work,
/// every second. What leaves the page (resume, repeat, compare, open a folder) is asked for by signals.
class RunsPage : public Page {
    Q_OBJECT

public:
    RunsPage(ProjectSession& session, Dialogs& dialogs, QWidget* parent = nullptr);

    void activated() override;
    QString sidebarNote() const override;
    QWidget* sidePane() const override;

    /// Reads the folders again; what has not changed is not read.
    void reload();
    bool isReading() const { return m_tasks.isBusy(); }
    /// Deletes the selected runs: they move to the trash of the project, and undoDelete() brings them back.
    void deleteSelected();
    bool canUndoDelete() const { return !m_deleted.empty(); }
    void undoDelete();
    /// Brings back a deleted run; where its name is taken, under another one that is asked for.
    void restore(const TrashedRun& run);
    void emptyTrash();
    /// The models that "Compare answers" would ask, in the order of the arms: one is compared with the base
    /// model.
    std::vector<std::filesystem::path> comparedModels() const;
    /// What answers for a run: of a LoRA run its adapter, where its base is there to stand beside.
    static std::filesystem::path answererOf(const RunSummary& run);
    /// Stores what was typed.
    void flush();
    void select(const QString& run);
    std::shared_ptr<const RunEntry> current() const;

    RunTableModel& model() { return m_model; }
    RunSortModel& sorted() { return m_sorted; }
    QTableView* table() const { return m_table; }
    SearchField* filter() const { return m_filter; }
    OverlayChart* chart() const { return m_chart; }
    SettingsView* settings() const { return m_settings; }
    DetailsView* details() const { return m_details; }
    SegmentedControl* paneControl() const { return m_paneControl; }
    QCheckBox* differencesBox() const { return m_differences; }
    QPushButton* resumeButton() const { return m_resume; }
    QPushButton* openButton() const { return m_open; }
    QPushButton* repeatButton() const { return m_repeat; }
    QPushButton* compareButton() const { return m_compare; }
    QPushButton* trashButton() const { return m_trashButton; }
    QMenu* trashMenu() const { return m_trashMenu; }
    EmptyState* empty() const { return m_empty; }
    NoteBar* note() const { return m_note; }

Q_SIGNALS:
    /// `changes` as TrainJob::changes has them.
    void resumeRequested(const studio::RunSummary& run, const std::vector<std::string>& changes);
    void repeatRequested(const studio::RunSummary& run);
    void compareRequested(const std::vector<std::filesystem::path>& models);
    void folderRequested(const QString& folder);
    /// Runs went to the trash; undoDelete() takes it back. `text` says which.
    void runsDeleted(const QString& text);
    /// canUndoDelete() is another.
    void undoStateChanged();

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// What a reading of the project's folder found.
    struct Reading {
        RunEntries runs;
        std::vector<TrashedRun> trash;
    };

    void makeHead();
    QWidget* makeBody();
    QWidget* makeTable();
    QWidget* makeRight();
    void connectParts();
    void addKeys();
    void adoptProject();
    void take(const Reading& reading);
    void tickFirst();
    void showTicked();
    void showCurrent();
    void showHead();
    void showDifferences();
    void showNextStep();
    void showError(const Error& error);
    void poll();

    // runs_page_view.cpp
    void setDefaultColumns();
    void fitColumns();
    int headWidth(int column) const;
    int columnWidth(int column, int designed) const;
    void hideColumns(int room);
    int nameWidth() const;
    void showColumns();
    void saveView();
    void restoreView();
    void showPane(int pane);

    // runs_page_actions.cpp
    RunEntries selected() const;
    void toggleTicks();
    void resumeCurrent();
    void takeResumeAnswer(const std::string& run, int answer);
    void repeatCurrent();
    void compare();
    void openFolder();
    void storeNotes(const QString& run, const RunNotes& notes);
    void trashChanged();
    void fillTrashMenu();
    void openRunMenu(const QPoint& where);
    void restoreAs(const TrashedRun& run, const std::string& name);
    void savePng();
    void saveCsv();

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    RunTableModel m_model;
    RunSortModel m_sorted;
    std::vector<TrashedRun> m_trash;    ///< what lies in the trash
    std::vector<TrashedRun> m_deleted;  ///< by the last deletion; undone together
    QStringList m_restoredTicks;        ///< of the view that the project kept
    QString m_wanted;                   ///< the run to select once it is read
    bool m_firstReading = true;

    NoteBar* m_note;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton* m_resume;
    QPushButton* m_open;
    QPushButton* m_repeat;
    QPushButton* m_compare;
    Panel* m_tablePanel;
    SearchField* m_filter;
    QTableView* m_table;
    QPushButton* m_deleteButton;
    QPushButton* m_trashButton;
    QMenu* m_trashMenu;
    OverlayChart* m_chart;
    Panel* m_right;
    SegmentedControl* m_paneControl;
    QCheckBox* m_differences;
    QStackedWidget* m_panes;
    SettingsView* m_settings;
    DetailsView* m_details;
    Splitter* m_rows;
    Splitter* m_sides;
    QTimer* m_poll;
    QTimer* m_viewTimer;
    TaskRunner m_tasks;       ///< reads
    TaskRunner m_trashTasks;  ///< removes
};

}  // namespace studio::ui
