// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/event_mailbox.h"

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

// Sorts one event into its batch; returns how many entries it added to those that count against the bound.
struct Sorter {
    MailBatch& batch;

    std::size_t operator()(const StageEvent& stage) const {
        batch.stage = stage;
        return 0;
    }
    std::size_t operator()(const TrainingStarted& training) const {
        batch.training = training;
        return 0;
    }
    std::size_t operator()(const MetricsEvent& metrics) const {
        batch.metrics.push_back(metrics);
        return 1;
    }
    std::size_t operator()(const LogEvent& log) const {
        batch.logs.push_back(log);
        return 1;
    }
    std::size_t operator()(const SampleEvent& sample) const {
        batch.samples.push_back(sample.sample);
        return 1;
    }
    std::size_t operator()(const EvaluatedRowsEvent&) const { return 0; }  // eval_rows.json has them
    std::size_t operator()(const BenchEvent&) const { return 0; }          // the window measures nothing
    std::size_t operator()(const AnswerEvent& answer) const {
        batch.answers.push_back(answer);
        return 1;
    }
    std::size_t operator()(const TextEvent& text) const {
        const auto same = std::find_if(batch.texts.begin(), batch.texts.end(), [&](const TextEvent& other) {
            return other.arm == text.arm && other.item == text.item;
        });
        if (same == batch.texts.end()) {
            batch.texts.push_back(text);
        } else {
            same->text += text.text;
            same->tokens = text.tokens;
            same->tokensPerSecond = text.tokensPerSecond;
        }
        return 0;
    }
};

}  // namespace

std::size_t addEvent(MailBatch& batch, const JobEvent& event) {
    return std::visit(Sorter{batch}, event);
}

MailBatch& EventMailbox::batchOf(quint64 job) {
    if (m_batches.empty() || m_batches.back().job != job) {
        m_batches.emplace_back();
        m_batches.back().job = job;
    }
    return m_batches.back();
}

void EventMailbox::begin(quint64 job) {
    const std::lock_guard lock(m_mutex);
    if (!m_closed) batchOf(job).started = true;
}

void EventMailbox::post(quint64 job, const JobEvent& event) {
    std::unique_lock lock(m_mutex);
    m_taken.wait(lock, [this] { return m_waiting < m_capacity || m_closed; });
    if (m_closed) return;
    m_waiting += addEvent(batchOf(job), event);
}

void EventMailbox::finish(quint64 job, JobOutcome outcome) {
    const std::lock_guard lock(m_mutex);
    if (!m_closed) batchOf(job).outcome = std::move(outcome);
}

std::deque<MailBatch> EventMailbox::take() {
    std::deque<MailBatch> taken;
    {
        const std::lock_guard lock(m_mutex);
        taken.swap(m_batches);
        m_waiting = 0;
    }
    m_taken.notify_all();
    return taken;
}

void EventMailbox::close() {
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_batches.clear();
    }
    m_taken.notify_all();
}

}  // namespace studio::ui
