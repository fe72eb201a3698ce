// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/record.h"
#include "core/data/split.h"
#include "core/storage/project.h"
#include "ui/data/export_dialog.h"
#include "ui/data/record_transfer.h"
#include "ui/data/row_tokens.h"
#include "ui/widgets/page.h"

class QPushButton;
class QStackedWidget;
class QTableView;
class QTimer;

namespace studio::ui {

class Dialogs;
class EmptyState;
class FacetPanel;
class ImportPane;
class NoteBar;
class ProjectSession;
class RecordEditor;
class RecordFilterBar;
class RecordTableModel;
class Splitter;

/// The Data page: make rows good fast. Table, filters and detail editor over the session's records; import,
/// export and split run off the GUI thread. GUI thread; session and dialogs must outlive it.
class DataPage : public Page {
    Q_OBJECT

public:
    DataPage(ProjectSession& session, Dialogs& dialogs, QWidget* parent = nullptr);
    ~DataPage() override;

    void activated() override;
    QString sidebarNote() const override;
    QWidget* sidePane() const override;

    /// Stores what was typed; to be called before the project is closed. False where storing failed: the text
    /// is still in its box and the page says why.
    bool flush();
    /// Filters the table to some rows; `what` says in a few words which ones. They stay until the filters
    /// change or are cleared, and are not kept with the project.
    void showRows(const QVector<qint64>& ids, const QString& what);
    /// Reads files (or folders) and shows what they would bring; nothing is stored until that is accepted.
    void importFiles(const QStringList& files);

    QTableView* table() const { return m_table; }
    RecordTableModel* model() const { return m_model; }
    RecordEditor* editor() const { return m_editor; }
    RecordFilterBar* filters() const { return m_filters; }
    FacetPanel* facets() const { return m_facets; }
    ImportPane* importPane() const { return m_importPane; }
    NoteBar* note() const { return m_note; }
    bool isImporting() const;

public Q_SLOTS:
    void chooseImport();
    void chooseExport();
    void chooseSplit();
    void addRow();
    void duplicateRows();
    void deleteRows();
    void setStatusOfRows(studio::RecordStatus status);
    void toggleTest();
    void undo();
    void redo();

protected:
    void retranslate() override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    // data_page.cpp: the parts and how they hang together
    void makeHead();
    QWidget* makeContent();
    void makeTable(QWidget* parent);
    void connectParts();
    void projectChanged();
    void applyFilters();
    void tableReset();
    void currentChanged(const QModelIndex& current);
    void selectId(qint64 id);
    void stepRow(int by);
    void updateFacts();
    void updateStack();
    void updateUndo();
    void showNextStep();
    void fail(const Error& error);
    QString factLine() const;

    // data_page_edits.cpp: what changes rows
    std::vector<std::int64_t> selectedIds() const;
    bool changeRows(const QString& kind, const std::function<void(Record&)>& change);
    bool handleKey(QKeyEvent* event);
    bool handleLetter(int key);
    void editCurrent();
    void showRowMenu(const QPoint& where);
    QString changeInWords(const std::optional<ChangeInfo>& change) const;

    // data_page_transfer.cpp: files in and out
    void connectTransfer();
    void storeImport();
    void endImport();
    void exportRows(ExportDialog::Scope scope, bool array);
    void selectNewest(int rows);
    void rowsChangedElsewhere();
    void setDropTarget(bool on);

    // data_page_view.cpp: columns, sorting, what is kept per project
    void headerClicked(int column);
    void showColumnMenu(const QPoint& where);
    void showSortIndicator();
    void saveView();
    void restoreView();
    void setDefaultColumns();
    void fitColumns();

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    RowTokenCounter m_counter;
    RecordTableModel* m_model;
    RecordTransfer m_transfer;
    RecordCounts m_counts;

    QPushButton* m_undo;
    QPushButton* m_redo;
    QPushButton* m_split;
    QPushButton* m_export;
    QPushButton* m_add;
    QPushButton* m_import;
    RecordFilterBar* m_filters;
    NoteBar* m_note;
    QStackedWidget* m_stack;
    QWidget* m_content;
    EmptyState* m_empty;
    ImportPane* m_importPane;
    QStackedWidget* m_tableStack;
    EmptyState* m_noMatch;
    QTableView* m_table;
    RecordEditor* m_editor;
    FacetPanel* m_facets;
    Splitter* m_rows;
    Splitter* m_sides;
    QTimer* m_factsTimer;
    QTimer* m_viewTimer;
    int m_lastRow = 0;  // where the selection goes when its row is no longer there
    bool m_importing = false;
    bool m_factsKnown = false;
    bool m_restoring = false;
    bool m_ownWidths = false;  // the user has dragged columns: their widths are no longer ours
};

}  // namespace studio::ui
