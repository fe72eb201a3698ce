// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/train_bench.h"
#include "core/bench/shape_runs.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include "core/base/progress.h"
#include "core/model/decoder.h"
#include "core/tensor/matrix_product.h"
#include "core/train/adamw.h"

namespace studio {

namespace {

using Clock = std::chrono::steady_clock;

template <typename Work>
double secondsOf(Work&& work) {
    const auto begun = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

/// Operations a second of a large square product: as fast as this machine multiplies.
class Ceiling {
public:
    explicit Ceiling(at::ScalarType type)
        : m_a(at::rand({kSize, kSize}).to(type)),
          m_b(at::rand({kSize, kSize}).to(type)),
          m_c(at::empty_like(m_a)) {
        run();
    }
    void run() {
        const at::ScalarType type = m_a.scalar_type();
        m_seconds.push_back(secondsOf([&] {
            multiply({kSize,
                      kSize,
                      kSize,
                      {m_a.data_ptr(), kSize, false},
                      {m_b.data_ptr(), kSize, true},
                      m_c.data_ptr(),
                      kSize,
                      type,
                      type,
                      false,
                      nullptr});
        }));
    }
    double perSecond() const {
        return 2.0 * kSize * kSize * kSize / median({m_seconds.begin() + 1, m_seconds.end()});
    }

private:
    static constexpr std::int64_t kSize = 2048;
    Tensor m_a, m_b, m_c;
    std::vector<double> m_seconds;  // the first one makes the primitive
};

/// One way to train one shape.
struct Contender {
    std::string name;
    std::unique_ptr<Decoder> model;
    std::unique_ptr<AdamW> optimizer;
    DeviceBatch batch;
    Ceiling* ceiling = nullptr;
    std::vector<double> seconds{};

    void step(double share) {
        seconds.push_back(secondsOf([&] {
            const Tensor losses = model->accumulateGradients(batch, {share, 0.0, {}});
            optimizer->step(1e-4, clipScale(optimizer->gradientNorm(), 1.0));
            losses.sum(at::kDouble).item<double>();
        }));
    }
};

class ShapeBench {
public:
    ShapeBench(const BenchShape& shape, const BenchJob& job)
        : m_shape(shape), m_threads(static_cast<int>(job.threads > 0 ? job.threads : availableThreads())) {
        at::set_num_threads(m_threads);
        if (cpuHasFastBfloat16()) {
            m_bfloat16 = std::make_unique<Ceiling>(at::kBFloat16);
            add("fused", at::kBFloat16, true, *m_bfloat16);
        }
        m_float32 = std::make_unique<Ceiling>(at::kFloat);
        add("fused", at::kFloat, true, *m_float32);
        if (job.references) add("ATen", at::kFloat, false, *m_float32);
    }

    void run(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
        const double share = 1.0 / static_cast<double>(m_shape.rows * m_shape.length);
        for (std::int64_t round = 0; round <= job.rounds; ++round) {
            for (Contender& contender : m_contenders) {
                throwIfStopped(stop);
                contender.ceiling->run();
                contender.step(share);
            }
            observer.onEvent(StageEvent{"measuring " + m_shape.name, round, job.rounds});
            if (round > 0) continue;
            for (Contender& contender : m_contenders)
                contender.seconds.clear();  // made primitives and memory
        }
    }

    std::vector<BenchRow> rows() const {
        std::vector<BenchRow> rows;
        for (const Contender& contender : m_contenders) {
            BenchRow row;
            row.bench = "train";
            row.shape = m_shape.name;
            row.contender = contender.name;
            row.precision = contender.model->compute().precisionName();
            const double seconds = median(contender.seconds);
            row.milliseconds = seconds * 1e3;
            row.tokensPerSecond = static_cast<double>(m_shape.rows * m_shape.length) / seconds;
            row.ceilingShare = m_shape.stepOperations() / seconds / contender.ceiling->perSecond();
            row.ceilingGflops = contender.ceiling->perSecond() * 1e-9;
            rows.push_back(row);
        }
        return rows;
    }

private:
    void add(const std::string& name, at::ScalarType type, bool fused, Ceiling& ceiling) {
        Compute compute;
        compute.matmulType = type;
        compute.fused = fused;
        compute.threads = m_threads;
        Contender contender{name, std::make_unique<Decoder>(m_shape.config, compute), {}, {}, &ceiling};
        contender.model->initialize(1);
        contender.optimizer =
            std::make_unique<AdamW>(contender.model->arena(), AdamWSettings{0.9, 0.95, 1e-8, 0.1});
        contender.batch = toDevice(m_shape.batch(2), compute);
        m_contenders.push_back(std::move(contender));
    }

    const BenchShape& m_shape;
    int m_threads;
    std::unique_ptr<Ceiling> m_bfloat16, m_float32;
    std::vector<Contender> m_contenders;
};

}  // namespace

BenchResult benchTraining(const BenchJob& job, JobObserver& observer, const std::stop_token& stop) {
    return measureShapes(job, observer, [&](const BenchShape& shape) {
        ShapeBench bench(shape, job);
        bench.run(job, observer, stop);
        return bench.rows();
    });
}

}  // namespace studio
