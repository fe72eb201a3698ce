// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_worker.h"

#include <exception>
#include <utility>

namespace studio::ui {

namespace {

class MailboxObserver : public JobObserver {
public:
    MailboxObserver(EventMailbox& mailbox, quint64 job) : m_mailbox(mailbox), m_job(job) {}
    void onEvent(const JobEvent& event) override { m_mailbox.post(m_job, event); }

private:
    EventMailbox& m_mailbox;
    quint64 m_job;
};

JobOutcome failure(ErrorCode code, std::string cause, std::string nextStep,
                   std::vector<std::string> args = {}) {
    JobOutcome outcome;
    outcome.kind = JobOutcome::Kind::Failed;
    outcome.code = code;
    outcome.cause = std::move(cause);
    outcome.nextStep = std::move(nextStep);
    outcome.args = std::move(args);
    return outcome;
}

JobOutcome cancelled() {
    JobOutcome outcome;
    outcome.kind = JobOutcome::Kind::Cancelled;
    return outcome;
}

}  // namespace

JobWorker::JobWorker(EngineFactory factory, EventMailbox& mailbox)
    : m_factory(std::move(factory)),
      m_mailbox(mailbox),
      m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

JobWorker::~JobWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_queue.clear();
        m_current.request_stop();
    }
    m_mailbox.close();  // a job that waits for room in the mailbox could not see the request
    m_thread.request_stop();
}

void JobWorker::enqueue(quint64 id, Job job) {
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back({id, std::move(job)});
    }
    m_wake.notify_all();
}

void JobWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_current.request_stop();
    for (const Entry& entry : m_queue) m_mailbox.finish(entry.id, cancelled());
    m_queue.clear();
}

void JobWorker::releaseModels() {
    {
        const std::lock_guard lock(m_mutex);
        m_releaseRequested = true;
    }
    m_wake.notify_all();
}

void JobWorker::loop(const std::stop_token& stop) {
    for (;;) {
        std::optional<Entry> entry;
        std::stop_token jobStop;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_queue.empty() || m_releaseRequested; });
            if (stop.stop_requested()) return;
            if (!m_queue.empty()) {
                entry = std::move(m_queue.front());
                m_queue.pop_front();
                m_current = std::stop_source();
                jobStop = m_current.get_token();
            } else {
                m_releaseRequested = false;
            }
        }
        if (entry) {
            m_mailbox.begin(entry->id);
            m_mailbox.finish(entry->id, runOne(*entry, jobStop));
        } else if (m_engine) {
            m_engine->releaseModels();
        }
    }
}

// The one catch-all of the program: whatever a job throws becomes an outcome that the window can show.
JobOutcome JobWorker::runOne(const Entry& entry, const std::stop_token& stop) {
    try {
        if (!m_engine) m_engine = m_factory();
        MailboxObserver observer(m_mailbox, entry.id);
        return m_engine->run(entry.job, observer, stop);
    } catch (const Cancelled&) {
        return cancelled();
    } catch (const Error& error) {
        return failure(error.code(), error.cause(), error.nextStep(), error.args());
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::OutOfMemory, "The job needs more memory than is free.",
                       "Use fewer rows per step or a smaller cutoff, or close other programs.");
    } catch (const std::exception& error) {
        return failure(ErrorCode::Internal,
                       std::string("The job ended with an unexpected error: ") + error.what() + ".",
                       "Copy the details and report them.");
    } catch (...) {
        return failure(ErrorCode::Internal, "The job ended with an error of an unknown kind.",
                       "Copy the details and report them.");
    }
}

}  // namespace studio::ui
