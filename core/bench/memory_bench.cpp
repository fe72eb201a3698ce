// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/memory_bench.h"

#include <algorithm>

#include "core/bench/instruction_rows.h"
#include "core/bench/running_training.h"
#include "core/tensor/compute.h"

namespace studio {

namespace {

constexpr std::int64_t kSteps = 2000;
constexpr std::int64_t kFirstStep = 100;

/// One or two rounds are a short look.
std::int64_t stepsOf(const BenchJob& job) {
    return job.rounds >= 3 ? kSteps : 200 * job.rounds;
}

ModelConfig smallConfig() {
    ModelConfig config;
    config.vocabSize = 2048;
    config.hiddenSize = 64;
    config.intermediateSize = 192;
    config.layerCount = 2;
    config.headCount = config.keyValueHeadCount = 4;
    config.headSize = 16;
    config.contextLength = 512;
    config.tiedEmbeddings = true;
    return config;
}

}  // namespace

BenchResult benchMemory(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    const ModelConfig config = smallConfig();
    const InstructionRows data = instructionRows(config.vocabSize, stop);
    TrainSettings settings;
    settings.threads = job.threads;
    // Batches of all sizes up to a bound that is met soon: else the largest one so far would set the figure.
    settings.batchRows = 4;
    settings.batchTokens = 1024;
    settings.maxSteps = stepsOf(job);
    settings.precision = cpuHasFastBfloat16() ? "bfloat16" : "float32";
    const RunningTraining run = trainHere(config, data.examples, settings, observer, stop);
    BenchRow row;
    row.bench = "memory";
    row.shape = "small";
    row.contender = "fused";
    row.precision = settings.precision;
    row.task = std::to_string(run.result.steps) + " packed steps";
    row.tokensPerSecond = run.result.tokensPerSecond;
    row.milliseconds = run.computedSeconds() / static_cast<double>(run.result.steps) * 1e3;
    const auto first = static_cast<std::size_t>(std::min(kFirstStep, run.result.steps / 4));
    row.firstBytes = run.lines.at(first).memoryBytes;
    row.lastBytes = run.lines.back().memoryBytes;
    for (const MetricsLine& line : run.lines)
        row.peakBytes = std::max<std::uint64_t>(row.peakBytes, line.memoryBytes);
    observer.onEvent(BenchEvent{row});
    return {{row}};
}

}  // namespace studio
