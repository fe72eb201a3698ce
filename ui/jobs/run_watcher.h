// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <filesystem>
#include <memory>

#include "ui/jobs/job_feed.h"
#include "ui/jobs/task_runner.h"

namespace studio {
class RunFollower;
}

namespace studio::ui {

/// Follows a run of another process through its folder and says the same as a JobRunner of a run of this one.
/// The files are read on a thread of its own, three times a second. GUI thread.
class RunWatcher : public JobFeed {
    Q_OBJECT

public:
    explicit RunWatcher(QObject* parent = nullptr);
    ~RunWatcher() override;

    /// Leaves the run that was followed and follows this one; its number is in every signal about it.
    quint64 follow(const std::filesystem::path& runFolder);
    void leave();
    /// Of the run that finished() told of last: its process is gone.
    bool wasInterrupted() const { return m_interrupted; }

Q_SIGNALS:
    /// The run goes on from an earlier step; all is told anew from here on.
    void restarted(quint64 job);

private:
    void poll();

    quint64 m_job = 0;
    bool m_interrupted = false;
    std::shared_ptr<RunFollower> m_follower;  // null: none is followed; used by one task at a time
    QTimer m_timer;
    TaskRunner m_tasks;  // last: its thread uses the follower
};

}  // namespace studio::ui
