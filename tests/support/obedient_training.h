// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "core/storage/run_control.h"
#include "tests/support/fake_engine.h"

namespace studio::test {

/// A training that looks into control.json between its steps, as the trainer does.
class ObedientTraining {
public:
    ObedientTraining(const TrainJob& job, JobObserver& observer, std::stop_token stop)
        : m_job(job), m_observer(observer), m_stop(std::move(stop)) {}

    JobOutcome run(std::int64_t steps, std::chrono::microseconds perStep) {
        std::filesystem::create_directories(m_job.runFolder);
        TrainingStarted started;
        started.totalSteps = steps;
        started.trainRows = static_cast<std::int64_t>(m_job.train->size());
        m_observer.onEvent(started);
        stage("training");
        std::int64_t step = 0;
        for (; step <= steps && !m_stop.stop_requested(); ++step) {
            const RunControl asked = obey(step);
            if (asked.stop == RunControl::Stop::HandOver && step > 0) return handedOver(step - 1);
            if (asked.stop == RunControl::Stop::Keep) break;
            m_observer.onEvent(
                MetricsEvent{fakeLine(step, steps, 41), 0.4 * static_cast<double>(steps - step)});
            std::this_thread::sleep_for(perStep);
        }
        TrainResult result;
        result.steps = step - 1;
        result.firstEvalLoss = 3.7;
        result.lastEvalLoss = 2.36;
        result.stoppedEarly = step <= steps;
        JobOutcome outcome;
        outcome.value = result;
        return outcome;
    }

private:
    void stage(const char* name) { m_observer.onEvent(StageEvent{name, 0, 0}); }
    void say(const char* rule, std::vector<std::string> args) {
        m_observer.onEvent(LogEvent{LogEvent::Level::Info, rule, rule, std::move(args)});
    }
    RunControl asked() const { return readRunControl(m_job.runFolder).value_or(RunControl()); }
    RunControl obey(std::int64_t step) {
        RunControl control = asked();
        if (control.paused && control.stop == RunControl::Stop::No) {
            stage("paused");
            say("paused", {std::to_string(step)});
            while (control.paused && control.stop == RunControl::Stop::No && !m_stop.stop_requested()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                control = asked();
            }
            say("continued", {});
            stage("training");
        }
        if (control.learningRate && *control.learningRate != m_rate) {
            m_rate = *control.learningRate;
            char text[32];
            std::snprintf(text, sizeof text, "%.4g", m_rate);
            say("learning_rate_changed", {std::to_string(step), text});
        }
        return control;
    }
    JobOutcome handedOver(std::int64_t step) const {
        std::filesystem::create_directories(m_job.runFolder / "checkpoints" /
                                            ("step-" + std::to_string(step)));
        JobOutcome outcome;
        outcome.kind = JobOutcome::Kind::Cancelled;
        return outcome;
    }

    const TrainJob& m_job;
    JobObserver& m_observer;
    std::stop_token m_stop;
    double m_rate = 0.0;
};

}  // namespace studio::test
