// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/jobs/job.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"
#include "core/train/trainer.h"

namespace studio {

/// Keeps a run folder up to date while a trainer works, and passes what it hears on to the job's observer:
/// metrics.jsonl with every step, events.jsonl, status.json with every change of stage and once a second. Has
/// the run's lock all the time. A full disk does not end a run: what could not be written is written once
/// there is room. On one thread, the job's.
class RunRecorder final : public TrainerObserver {
public:
    /// TakeOver: as Again, also where another machine might still write into the run.
    enum class Begin { New, Again, TakeOver };
    /// Makes the folder, or goes on in one that is there. Throws RunExists when it is there and should not
    /// be; RunBusy when another process writes into it, or when that cannot be known; FileUnwritable.
    RunRecorder(const std::filesystem::path& folder, JobObserver& observer, Begin begin = Begin::New);

    const RunFolder& folder() const { return m_folder; }
    JobObserver& observer() { return m_observer; }
    void setTotalSteps(std::int64_t steps) { m_status.totalSteps = steps; }
    /// The run goes on after `step`: what was measured later is forgotten when the first new figures come,
    /// and an evaluation of `step` itself is added to that step's line. `sampled`: the last step whose
    /// prompts were all answered.
    void goOnAfter(std::int64_t step, std::int64_t sampled) {
        m_goOnAfter = m_forgetAfter = step;
        m_forgetSamplesAfter = sampled == step ? step : step - 1;
    }
    /// Warns once when less than `bytes` are free on the run's disk, now or later, and again after there was
    /// room.
    void watchDisk(std::uint64_t bytes);
    void onStage(const std::string& stage) override;
    void onMetrics(const MetricsLine& line, double secondsLeft) override;
    void onRows(const StepRows& rows) override;
    void onEvaluatedRows(const StepRows& rows) override;
    void onSampleDue(std::int64_t step) override;
    void onPeakRates(const PeakRates& rates) override;
    void onCheckpointFailed(const std::string& problem) override;
    void onNote(const std::string& rule, const std::string& message, std::vector<std::string> args) override;
    /// What control.json asks, looked at a few times a second.
    RunControl control() override;
    bool settleEnd(bool discard) override;
    RunControl settleHandOver() override;
    /// Who writes it down when the peak learning rate is changed.
    void describeRatesWith(std::function<void(const PeakRates&)> describe) {
        m_describeRates = std::move(describe);
    }
    /// The peak learning rate in force, for status.json.
    void setPeakRate(double rate) { m_status.learningRate = rate; }
    /// Who answers the run's fixed prompts.
    void sampleWith(std::function<void(std::int64_t step)> sample) { m_sample = std::move(sample); }
    void log(LogEvent::Level level, const std::string& rule, const std::string& message,
             std::vector<std::string> args = {});
    /// The last status: "finished", "stopped" or "failed" with the reason. Throws as
    /// RunFolder::writeStatus().
    void close(const std::string& state, const std::string& message = {});
    /// The same where an error or a stop is on its way already, which a second error must not hide. A run
    /// that was to go on and has not measured anything yet is left as it was found, with its run.json.
    void abandon(const std::string& state, const std::string& message = {}) noexcept;
    /// abandon() as "failed", with what the error says.
    void fail(const std::exception& error) noexcept;
    /// What the run learned is thrown away, in this part of it and in earlier ones: checkpoints and best
    /// weights go; a model that an earlier stop saved stays. Its folder stays as a record that says
    /// "discarded"; abandon() changes nothing of that.
    void discard() noexcept;

private:
    void takeUp(Begin begin);
    void tellDiscarded();
    void dropMetricsAfter(std::int64_t step);
    MetricsLine joined(const MetricsLine& line);
    void forgetLater();
    void writeMetrics(const MetricsLine& line);
    void writeStatus();
    void warnOfFullDisk(const Error& problem);
    void checkDisk();

    RunFolder m_folder;
    RunLock m_lock;
    JobObserver& m_observer;
    std::unique_ptr<LineAppender> m_metrics, m_batches, m_events;  ///< from the first line on
    std::function<void(std::int64_t step)> m_sample;
    std::function<void(const PeakRates&)> m_describeRates;
    RunControl m_control;
    std::chrono::steady_clock::time_point m_controlRead;
    std::vector<std::string> m_unwritten;  ///< lines that a full disk did not take
    RunStatus m_status;
    std::optional<RunStatus> m_found;       ///< what the run said of itself before it was to go on
    std::optional<std::string> m_foundRun;  ///< its run.json then
    bool m_discarded = false;
    std::optional<std::int64_t> m_goOnAfter;
    std::optional<std::int64_t> m_forgetAfter;  ///< until rows and answers of later steps are forgotten
    std::int64_t m_forgetSamplesAfter = 0;
    std::uint64_t m_bytesNeeded = 0;
    bool m_warnedOfLowDisk = false, m_warnedOfFullDisk = false, m_warnedOfSamples = false;
    bool m_toldOfDiscard = false;  ///< that it is not obeyed
    double m_lastStatusSeconds = -1.0;
};

}  // namespace studio
