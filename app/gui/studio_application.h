// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/gui/language_switcher.h"
#include "app/gui/recent_projects.h"
#include "app/gui/start_options.h"
#include "ui/jobs/job_runner.h"
#include "ui/session/project_session.h"
#include "ui/theme/theme.h"

class QApplication;
class QSettings;

namespace studio::ui {

class BackgroundRun;
class ComparePage;
class DataPage;
class Dialogs;
class MainWindow;
class ModelsPage;
class Notifier;
class PromptsPage;
class RunsPage;
class TrainPage;

/// What the composition root is given; all outlive it.
struct StudioServices {
    QApplication& application;
    QSettings& settings;
    Dialogs& dialogs;
    EngineFactory engine;  ///< called on a job's thread, never at the start
    std::filesystem::path sampleFolder;
    Notifier* notifier = nullptr;            ///< null: nobody is told
    QString finetune = {};                   ///< the command-line program; empty: beside this one
    std::filesystem::path knownModels = {};  ///< file of the opened models; empty: the user's own
};

/// The composition root of the window: makes theme, session, job runner, pages and main window, hands them to
/// each other by reference, and answers the menu. GUI thread. The project's errors end here: a project that
/// cannot be opened is said in the window.
class StudioApplication : public QObject {
    Q_OBJECT

public:
    StudioApplication(StudioServices services, const StartOptions& options, QObject* parent = nullptr);
    ~StudioApplication() override;

    /// Opens the project that the options ask for, or the last one, or the sample, and shows the window.
    void start();

    /// False where it cannot be opened (the window says why) or what was typed cannot be stored; then the
    /// project that was open stays open.
    bool openProject(const QString& folder);
    bool createProject(const QString& folder);
    bool openSample();
    void setLanguage(const QString& language);

    MainWindow& window() { return *m_window; }
    ProjectSession& session() { return m_session; }
    Theme& theme() { return m_theme; }
    DataPage& data() { return *m_data; }
    PromptsPage& prompts() { return *m_prompts; }
    ModelsPage& models() { return *m_models; }
    TrainPage& train() { return *m_train; }
    RunsPage& runs() { return *m_runs; }
    ComparePage& compare() { return *m_compare; }

private:
    void connectProjectMenu();
    void connectWorkMenu();
    void connectSession();
    void connectTraining();
    void connectRuns();
    void connectModels();
    void undo();
    void openFolder(const QString& folder);
    void chooseNewProject();
    void chooseProject();
    bool openWith(const QString& folder, const std::function<void()>& open);
    void showOpenError(const QString& folder, const Error& error);
    void projectChanged();
    void startTraining();
    void stopTraining();
    void notifyOfEnd(const QString& name, const QString& sentence, bool failed);
    void showProgress(const QString& name, double share, const QString& left);
    void updateUndo();
    void updateRunState();
    void updateTexts();
    bool mayClose();
    void askBeforeClosing();
    void takeCloseAnswer(int answer);
    void closeWhenStopped(const QString& message);
    void backgroundFailed(const QString& text, const QString& details);

    StudioServices m_services;
    StartOptions m_options;
    Theme m_theme;
    LanguageSwitcher m_language;
    RecentProjects m_recent;
    ProjectSession m_session;
    JobRunner m_runner;
    std::unique_ptr<MainWindow> m_window;  // before all else when this ends: its pages hold the others
    DataPage* m_data;
    PromptsPage* m_prompts;
    ModelsPage* m_models;
    TrainPage* m_train;
    RunsPage* m_runs;
    ComparePage* m_compare;
    QString m_savedAt;                       // time of day, empty before the first change
    std::optional<TrainingStarted> m_facts;  // of the newest training: what device it found
    std::unique_ptr<QObject> m_question;     // while the question about closing waits for its answer
    bool m_closeWhenStopped = false;
    BackgroundRun* m_background;
    QString m_deletedText;  // the message whose button brings deleted runs back
    QString m_removedText;  // and the one for a model that left the list
};

}  // namespace studio::ui
