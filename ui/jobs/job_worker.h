// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/jobs/job.h"
#include "ui/jobs/event_mailbox.h"
#include "ui/jobs/job_runner.h"

namespace studio::ui {

/// The thread on which jobs run, one after another. Makes the engine when the first job needs it and keeps
/// it. Everything it has to say goes into the mailbox, which must outlive it. Its functions are called from
/// the GUI thread; none of them waits but the destructor.
class JobWorker {
public:
    JobWorker(EngineFactory factory, EventMailbox& mailbox);
    /// Asks the running job to stop and waits for the thread.
    ~JobWorker();
    JobWorker(const JobWorker&) = delete;
    JobWorker& operator=(const JobWorker&) = delete;

    void enqueue(quint64 id, Job job);
    /// Stops the running job and reports the queued ones as cancelled.
    void stop();
    void releaseModels();

private:
    struct Entry {
        quint64 id;
        Job job;
    };

    void loop(const std::stop_token& stop);
    JobOutcome runOne(const Entry& entry, const std::stop_token& stop);

    EngineFactory m_factory;
    EventMailbox& m_mailbox;
    std::unique_ptr<Engine> m_engine;  // used on the thread only
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Entry> m_queue;        // guarded by m_mutex
    std::stop_source m_current;       // guarded by m_mutex; of the running job
    bool m_releaseRequested = false;  // guarded by m_mutex
    std::jthread m_thread;            // last member: it uses all the others
};

}  // namespace studio::ui
