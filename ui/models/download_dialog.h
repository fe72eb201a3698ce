// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "ui/jobs/task_runner.h"
#include "ui/models/download_file_model.h"
#include "ui/models/hub_task.h"
#include "ui/models/model_tools.h"
#include "ui/widgets/dialog_frame.h"

class QGridLayout;
class QLineEdit;
class QTableView;

namespace studio::ui {

class Dialogs;
class NoteBar;
class ProgressRow;

/// A model from a hub: which one, what files it has, which of them are to come, and their coming. Nothing is
/// asked of the network before a button is pressed. Does not block the window: opened with show(). Closing it
/// during a download asks first; what has arrived is kept in any case. GUI thread.
class DownloadDialog : public DialogFrame {
    Q_OBJECT

public:
    DownloadDialog(const ModelTools& tools, Dialogs& dialogs, QWidget* parent);
    ~DownloadDialog() override;

    bool isBusy() const { return m_task.isBusy(); }

    QLineEdit* modelLine() const { return m_model; }
    QLineEdit* revisionLine() const { return m_revision; }
    QLineEdit* hubLine() const { return m_hub; }
    QLineEdit* folderLine() const { return m_folder; }
    QPushButton* browseButton() const { return m_browse; }
    QPushButton* listButton() const { return m_list; }
    QPushButton* downloadButton() const { return acceptButton(); }
    QTableView* table() const { return m_table; }
    DownloadFileModel& files() { return *m_files; }
    ProgressRow* progress() const { return m_progress; }
    NoteBar* note() const { return m_note; }
    QString summary() const;
    QString tokenLine() const;
    QString problem() const;

    void reject() override;

Q_SIGNALS:
    /// A model is whole and in its place.
    void downloaded(const std::filesystem::path& folder);

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeFields();
    QLineEdit* addField(QGridLayout* grid, QLabel** label);
    void makeTable();
    void connectParts();
    void connectTask();
    void retranslate();

    void takeAddress();
    void showHub(const std::string& hub);
    std::string usersHub() const;
    void forgetFiles();
    void suggestFolder();
    void chooseFolder();
    std::optional<HubQuery> query();
    void rememberHub(const std::string& hub);
    void list();
    void take(const HubListed& found);
    void download();
    void takeProgress(const DownloadProgress& progress);
    void takeResult(const DownloadResult& result);
    void takeStop(const QString& kept);
    void measureRoom();
    void showSummary();
    void updateState();
    void endWork();
    void showError(const Error& error);
    void askBeforeClosing();

    ModelTools m_tools;
    Dialogs& m_dialogs;
    QLabel* m_labels[4];
    QLineEdit* m_model;
    QLineEdit* m_revision;
    QLineEdit* m_hub;
    QLineEdit* m_folder;
    QPushButton* m_browse;
    QPushButton* m_list;
    QLabel* m_help;
    QLabel* m_token;
    QTableView* m_table;
    DownloadFileModel* m_files;
    QLabel* m_summary;
    NoteBar* m_note;
    ProgressRow* m_progress;
    QLabel* m_problem;
    bool m_ownFolder = false;  ///< it was chosen here and does not follow the model
    bool m_closes = false;     ///< as soon as what goes on has stopped
    QString m_usersHub;        ///< the hub's address as the user set it, last time or in its field
    std::string m_asked;       ///< the model whose files are listed
    std::optional<quint64> m_freeBytes;
    std::optional<HubListed> m_found;
    std::unique_ptr<QObject> m_question;  ///< while the question about closing stands
    HubTask m_task;
    TaskRunner m_room;  ///< finds out what is free
};

}  // namespace studio::ui
