// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/jobs/job.h"
#include "core/storage/run_folder.h"
#include "core/train/trainer.h"

namespace studio {

/// Keeps a run folder up to date while a trainer works, and passes what it hears on to the job's observer:
/// metrics.jsonl with every step, status.json with every change of stage and once a second. On one thread,
/// the job's.
class RunRecorder final : public TrainerObserver {
public:
    enum class Begin { New, Again };
    /// Makes the folder, or goes on in one that is there. Throws RunExists when it is there and should not
    /// be, or when another process still writes into it; FileUnwritable.
    RunRecorder(const std::filesystem::path& folder, JobObserver& observer, Begin begin = Begin::New);

    const RunFolder& folder() const { return m_folder; }
    JobObserver& observer() { return m_observer; }
    void setTotalSteps(std::int64_t steps) { m_status.totalSteps = steps; }
    void onStage(const std::string& stage) override;
    void onMetrics(const MetricsLine& line, double secondsLeft) override;
    void onRows(const StepRows& rows) override;
    void onEvaluatedRows(const StepRows& rows) override;
    void onSampleDue(std::int64_t step) override;
    void onCheckpointFailed(const std::string& problem) override;
    void onNote(const std::string& rule, const std::string& message, std::vector<std::string> args) override;
    /// What control.json asks, looked at a few times a second.
    RunControl control() override;
    /// Who answers the run's fixed prompts.
    void sampleWith(std::function<void(std::int64_t step)> sample) { m_sample = std::move(sample); }
    void log(LogEvent::Level level, const std::string& rule, const std::string& message,
             std::vector<std::string> args = {});
    /// The last status: "finished", "stopped" or "failed" with the reason.
    void close(const std::string& state, const std::string& message = {});

private:
    void writeStatus();

    RunFolder m_folder;
    JobObserver& m_observer;
    std::unique_ptr<LineAppender> m_metrics, m_batches;  ///< from the first line on
    std::function<void(std::int64_t step)> m_sample;
    RunControl m_control;
    std::chrono::steady_clock::time_point m_controlRead;
    RunStatus m_status;
    double m_lastStatusSeconds = -1.0;
};

}  // namespace studio
