// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "ui/jobs/task_runner.h"
#include "ui/session/project_session.h"
#include "ui/train/train_request.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class Dialogs;
class Panel;
class PreflightPanel;
class SettingsForm;

/// Train before the start: settings at the left, what they mean at the right, the same as a command, and
/// Start. The pre-flight is computed on another thread after every change; Start is enabled for exactly what
/// was computed.
class SetupView : public QWidget {
    Q_OBJECT

public:
    SetupView(ProjectSession& session, Dialogs& dialogs, QWidget* parent = nullptr);

    SettingsForm& form() { return *m_form; }
    PreflightPanel& preflight() { return *m_preflight; }
    QPushButton* startButton() { return m_start; }
    QPushButton* saveRecipeButton() { return m_saveRecipe; }
    QString command() const;
    /// Between the checks and the command: it takes its room from the checks.
    void placeQueue(QWidget* queue);
    /// A run goes on: what would start waits in the queue.
    void setBusy(bool busy);
    void refresh();
    /// A few steps of the plan are being measured; afterwards it is computed anew. `problem`: why they could
    /// not be.
    void measuringStarted();
    void measuringEnded(const QString& problem);

Q_SIGNALS:
    void startRequested(const studio::ui::TrainPlan& plan);
    void queueRequested(const studio::ui::TrainPlan& plan);
    void rowsRequested(const QVector<qint64>& ids, const QString& what);
    void dataRequested();
    void promptsRequested();
    void measureRequested(const studio::TrainJob& training);
    void measureStopRequested();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeRight();
    void retranslate();
    void settingsEdited();
    void compute();
    std::optional<TrainRequest> makeRequest();
    void planned(const TrainPlan& plan);
    void failed(const Error& error);
    void updateStart();
    void fitCommand();
    void start();

    ProjectSession& m_session;
    Dialogs& m_dialogs;
    SettingsForm* m_form;
    QVBoxLayout* m_right;
    PreflightPanel* m_preflight;
    Panel* m_commandPanel;
    QPlainTextEdit* m_command;
    QPushButton* m_copy;
    QPushButton* m_saveRecipe;
    QLabel* m_hint;
    QPushButton* m_start;
    std::optional<TrainPlan>
        m_plan;  // what Start would start; empty while something is wrong or being computed
    bool m_busy = false;
    TaskRunner m_tasks;
};

}  // namespace studio::ui
