// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/train_bench.h"

#include <memory>

#include "core/base/progress.h"
#include "core/bench/product_ceiling.h"
#include "core/bench/references.h"
#include "core/bench/shape_runs.h"
#include "core/bench/training_step.h"

namespace studio {

namespace {

struct Contender {
    std::unique_ptr<TrainingStep> step;
    ProductCeiling* ceiling = nullptr;
};

class ShapeBench {
public:
    ShapeBench(const BenchShape& shape, const BenchJob& job, JobObserver& observer,
               const std::stop_token& stop)
        : m_shape(shape),
          m_device(parseDevice(job.device)),
          m_threads(useThreads(job)),
          m_observer(observer),
          m_stop(stop) {
        observer.onEvent(StageEvent{"preparing " + shape.name, 0, 0});
        m_references = References(job, shape.name, observer, stop).training();
        for (const at::ScalarType type : stepTypes(m_device)) add(type, true);
        // PyTorch's own model says more; where it is not there, our composition of its operators stands in.
        if (job.references && m_references.empty() && m_device.is_cpu()) add(at::kFloat, false);
    }

    void run(std::int64_t rounds) {
        for (std::int64_t round = 0; round <= rounds; ++round) {
            for (const auto& ceiling : m_ceilings) ceiling->measure();
            for (Contender& contender : m_contenders) {
                throwIfStopped(m_stop);
                contender.step->run();
            }
            m_observer.onEvent(StageEvent{"measuring " + m_shape.name, round, rounds});
            if (round == 0) {
                for (Contender& contender : m_contenders) contender.step->forgetTimes();
                continue;  // the references are warm
            }
            for (Reference& reference : m_references) reference.measure(m_stop);
        }
    }

    std::vector<BenchRow> rows() const {
        std::vector<BenchRow> rows;
        for (const Contender& contender : m_contenders) {
            BenchRow row = rowOf("train", m_shape.name, *contender.step);
            const double ceiling = contender.ceiling->perSecond();
            row.ceilingShare = m_shape.stepOperations() / contender.step->seconds() / ceiling;
            row.ceilingGflops = ceiling * 1e-9;
            rows.push_back(row);
        }
        const auto tokens = static_cast<double>(m_shape.rows * m_shape.length);
        for (const Reference& reference : m_references)
            addReferenceRow(rows, {"train", m_shape.name, "", tokens}, reference);
        return rows;
    }

private:
    void add(at::ScalarType type, bool fused) {
        if (fused) m_ceilings.push_back(std::make_unique<ProductCeiling>(type, m_device));
        StepSettings settings;
        settings.device = m_device;
        settings.type = type;
        settings.fused = fused && m_device.is_cpu();
        settings.threads = m_threads;
        m_contenders.push_back(
            {std::make_unique<TrainingStep>(m_shape.config, settings, std::vector{m_shape.batch(2)}),
             m_ceilings.back().get()});
    }

    const BenchShape& m_shape;
    at::Device m_device;
    int m_threads;
    JobObserver& m_observer;
    std::stop_token m_stop;
    std::vector<std::unique_ptr<ProductCeiling>> m_ceilings;  ///< the last one is float32's
    std::vector<Contender> m_contenders;
    std::vector<Reference> m_references;
};

}  // namespace

BenchResult benchTraining(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    return measureShapes(job, {"a", "b", "c", "d"}, observer, [&](const BenchShape& shape) {
        ShapeBench bench(shape, job, observer, stop);
        bench.run(job.rounds);
        return bench.rows();
    });
}

}  // namespace studio
