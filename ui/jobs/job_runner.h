// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/jobs/job.h"
#include "ui/jobs/job_feed.h"

namespace studio::ui {

/// Makes the engine; tests inject a fake. Called on the worker thread.
using EngineFactory = std::function<std::unique_ptr<Engine>()>;

/// Runs one job after another on a worker thread of its own. GUI thread only. Events wait in a bounded
/// mailbox that a 100 ms timer drains, so that no flood of events can stall the window: metrics arrive in
/// batches (all of them), texts joined, stages and progress as the newest only. Destroying the runner asks
/// the job to stop and waits for its thread to end (the only wait; the window asks beforehand).
class JobRunner : public JobFeed {
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

private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace studio::ui
