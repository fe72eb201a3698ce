// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include "core/jobs/job.h"
#include "ui/jobs/task_runner.h"

namespace studio::ui {

class JobRunner;

/// Measures a few real steps of a training that is being set up, on the runner that all pages share, and
/// keeps what came out for this pre-flight and later ones (ProbeCache). GUI thread.
class SpeedProbe : public QObject {
    Q_OBJECT

public:
    SpeedProbe(JobRunner& runner, QObject* parent);

    bool isActive() const { return m_active; }
    /// Nothing where one is under way.
    void start(const TrainJob& training);
    /// Whoever wants the runner now goes first; nothing is kept.
    void cancel();

Q_SIGNALS:
    /// `problem` is empty where it was measured, or cancelled.
    void ended(const QString& problem);

private:
    void begin(const TrainJob& training, const std::string& key);
    void finish(const JobOutcome& outcome);
    void end(const QString& problem);

    JobRunner& m_runner;
    bool m_active = false;
    quint64 m_job = 0;  // 0: its key is computed, or what came out is kept
    std::string m_key;
    TaskRunner m_tasks;  // reads the model's folder and the cache
};

}  // namespace studio::ui
