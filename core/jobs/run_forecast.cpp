// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_forecast.h"

#include <algorithm>
#include <cmath>

#include "core/base/compute_limits.h"
#include "core/jobs/training_size.h"

namespace studio {

namespace {

constexpr double kSavedBytesPerSecond = 150e6;  // written, synced, read back and hashed
// Where nothing was measured: the engine library; weights that come from a disk; and for each token of an
// answer all weights from memory, but no less than what a small model's calls take.
constexpr double kEngineSeconds = 0.3, kLoadedBytesPerSecond = 500e6;
constexpr double kDecodedBytesPerSecond = 10e9, kLeastTokenSeconds = 0.5e-3;
// Bytes of a line of metrics.jsonl, of a row in batches.jsonl or eval_rows.json, of an answer.
constexpr std::uint64_t kMetricsLine = 300, kRowOfStep = 25, kAnswer = 600;

std::uint64_t modelBytes(const ModelConfig& model) {
    return 4 * static_cast<std::uint64_t>(model.parameterCount());
}

std::int64_t checkpointsMade(const TrainSettings& settings, const StepPlan& plan, double seconds) {
    if (settings.checkpointEvery > 0)
        return std::max<std::int64_t>(0, plan.totalSteps - 1) / settings.checkpointEvery;
    return static_cast<std::int64_t>(std::floor(seconds / kSecondsBetweenCheckpoints));
}

/// The checkpoints of a run that takes `before` without them, and the model at its end.
double savingSeconds(const ModelConfig& model, const TrainSettings& settings, const RunWork& work,
                     const RunSeconds& before, double bytesPerSecond) {
    const auto bytes = static_cast<double>(checkpointBytes(model, settings));
    const auto checkpoints = static_cast<double>(checkpointsMade(settings, work.plan, before.total()));
    const double seconds = (checkpoints * bytes + static_cast<double>(modelBytes(model))) / bytesPerSecond;
    // Adapters and what is beside frozen weights are merged into the model, which is read again for that.
    return seconds + (trainingSize(model, settings).apart() ? before.loading : 0.0);
}

}  // namespace

std::int64_t RunWork::evaluations() const {
    if (validationTokens == 0) return 0;
    const std::int64_t every = std::max<std::int64_t>(1, plan.evaluateEvery);
    return 1 + (plan.totalSteps + every - 1) / every;
}

std::int64_t RunWork::samples(const TrainSettings& settings) const {
    const std::int64_t every = settings.sampleEvery;
    return every > 0 ? 1 + (plan.totalSteps + every - 1) / every : 0;
}

std::uint64_t checkpointBytes(const ModelConfig& model, const TrainSettings& settings) {
    const auto trained = static_cast<double>(trainingSize(model, settings).trained);
    return static_cast<std::uint64_t>(trained * (4.0 + TrainingSize::optimizerBytes(settings)));
}

DiskNeed estimateDisk(const ModelConfig& model, const TrainSettings& settings, const RunWork& work,
                      double seconds) {
    DiskNeed need;
    need.model = modelBytes(model);
    // A short run makes one checkpoint, when it is stopped.
    const std::int64_t made = std::max<std::int64_t>(1, checkpointsMade(settings, work.plan, seconds));
    const std::int64_t kept = std::min(made, settings.keepCheckpoints + 1);
    need.checkpoints = static_cast<std::uint64_t>(kept) * checkpointBytes(model, settings);
    // The best, the one that a checkpoint still names, and the one that is being written.
    const std::int64_t bests = std::min<std::int64_t>(work.evaluations() - 1, 3);
    if (settings.keepBest && bests > 0)
        need.best = static_cast<std::uint64_t>(bests) * 4 * trainingSize(model, settings).trained;
    const auto rows = static_cast<std::uint64_t>(settings.batchRows * settings.accumulation);
    need.records = (kMetricsLine + kRowOfStep * rows) * static_cast<std::uint64_t>(work.plan.totalSteps) +
                   kRowOfStep * static_cast<std::uint64_t>(work.validationRows) +
                   kAnswer * static_cast<std::uint64_t>(work.samples(settings) * work.samplePrompts);
    return need;
}

RunSeconds forecastSeconds(const ModelConfig& model, const TrainSettings& settings, const RunWork& work,
                           const ProbeResult& measured) {
    RunSeconds seconds;
    seconds.loading = measured.loadSeconds;
    if (measured.tokensPerSecond > 0.0) seconds.training = work.trainTokens / measured.tokensPerSecond;
    if (measured.evaluationTokensPerSecond > 0.0)
        seconds.evaluations = static_cast<double>(work.evaluations()) *
                              static_cast<double>(work.validationTokens) / measured.evaluationTokensPerSecond;
    seconds.samples = static_cast<double>(work.samples(settings)) * measured.sampleSeconds;
    const auto bytes = static_cast<double>(checkpointBytes(model, settings));
    const double rate =
        measured.checkpointSeconds > 0.0 ? bytes / measured.checkpointSeconds : kSavedBytesPerSecond;
    seconds.saving = savingSeconds(model, settings, work, seconds, rate);
    return seconds;
}

double stepParts(const TrainSettings& settings) {
    return (settings.method == "lora" ? 2.0 : 3.0) + (settings.gradientCheckpointing ? 1.0 : 0.0);
}

RunSeconds assumedSeconds(const ModelConfig& model, const TrainSettings& settings, const RunWork& work,
                          double tokensPerSecond) {
    const auto bytes = static_cast<double>(modelBytes(model));
    RunSeconds seconds;
    seconds.loading = kEngineSeconds + bytes / kLoadedBytesPerSecond;
    seconds.training = work.trainTokens / tokensPerSecond;
    // A forward pass is one of a step's parts.
    seconds.evaluations = static_cast<double>(work.evaluations()) *
                          static_cast<double>(work.validationTokens) /
                          (stepParts(settings) * tokensPerSecond);
    const double answer =
        static_cast<double>(kSampleTokens) * std::max(kLeastTokenSeconds, bytes / kDecodedBytesPerSecond);
    seconds.samples = static_cast<double>(work.samples(settings) * work.samplePrompts) * answer;
    seconds.saving = savingSeconds(model, settings, work, seconds, kSavedBytesPerSecond);
    return seconds;
}

}  // namespace studio
