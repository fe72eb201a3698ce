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

/// Of a step's three parts - forward, the gradients of the activations, those of the weights - adapters spare
/// the last, and blocks that are computed again add a forward pass. 3 for a plain step.
double stepParts(const TrainSettings& settings);

/// From a rate of trained tokens with these settings, computed or that of an earlier run. What else a run
/// does - loading, evaluations, answers, saving - is taken from the sizes and an ordinary machine.
RunSeconds assumedSeconds(const ModelConfig& model, const TrainSettings& settings, const RunWork& work,
                          double tokensPerSecond);

/// How far a computed time may be off: between so many times shorter and so many times longer. Processors
/// with wide vectors and bfloat16 are faster than it is taken to be; small batches and busy machines slower.
inline constexpr double kComputedShorter = 2.0, kComputedLonger = 3.0;

}  // namespace studio
