// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "core/checkpoint/training_checkpoint.h"
#include "core/config/schedule.h"
#include "core/train/recent_rate.h"

namespace studio {

/// What a run still has to do follows from this and the step where it stands.
struct RunShape {
    StepPlan plan;
    double tokensPerStep = 0.0;  ///< on the average
    bool evaluates = false;
    std::int64_t sampleEvery = 0;  ///< 0: never
    std::uint64_t modelBytes = 0;  ///< written at the end
};

/// How long a run will go on: its coming steps, evaluations, answers and checkpoints and the saving of the
/// model, each at the price that was measured last. Early stopping is not foreseen. Not thread-safe.
class TimeLeft {
public:
    explicit TimeLeft(const RunShape& shape) : m_shape(shape) {}

    /// Checkpoints of so many bytes will be saved, every so many steps; 0: by the clock.
    void expectCheckpoints(std::int64_t everySteps, std::uint64_t bytes);
    /// The run goes on from there: what was measured before counts until there is something newer.
    void restore(const TrainingState& state);

    void addStep(std::int64_t tokens, double seconds);
    void addEvaluation(double seconds) { m_evaluation.add(seconds); }
    void addSample(double seconds) { m_sample.add(seconds); }
    void addCheckpoint(double seconds) { m_checkpoint.add(seconds); }

    /// Seconds from the moment when `step` is told to the end. NaN before the first step.
    double after(std::int64_t step) const;

private:
    /// The first time costs more than the others (memory is new, products are being prepared), so that it
    /// counts only as long as there is no second.
    struct Price {
        double first = 0.0, others = 0.0;
        std::int64_t times = 0;
        void add(double seconds);
        std::optional<double> each() const;
    };
    double savingSeconds(std::uint64_t bytes) const;

    RunShape m_shape;
    Price m_evaluation, m_sample, m_checkpoint;
    RecentRate m_rate{300.0};
    bool m_stepped = false;
    std::int64_t m_firstTokens = 0;  ///< of the first step here, or of the run's earlier parts
    double m_firstSeconds = 0.0;
    std::int64_t m_checkpointEvery = 0;
    std::uint64_t m_checkpointBytes = 0;
};

}  // namespace studio
