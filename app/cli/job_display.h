// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/cli/output.h"
#include "core/jobs/job.h"

namespace studio {

/// Shows a job's events: the bar with time left, notes for warnings, and for training one line a step (JSON)
/// or one line an evaluation (people). Lives while one job runs; called on the thread that runs it, which is
/// main's.
class JobDisplay : public JobObserver {
public:
    explicit JobDisplay(Output& output) : m_output(output) {}

    void onEvent(const JobEvent& event) override;

    /// Receives the pieces of an answer while it is generated.
    std::function<void(const TextEvent&)> onText;
    /// Printed for people as soon as a training has all it needs; nothing stands before an error that way.
    std::string trainingHeading;

    /// How often the loss on the validation rows was told so far; a run that goes on had told its first one
    /// before.
    std::int64_t evaluations() const { return m_evaluations; }
    /// Of which the training told figures; nothing where it told none.
    std::optional<std::int64_t> lastStep() const { return m_lastStep; }

private:
    void show(const StageEvent& event);
    void show(const TrainingStarted& event);
    void show(const MetricsEvent& event);
    void show(const LogEvent& event);
    void show(const SampleEvent& event);
    void show(const EvaluatedRowsEvent&) {}  // eval_rows.json has them
    void show(const TextEvent& event);
    void show(const AnswerEvent&) {}
    void show(const BenchEvent&) {}  // the verb prints rows together, with what they are compared to

    Output& m_output;
    std::int64_t m_totalSteps = 0;
    std::int64_t m_evaluations = 0;
    std::optional<std::int64_t> m_lastStep;
};

}  // namespace studio
