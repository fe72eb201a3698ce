// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/config/settings.h"

namespace studio {

/// How much of a long run may be lost to a power cut where no checkpointEvery is set.
inline constexpr double kSecondsBetweenCheckpoints = 300.0;

/// The plan of a run in optimizer steps, derived from the settings and the number of micro-batches an epoch
/// has.
struct StepPlan {
    std::int64_t totalSteps = 0;     ///< optimizer steps
    double stepsPerEpoch = 0.0;      ///< fractional where accumulation does not divide the epoch
    std::int64_t warmupSteps = 0;    ///< never more than totalSteps
    std::int64_t evaluateEvery = 0;  ///< steps; at least 1
};
StepPlan planSteps(const TrainSettings& settings, std::int64_t batchesPerEpoch);

/// Learning rate of step `step` (from 1): linear warm-up to the peak, reached at its last step (at step 1
/// where there is no warm-up), then constant, linear or cosine (Loshchilov and Hutter 2017, half a period)
/// down to minLearningRateShare of the peak, which a run with a warm-up reaches at its last step.
double learningRateAt(const TrainSettings& settings, const StepPlan& plan, std::int64_t step);

/// Another peak that was asked for while a run went on.
struct RateChange {
    std::int64_t step = 0;  ///< the first one with it
    double rate = 0.0;

    bool operator==(const RateChange&) const = default;
};

/// The peak learning rates of a run, by step: the one it began with, and what it was changed to. The
/// schedule's shape stays.
class PeakRates {
public:
    explicit PeakRates(double first, std::vector<RateChange> changes = {});
    double first() const { return m_first; }
    const std::vector<RateChange>& changes() const { return m_changes; }  ///< by their steps
    double at(std::int64_t step) const;
    double last() const;
    /// From `step` on, whatever was to come later.
    void change(std::int64_t step, double rate);

private:
    double m_first;
    std::vector<RateChange> m_changes;
};

}  // namespace studio
