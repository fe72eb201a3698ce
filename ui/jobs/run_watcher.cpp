// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/run_watcher.h"

#include <QPointer>

#include "core/jobs/run_follower.h"
#include "ui/jobs/event_mailbox.h"

namespace studio::ui {

namespace {

constexpr int kPollMilliseconds = 300;

// Reading the files is the work; sorting what they say is done on the same thread.
struct Read {
    bool restarted = false;
    std::vector<MailBatch> batches;  // a new one where a figure follows what was said before it
    std::optional<JobOutcome> outcome;
    bool interrupted = false;
};

void addInOrder(std::vector<MailBatch>& batches, const JobEvent& event) {
    const bool figure = std::holds_alternative<MetricsEvent>(event);
    if (batches.empty() || (figure && !(batches.back().logs.isEmpty() && batches.back().samples.isEmpty())))
        batches.emplace_back();
    addEvent(batches.back(), event);
}

}  // namespace

RunWatcher::RunWatcher(QObject* parent) : JobFeed(parent) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kPollMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &RunWatcher::poll);
}

RunWatcher::~RunWatcher() = default;

quint64 RunWatcher::follow(const std::filesystem::path& runFolder) {
    leave();
    m_follower = std::make_shared<RunFollower>(runFolder);
    const quint64 job = ++m_job;
    m_timer.start(0);
    return job;
}

void RunWatcher::leave() {
    m_tasks.cancel();
    m_timer.stop();
    m_follower.reset();
}

void RunWatcher::poll() {
    if (!m_follower) return;
    m_tasks.run<Read>(
        [follower = m_follower](const std::stop_token&) {
            RunFollower::Poll polled = follower->poll();
            Read read;
            read.restarted = polled.restarted;
            for (const JobEvent& event : polled.events) addInOrder(read.batches, event);
            read.outcome = std::move(polled.outcome);
            read.interrupted = polled.interrupted;
            return read;
        },
        [this](const Read& read) {
            const QPointer<RunWatcher> alive(this);
            const quint64 job = m_job;
            const auto stillOurs = [&] { return alive && job == m_job && m_follower; };
            if (read.restarted) Q_EMIT restarted(job);
            for (MailBatch batch : read.batches) {
                if (!stillOurs()) return;  // a slot has turned to another run
                batch.job = job;
                deliverEvents(batch);
            }
            if (!stillOurs()) return;
            if (!read.outcome) return m_timer.start(kPollMilliseconds);
            m_follower.reset();
            m_interrupted = read.interrupted;
            Q_EMIT finished(job, *read.outcome);
        },
        [this](const Error&) { m_timer.start(kPollMilliseconds); });
}

}  // namespace studio::ui
