// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

#include "core/jobs/job.h"

namespace studio::ui {

/// What one job told since the last drain. Metrics, logs, samples and answers are complete and in order,
/// texts are joined for each arm and item, of the stages only the newest is kept.
struct MailBatch {
    quint64 job = 0;
    bool started = false;
    std::optional<StageEvent> stage;
    std::optional<TrainingStarted> training;
    QVector<MetricsEvent> metrics;
    QVector<LogEvent> logs;
    QVector<RunSample> samples;
    QVector<TextEvent> texts;
    QVector<AnswerEvent> answers;
    std::optional<JobOutcome> outcome;
};

/// Puts an event into the batch as a mailbox does. Returns how many entries it added to those that count
/// against the bound.
std::size_t addEvent(MailBatch& batch, const JobEvent& event);

/// The border between the job's thread and the window: the one writes, the other takes everything at once.
/// Bounded: where nothing was taken for so long that `capacity` events wait, the writer waits too, so that no
/// flood can fill the memory and none is lost. Thread-safe.
class EventMailbox {
public:
    explicit EventMailbox(std::size_t capacity = 50'000) : m_capacity(capacity) {}

    void begin(quint64 job);
    void post(quint64 job, const JobEvent& event);
    void finish(quint64 job, JobOutcome outcome);
    /// Everything that has come, oldest job first; leaves the mailbox empty.
    std::deque<MailBatch> take();
    /// Lets waiting writers go; what is posted from now on is dropped.
    void close();

private:
    MailBatch& batchOf(quint64 job);  // m_mutex held

    const std::size_t m_capacity;
    std::mutex m_mutex;
    std::condition_variable m_taken;
    std::deque<MailBatch> m_batches;  // guarded by m_mutex
    std::size_t m_waiting = 0;        // guarded by m_mutex; metrics and logs in m_batches
    bool m_closed = false;            // guarded by m_mutex
};

}  // namespace studio::ui
