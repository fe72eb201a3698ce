// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>

#include "ui/jobs/task_runner.h"

namespace studio::ui {

/// Lets a process of its own go on with a run: finetune train --resume, detached, in a session of its own,
/// with what it says in process.log of the run's folder. GUI thread.
class BackgroundRun : public QObject {
    Q_OBJECT

public:
    /// `program`: the path of finetune.
    explicit BackgroundRun(QString program, QObject* parent = nullptr);

    void start(const std::filesystem::path& projectFolder, const QString& runName);
    /// Started, and neither taken() nor failed() yet.
    bool isWaiting() const { return m_waiting; }

Q_SIGNALS:
    /// The process has the run's lock and trains.
    void taken();
    /// It did not come so far; `details` is what it said.
    void failed(const QString& text, const QString& details);

private:
    void look();
    void giveUp(const QString& text);

    QString m_program;
    std::filesystem::path m_folder;
    qint64 m_process = 0;
    bool m_waiting = false;
    QTimer m_timer;
    TaskRunner m_tasks;  // reads the run's folder
};

}  // namespace studio::ui
