// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <thread>
#include <utility>

#include "core/jobs/job.h"

namespace studio::test {

/// An engine whose jobs are a function, for tests that must not load torch.
class FakeEngine : public Engine {
public:
    using Run = std::function<JobOutcome(const Job&, JobObserver&, std::stop_token)>;

    explicit FakeEngine(Run run) : m_run(std::move(run)) {}
    JobOutcome run(const Job& job, JobObserver& observer, std::stop_token stop) override {
        return m_run(job, observer, stop);
    }
    std::vector<std::string> devices() const override { return {"cpu"}; }
    std::string describe() const override { return "CPU"; }
    void releaseModels() override {}

private:
    Run m_run;
};

/// A line as the trainer writes it: a loss that falls and wobbles; an evaluation every `evaluateEvery` steps.
inline MetricsLine fakeLine(std::int64_t step, std::int64_t totalSteps, std::int64_t evaluateEvery = 0) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    MetricsLine line;
    line.step = step;
    line.epoch = 3.0 * static_cast<double>(step) / static_cast<double>(totalSteps);
    line.loss = step == 0 ? none
                          : 2.1 + 1.5 * std::exp(-static_cast<double>(step) / 60.0) +
                                0.12 * std::sin(static_cast<double>(step) * 2.7);
    if (step == 171) line.loss = 4.86;
    const bool evaluates = evaluateEvery > 0 && (step % evaluateEvery == 0 || step == totalSteps);
    line.evalLoss = evaluates ? 2.3 + 1.4 * std::exp(-static_cast<double>(step) / 70.0) : none;
    line.learningRate =
        2e-5 * 0.5 * (1.0 + std::cos(3.14159 * static_cast<double>(step) / static_cast<double>(totalSteps)));
    line.gradNorm =
        1.0 + 1.6 * std::exp(-static_cast<double>(step) / 30.0) + 0.1 * std::sin(static_cast<double>(step));
    if (step == 171) line.gradNorm = 6.8;
    line.tokens = 400 * step;
    line.tokensPerSecond = 2480.0 + 60.0 * std::sin(static_cast<double>(step));
    line.seconds = 0.4 * static_cast<double>(step);
    return line;
}

}  // namespace studio::test
