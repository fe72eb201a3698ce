// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/overhead_bench.h"

#include "core/base/progress.h"
#include "core/bench/instruction_rows.h"
#include "core/bench/memory_bandwidth.h"
#include "core/bench/running_training.h"
#include "core/bench/shape_runs.h"
#include "core/bench/stopwatch.h"
#include "core/bench/training_step.h"

namespace studio {

namespace {

/// Steps of the real training for each round.
constexpr std::int64_t kStepsARound = 4;
constexpr std::int64_t kBatchRows = 32;

/// Bytes that the norm (gradient), AdamW (gradient, two moments and weight in, two moments and weight out)
/// and setting the gradients to zero go through for each weight, and the bfloat16 copy.
double updateBytes(const TrainingStep& step) {
    const double each = 4.0 + 16.0 + 12.0 + 4.0;
    const double copy = step.model().compute().matmulType == at::kBFloat16 ? 2.0 : 0.0;
    return (each + copy) * static_cast<double>(step.trained());
}

BenchRow optimizerRow(const BenchShape& shape, const BenchJob& job, JobObserver& observer,
                      const std::stop_token& stop) {
    StepSettings settings;
    settings.threads = useThreads(job);
    settings.type = stepTypes().front();
    TrainingStep step(shape.config, settings, {shape.batch(2)});
    MemoryBandwidth memory;
    for (std::int64_t round = 0; round <= job.rounds; ++round) {
        throwIfStopped(stop);
        memory.measureCopy();
        step.run();
        if (round == 0) step.forgetTimes();
        observer.onEvent(StageEvent{"measuring " + shape.name, round, job.rounds});
    }
    BenchRow row = rowOf("overhead", shape.name, step);
    row.task = "clipping and optimizer";
    row.milliseconds = step.updateSeconds() * 1e3;
    row.stepShare = step.updateSeconds() / step.seconds();
    row.ceilingGigabytes = memory.copiedBytesPerSecond() * 1e-9;
    row.ceilingShare = updateBytes(step) / step.updateSeconds() / memory.copiedBytesPerSecond();
    return row;
}

/// Drawing, packing and handing over the very batches of that training.
double dataSeconds(const std::vector<Example>& rows, const TrainSettings& settings, const Compute& compute) {
    BatchSampler sampler(rows, settings.batchRows, static_cast<std::uint64_t>(settings.seed));
    return secondsOf([&] {
        for (std::int64_t step = 0; step < settings.maxSteps; ++step) toDevice(sampler.next(), compute);
    });
}

/// The trainer counts the time of its steps, data included; what else has passed is metrics, files, events.
BenchRow runRow(const BenchShape& shape, const BenchJob& job, JobObserver& observer,
                const std::stop_token& stop) {
    const InstructionRows data = instructionRows(shape.config.vocabSize, stop);
    TrainSettings settings;
    settings.threads = job.threads;
    settings.batchRows = kBatchRows;
    settings.maxSteps = kStepsARound * (job.rounds + 1);
    settings.seed = 1;
    const RunningTraining run = trainHere(shape.config, data.examples, settings, observer, stop);
    const Compute compute = chooseCompute("cpu", settings.precision, job.threads, shape.config.hiddenSize);
    std::vector<double> seconds;
    for (std::size_t i = 1; i < run.lines.size(); ++i)
        seconds.push_back(run.lines[i].seconds - run.lines[i - 1].seconds);
    const auto steps = static_cast<double>(run.result.steps);
    const double beside = run.result.seconds - run.computedSeconds();
    const double overhead = (beside + dataSeconds(data.examples, settings, compute)) / steps;
    BenchRow row;
    row.bench = "overhead";
    row.shape = shape.name;
    row.contender = "fused";
    row.precision = compute.precisionName();
    row.task = "data, metrics and events";
    row.milliseconds = overhead * 1e3;
    row.stepShare = overhead / median(seconds);
    row.tokensPerSecond = run.result.tokensPerSecond;
    return row;
}

}  // namespace

BenchResult benchOverhead(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    return measureShapes(job, {"a", "b", "c"}, observer, [&](const BenchShape& shape) {
        std::vector<BenchRow> rows{optimizerRow(shape, job, observer, stop)};
        if (shape.name == "a") rows.push_back(runRow(shape, job, observer, stop));
        return rows;
    });
}

}  // namespace studio
