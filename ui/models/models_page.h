// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <filesystem>
#include <vector>

#include "core/jobs/known_models.h"
#include "ui/jobs/task_runner.h"
#include "ui/models/model_table_model.h"
#include "ui/models/model_tools.h"
#include "ui/session/project_session.h"
#include "ui/widgets/page.h"

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTimer;

namespace studio::ui {

class Badge;
class Dialogs;
class DownloadDialog;
class EmptyState;
class ForecastView;
class ModelDetails;
class ModelExportDialog;
class NoteBar;
class Panel;
class SearchField;
class Splitter;

/// "Models": what this computer can answer with, adapt or train. Folders are read and forecasts computed on
/// other threads. No file of a model is ever changed here: what is renamed or removed is the list's own
/// entry. GUI thread.
class ModelsPage : public Page {
    Q_OBJECT

public:
    /// `known`: the models that the user has opened and named.
    ModelsPage(ProjectSession& session, Dialogs& dialogs, KnownModels known, ModelTools tools = {},
               QWidget* parent = nullptr);

    void activated() override;
    QString sidebarNote() const override;
    QWidget* sidePane() const override;

    /// Reads the folders again; what has not changed is not read.
    void reload();
    bool isReading() const { return m_tasks.isBusy() || m_forecasts.isBusy() || m_opening.isBusy(); }
    void stopReading();
    /// Adds the model of a folder, or of a run folder, to the list and selects it; or the adapter, for which
    /// the base is asked where it is not found.
    void openModel(const std::filesystem::path& folder);
    /// Opens the dialog, or brings the one to the front that is open. Asks no network by itself.
    void openDownload();
    void exportCurrent();
    /// Whether something is downloaded or exported.
    bool isWorking() const;
    /// Each dialog that works asks, as when it is closed.
    void askToStopWork();
    void removeCurrent();
    bool canUndoRemove() const { return m_removed.has_value(); }
    void undoRemove();
    void select(const std::filesystem::path& folder);
    std::shared_ptr<const ModelEntry> current() const;

    ModelTableModel& model() { return m_model; }
    ModelSortModel& sorted() { return m_sorted; }
    QTableView* table() const { return m_table; }
    SearchField* filter() const { return m_filter; }
    QComboBox* kindBox() const { return m_kind; }
    QCheckBox* fittingBox() const { return m_fitting; }
    ModelDetails* details() const { return m_details; }
    ForecastView* forecast() const;
    QPushButton* openButton() const { return m_open; }
    QPushButton* downloadButton() const { return m_download; }
    // Null while none is open.
    DownloadDialog* downloadDialog() const;
    ModelExportDialog* exportDialog() const;
    QPushButton* trainButton() const { return m_train; }
    QPushButton* compareButton() const { return m_compare; }
    QMenu* compareMenu() const { return m_compareMenu; }
    QPushButton* moreButton() const { return m_more; }
    QMenu* moreMenu() const { return m_moreMenu; }
    EmptyState* empty() const { return m_empty; }
    NoteBar* note() const { return m_note; }

Q_SIGNALS:
    /// In the order of the arms.
    void compareRequested(const std::vector<std::filesystem::path>& models);
    void folderRequested(const QString& folder);
    /// A model left the list; undoRemove() takes it back. `text` says which.
    void modelRemoved(const QString& text);
    /// canUndoRemove() is another.
    void undoStateChanged();

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Reading {
        ModelEntries models;
        std::vector<MemoryDevice> devices;
    };
    struct Removed {
        std::filesystem::path folder;
        std::string givenName;
        std::filesystem::path base{};  ///< of an adapter
        bool ofUser = false, ofProject = false;
    };

    /// In the place of an origin among the kinds.
    static constexpr int kAdapterKind = -1;

    // models_page_parts.cpp
    void makeHead();
    QWidget* makeBody();
    QWidget* makeFilters();
    QWidget* makeTable();
    QWidget* makeDetails();
    void connectParts();
    void addKeys();
    void makeTableLook();

    void adoptProject();
    void take(const Reading& reading);
    void readingFailed(const Error& error);
    void showProgress(const Progress& progress);
    void computeForecasts();
    void takeForecasts(const ModelTableModel::Forecasts& forecasts, const MemoryDevice& device);
    void showCurrent();
    void showHead();
    void showNextStep();
    void showAdvice();
    void showError(const Error& error);

    // models_page_actions.cpp
    void chooseFolder();
    void addOpened(const std::filesystem::path& folder, const std::filesystem::path& base);
    void renameCurrent();
    void takeName(const std::filesystem::path& folder, const QString& name);
    void makeBase();
    void trainCurrent();
    void fillCompareMenu();
    QString compareName(const ModelEntry& model) const;
    void compareWith(const std::filesystem::path& other);
    void fillMoreMenu(QMenu& menu);
    void openTableMenu(const QPoint& where);
    void showFolder();
    QString whyNotRemovable(const ModelEntry& model) const;
    void letProjectKnow(const ModelEntry& model);
    void tellNames();

    // models_page_view.cpp
    void fitColumns();
    void fitLegend();
    void saveView();
    void restoreView();
    ForecastLoad usualLoad() const;

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    KnownModels m_known;
    ModelTools m_tools;
    QPointer<DownloadDialog> m_downloadDialog;
    QPointer<ModelExportDialog> m_exportDialog;
    ModelTableModel m_model;
    ModelSortModel m_sorted;
    std::vector<MemoryDevice> m_devices;
    std::optional<Removed> m_removed;
    std::filesystem::path m_wanted;  ///< to be selected once it is read
    bool m_firstReading = true;
    bool m_ownLength = false;  ///< the length was chosen here and does not follow the cutoff

    NoteBar* m_note;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton* m_download;
    QPushButton* m_open;
    SearchField* m_filter;
    QComboBox* m_kind;
    QCheckBox* m_fitting;
    QWidget* m_legend;
    Badge* m_fits;
    Badge* m_tight;
    Badge* m_tooLarge;
    Panel* m_tablePanel;
    QTableView* m_table;
    QWidget* m_progressRow;
    QLabel* m_progress;
    QPushButton* m_stop;
    NoteBar* m_advice;
    Panel* m_right;
    Badge* m_baseBadge;
    ModelDetails* m_details;
    QPushButton* m_train;
    QPushButton* m_compare;
    QMenu* m_compareMenu;
    QPushButton* m_more;
    QMenu* m_moreMenu;
    Splitter* m_sides;
    QTimer* m_poll;
    QTimer* m_viewTimer;
    QTimer* m_progressTimer;
    TaskRunner m_tasks;      ///< reads folders
    TaskRunner m_forecasts;  ///< computes
    TaskRunner m_opening;    ///< reads an adapter that is opened
};

}  // namespace studio::ui
