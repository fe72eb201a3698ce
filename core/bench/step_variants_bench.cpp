// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/step_variants_bench.h"

#include <memory>
#include <optional>

#include "core/base/progress.h"
#include "core/bench/shape_runs.h"
#include "core/bench/training_step.h"
#include "core/config/lora_targets.h"
#include "core/tensor/compute.h"

namespace studio {

namespace {

/// Two ways to train the same shape; the first one is what the second is compared to.
struct Variant {
    std::string task;
    TrainedPart part{};
    bool recomputing = false;
};

struct Variants {
    std::string bench;
    std::vector<Variant> all;
    std::int64_t rows = 0, length = 0;  ///< of a batch; 0: the shape's own
};

class VariantsBench {
public:
    VariantsBench(const Variants& variants, BenchShape shape, const BenchJob& job)
        : m_variants(variants), m_shape(std::move(shape)), m_job(job) {
        if (variants.rows > 0) m_shape.rows = variants.rows;
        if (variants.length > 0) m_shape.length = variants.length;
        StepSettings settings;
        settings.threads = useThreads(job);
        settings.type = stepTypes().front();
        for (const Variant& variant : variants.all) {
            if (!job.only.empty() && job.only != variant.task) continue;
            settings.part = variant.part;
            settings.recomputing = variant.recomputing;
            m_tasks.push_back(variant.task);
            m_steps.push_back(
                std::make_unique<TrainingStep>(m_shape.config, settings, std::vector{m_shape.batch(2)}));
        }
        if (m_steps.empty()) {
            throw Error(ErrorCode::InvalidArgument, "There is no task \"" + job.only + "\" in this bench.",
                        "Use " + variants.all.front().task + " or " + variants.all.back().task + ".",
                        {job.only});
        }
    }

    std::vector<BenchRow> rows(JobObserver& observer, const std::stop_token& stop) {
        for (std::int64_t round = 0; round <= m_job.rounds; ++round) {
            for (const auto& step : m_steps) {
                throwIfStopped(stop);
                step->run();
                if (round == 0) step->forgetTimes();
            }
            observer.onEvent(StageEvent{"measuring " + m_variants.bench, round, m_job.rounds});
        }
        std::vector<BenchRow> rows;
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            BenchRow row = rowOf(m_variants.bench, m_shape.name, *m_steps[i]);
            row.task = m_tasks[i];
            if (row.task != m_variants.all.front().task) row.comparedTo = m_variants.all.front().task;
            if (!m_job.only.empty()) row.peakBytes = peakResidentBytes();
            rows.push_back(row);
        }
        return rows;
    }

private:
    const Variants& m_variants;
    BenchShape m_shape;
    const BenchJob& m_job;
    std::vector<std::string> m_tasks;
    std::vector<std::unique_ptr<TrainingStep>> m_steps;
};

BenchResult benchVariants(const Variants& variants, const BenchJob& job, JobObserver& observer,
                          const std::stop_token& stop) {
    return measureShapes(job, {"b"}, observer, [&](const BenchShape& shape) {
        return VariantsBench(variants, shape, job).rows(observer, stop);
    });
}

}  // namespace

BenchResult benchLora(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    std::optional<std::string> problem;
    TrainedPart adapters;
    adapters.lora = LoraSettings{8, 16.0, loraTargetNames("all", problem)};
    return benchVariants({"lora", {{"all weights"}, {"LoRA r 8, all linear layers", adapters}}}, job,
                         observer, stop);
}

BenchResult benchCheckpointing(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    return benchVariants(
        {"checkpointing", {{"8 x 512, all kept"}, {"8 x 512, blocks recomputed", {}, true}}, 8, 512}, job,
        observer, stop);
}

}  // namespace studio
