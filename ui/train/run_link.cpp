// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_link.h"

#include <limits>
#include <utility>

#include "core/storage/run_control.h"
#include "ui/jobs/job_runner.h"
#include "ui/jobs/run_watcher.h"

namespace studio::ui {

RunLink::RunLink(JobRunner& runner, QObject* parent)
    : QObject(parent), m_runner(runner), m_watcher(new RunWatcher(this)) {
    listen(m_runner, true);
    listen(*m_watcher, false);
    connect(m_watcher, &RunWatcher::restarted, this, [this](quint64 job) {
        if (isFollowed() && job == m_job) Q_EMIT restarted();
    });
}

RunLink::~RunLink() = default;

void RunLink::listen(JobFeed& feed, bool own) {
    const auto ours = [this, own](quint64 job) { return job != 0 && job == m_job && own == m_own; };
    connect(&feed, &JobFeed::stageChanged, this, [this, ours](quint64 job, const StageEvent& stage) {
        if (ours(job)) Q_EMIT stageChanged(stage);
    });
    connect(&feed, &JobFeed::trainingStarted, this, [this, ours](quint64 job, const TrainingStarted& facts) {
        if (!ours(job)) return;
        m_training = true;
        if (m_handOverWaits) handOverNow();
        Q_EMIT trainingStarted(facts);
    });
    connect(&feed, &JobFeed::metricsArrived, this,
            [this, ours](quint64 job, const QVector<MetricsEvent>& metrics) {
                if (ours(job)) tellMetrics(metrics);
            });
    connect(&feed, &JobFeed::logArrived, this, [this, ours](quint64 job, const LogEvent& log) {
        if (ours(job)) Q_EMIT logArrived(log);
    });
    connect(&feed, &JobFeed::sampleArrived, this, [this, ours](quint64 job, const RunSample& sample) {
        if (ours(job)) Q_EMIT sampleArrived(sample);
    });
    connect(&feed, &JobFeed::finished, this, [this, ours](quint64 job, const JobOutcome& outcome) {
        if (!ours(job)) return;
        m_job = 0;
        Q_EMIT finished(outcome);
    });
}

void RunLink::tellMetrics(const QVector<MetricsEvent>& metrics) {
    QVector<MetricsEvent> all;
    if (!metrics.isEmpty()) {
        const Past past = std::exchange(m_past, {});
        const std::int64_t first = metrics.front().line.step;
        for (const MetricsLine& line : past.metrics)
            if (line.step < first) all.append(MetricsEvent{line, std::numeric_limits<double>::quiet_NaN()});
        for (const RunSample& sample : past.samples)
            if (sample.step < first) Q_EMIT sampleArrived(sample);
    }
    Q_EMIT metricsArrived(all + metrics);
}

void RunLink::begin(const std::filesystem::path& folder, bool own) {
    m_own = own;
    m_folder = folder;
    m_discard = std::stop_source();
    m_discarding = m_training = m_handOverWaits = false;
    m_past = {};
}

void RunLink::start(TrainJob job, const Past& past) {
    leave();
    begin(job.runFolder, true);
    m_past = past;
    job.discard = m_discard.get_token();
    m_job = m_runner.start(std::move(job));
}

void RunLink::follow(const std::filesystem::path& runFolder) {
    begin(runFolder, false);
    m_training = true;
    m_job = m_watcher->follow(runFolder);
}

void RunLink::leave() {
    if (!isFollowed()) return;
    m_watcher->leave();
    m_job = 0;
}

bool RunLink::wasInterrupted() const {
    return !m_own && m_watcher->wasInterrupted();
}

void RunLink::stopAndKeep() {
    if (m_own) return m_runner.stop();
    askToStop(m_folder, RunControl::Stop::Keep);
}

void RunLink::stopAndDiscard() {
    if (m_own) {
        // Before it trains, what is asked in its folder was asked of an earlier part of it.
        if (m_training) checkMayStop(m_folder, RunControl::Stop::Discard);
        m_discard.request_stop();
        m_runner.stop();
    } else {
        askToStop(m_folder, RunControl::Stop::Discard);
    }
    m_discarding = true;
}

void RunLink::handOver() {
    m_handOverWaits = !m_training;
    if (m_handOverWaits) return;
    askToStop(m_folder, RunControl::Stop::HandOver);
}

// It was asked before; nobody is there to catch an error now.
void RunLink::handOverNow() {
    try {
        handOver();
    } catch (const Error& error) {
        Q_EMIT logArrived({LogEvent::Level::Warning, error.what(), "hand_over_failed", {}});
    }
}

void RunLink::setPaused(bool paused) {
    askRun(m_folder, [paused](RunControl& control) { control.paused = paused; });
}

void RunLink::setLearningRate(double peak) {
    askRun(m_folder, [peak](RunControl& control) { control.learningRate = peak; });
}

}  // namespace studio::ui
