// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "core/config/schedule.h"
#include "core/formats/model_config.h"
#include "core/jobs/job.h"

namespace studio {

/// What a run will need on the disk, in bytes, at its fullest.
struct DiskNeed {
    std::uint64_t model = 0;        ///< all weights in float32
    std::uint64_t checkpoints = 0;  ///< those that are kept, and the one that is being written
    std::uint64_t best = 0;         ///< the best weights, and the ones that take their place
    std::uint64_t records = 0;      ///< metrics, the rows of each step, answers

    std::uint64_t total() const { return model + checkpoints + best + records; }
};

/// How much a run has to do.
struct RunWork {
    StepPlan plan;
    double trainTokens = 0.0;  ///< of all steps
    std::int64_t validationTokens = 0, validationRows = 0;
    std::int64_t samplePrompts = 0;  ///< answered each time

    std::int64_t evaluations() const;
    std::int64_t samples(const TrainSettings& settings) const;
};

/// How long its parts take, in seconds.
struct RunSeconds {
    double loading = 0.0, training = 0.0, evaluations = 0.0, samples = 0.0, saving = 0.0;

    double total() const { return loading + training + evaluations + samples + saving; }
};

/// Bytes of one checkpoint: the trained weights and the optimizer's state.
std::uint64_t checkpointBytes(const ModelConfig& model, const TrainSettings& settings);

/// `seconds`: of the whole run, which decides whether it makes checkpoints on its own.
DiskNeed estimateDisk(const ModelConfig& model, const TrainSettings& settings, const RunWork& work,
                      double seconds);

/// From what a probe measured; saving by an ordinary disk where it could not measure that.
RunSeconds forecastSeconds(const ModelConfig& model, const TrainSettings& settings, const RunWork& work,
                           const ProbeResult& measured);

/// From a rate of trained tokens that was computed, not measured: what blocks that are computed again and
/// what frozen weights change about it is counted. Answers and saving are left out.
RunSeconds assumedSeconds(const TrainSettings& settings, const RunWork& work, double tokensPerSecond);

}  // namespace studio
