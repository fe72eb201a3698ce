// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVector>
#include <filesystem>
#include <stop_token>

#include "core/jobs/job.h"

namespace studio::ui {

class JobFeed;
class JobRunner;
class RunWatcher;

/// The one run that Train has to do with: a job of this process, or a run of another that is followed. Both
/// are heard by the same signals and asked by the same functions: through control.json in the run's folder,
/// and a job of this process, which can be stopped before it looks there, by its stop token. GUI thread.
class RunLink : public QObject {
    Q_OBJECT

public:
    RunLink(JobRunner& runner, QObject* parent);
    ~RunLink() override;

    /// Of a run that goes on: what it measured and answered before. What precedes its first new step is told
    /// again.
    struct Past {
        QVector<MetricsLine> metrics;
        QVector<RunSample> samples;
    };
    void start(TrainJob job, const Past& past = {});
    void follow(const std::filesystem::path& runFolder);
    /// Of a followed run: it goes on without being heard.
    void leave();

    bool isActive() const { return m_job != 0; }
    bool isOwn() const { return isActive() && m_own; }
    bool isFollowed() const { return isActive() && !m_own; }
    const std::filesystem::path& folder() const { return m_folder; }
    /// Of the followed run that finished() told of last: its process is gone.
    bool wasInterrupted() const;
    /// The run that is heard, or was heard last, is a job of this process.
    bool wasOwn() const { return m_own; }
    bool isDiscarding() const { return m_discarding; }
    /// It has begun to train: its folder is written.
    bool hasTrained() const { return m_training; }

    // They throw FileUnwritable or DiskFull where the run cannot be asked, and RunStopping where it is to end
    // already, also by the wish of another process: see askToStop().
    void stopAndKeep();
    void stopAndDiscard();
    /// The run ends with a checkpoint, for another process. One that has not made its first step yet is asked
    /// when it begins to train.
    void handOver();
    void setPaused(bool paused);
    void setLearningRate(double peak);

Q_SIGNALS:
    void restarted();
    void stageChanged(const studio::StageEvent& stage);
    void trainingStarted(const studio::TrainingStarted& facts);
    void metricsArrived(const QVector<studio::MetricsEvent>& metrics);
    void logArrived(const studio::LogEvent& log);
    void sampleArrived(const studio::RunSample& sample);
    void finished(const studio::JobOutcome& outcome);

private:
    void listen(JobFeed& feed, bool own);
    void handOverNow();
    void tellMetrics(const QVector<MetricsEvent>& metrics);
    void begin(const std::filesystem::path& folder, bool own);

    JobRunner& m_runner;
    RunWatcher* m_watcher;
    quint64 m_job = 0;  // 0: none
    bool m_own = false;
    bool m_discarding = false;
    bool m_training = false;  // the folder is there and is looked at
    bool m_handOverWaits = false;
    std::filesystem::path m_folder;
    std::stop_source m_discard;
    Past m_past;
};

}  // namespace studio::ui
