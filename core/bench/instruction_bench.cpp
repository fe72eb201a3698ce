// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/instruction_bench.h"

#include <memory>

#include "core/base/progress.h"
#include "core/bench/instruction_rows.h"
#include "core/bench/references.h"
#include "core/bench/shape_runs.h"
#include "core/bench/training_step.h"

namespace studio {

namespace {

constexpr int kBatches = 2;

std::int64_t batchRows(const BenchShape& shape) {
    return shape.name == "a" ? 16 : 8;
}

std::vector<BenchRow> measured(const BenchShape& shape, const BenchJob& job, JobObserver& observer,
                               const std::stop_token& stop) {
    observer.onEvent(StageEvent{"preparing " + shape.name, 0, 0});
    const InstructionRows data = instructionRows(shape.config.vocabSize, stop);
    BatchSampler sampler(data.examples, batchRows(shape), 1);
    std::vector<PackedBatch> batches;
    for (int i = 0; i < kBatches; ++i) batches.push_back(sampler.next());
    StepSettings settings;
    settings.threads = useThreads(job);
    std::vector<Reference> references =
        References(job, shape.name, observer, stop).padded(rowsApart(batches));
    std::vector<std::unique_ptr<TrainingStep>> steps;
    for (const at::ScalarType type : stepTypes()) {
        settings.type = type;
        steps.push_back(std::make_unique<TrainingStep>(shape.config, settings, batches));
    }
    for (std::int64_t round = 0; round <= job.rounds; ++round) {
        for (const auto& step : steps) {
            throwIfStopped(stop);
            step->run();
            if (round == 0) step->forgetTimes();
        }
        for (Reference& reference : references) {
            if (round > 0) reference.measure(stop);
        }
        observer.onEvent(StageEvent{"measuring " + shape.name, round, job.rounds});
    }
    const std::string task = data.name + ", " + std::to_string(batchRows(shape)) + " rows a batch";
    std::vector<BenchRow> rows;
    for (const auto& step : steps) {
        rows.push_back(rowOf("instruction", shape.name, *step));
        rows.back().task = task;
        rows.back().milliseconds /= kBatches;
        rows.back().paddingShare = packedPaddingShare(batches);
    }
    const auto tokens = static_cast<double>(steps.front()->tokens());
    for (const Reference& reference : references) {
        const std::size_t before = rows.size();
        addReferenceRow(rows, {"instruction", shape.name, task, tokens, paddedPaddingShare(batches)},
                        reference);
        if (rows.size() > before) rows.back().milliseconds /= kBatches;
    }
    return rows;
}

}  // namespace

BenchResult benchInstruction(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    return measureShapes(job, {"a", "c"}, observer,
                         [&](const BenchShape& shape) { return measured(shape, job, observer, stop); });
}

}  // namespace studio
