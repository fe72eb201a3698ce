// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/config/settings.h"

namespace studio {

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

}  // namespace studio
