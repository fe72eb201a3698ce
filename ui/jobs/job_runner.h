// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QVector>
#include <functional>
#include <memory>
#include <optional>

#include "core/jobs/job.h"

namespace studio::ui {

/// Makes the engine; tests inject a fake. Called on the worker thread.
using EngineFactory = std::function<std::unique_ptr<Engine>()>;

/// Runs one job after another on a worker thread of its own. GUI thread only. Events wait in a bounded
/// mailbox that a 100 ms timer drains, so that no flood of events can stall the window: metrics arrive in
/// batches (all of them), texts joined, stages and progress as the newest only. Destroying the runner asks
/// the job to stop and waits for its thread to end (the only wait; the window asks beforehand).
class JobRunner : public QObject {
    Q_OBJECT

public:
    explicit JobRunner(EngineFactory factory, QObject* parent = nullptr);
    ~JobRunner() override;

    /// Queues a job; its number is in every signal about it.
    quint64 start(Job job);
    /// Asks the running job to stop (a training keeps what is learned) and drops queued ones.
    void stop();
    bool isBusy() const;
    /// Frees the models that the engine keeps loaded, once it is idle.
    void releaseModels();

Q_SIGNALS:
    void started(quint64 job);
    void stageChanged(quint64 job, const studio::StageEvent& stage);
    void trainingStarted(quint64 job, const studio::TrainingStarted& facts);
    void metricsArrived(quint64 job, const QVector<studio::MetricsEvent>& metrics);
    void logArrived(quint64 job, const studio::LogEvent& log);
    void sampleArrived(quint64 job, const studio::RunSample& sample);
    void textArrived(quint64 job, const studio::TextEvent& text);
    /// After the texts of the same drain.
    void answerArrived(quint64 job, const studio::AnswerEvent& answer);
    void finished(quint64 job, const studio::JobOutcome& outcome);

private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace studio::ui
