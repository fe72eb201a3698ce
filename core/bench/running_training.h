// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "core/data/example.h"
#include "core/jobs/job.h"
#include "core/train/trainer.h"

namespace studio {

/// What a real training of random weights told: every step's line, and the trainer's result.
struct RunningTraining {
    std::vector<MetricsLine> lines;
    TrainerResult result;
    double computedSeconds() const;  ///< of all steps, their data included
};

/// Trains as a run does, with a run folder in a temporary place that is removed afterwards, and with all its
/// files and events; no evaluation, no checkpoint. `observer` hears of the stages.
RunningTraining trainHere(const ModelConfig& config, const std::vector<Example>& rows,
                          const TrainSettings& settings, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
