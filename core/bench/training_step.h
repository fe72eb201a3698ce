// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/bench/bench_shapes.h"
#include "core/jobs/job.h"
#include "core/model/decoder.h"
#include "core/train/adamw.h"

namespace studio {

/// How a shape is trained.
struct StepSettings {
    at::Device device = at::kCPU;
    at::ScalarType type = at::kFloat;
    bool fused = true;
    int threads = 1;
    TrainedPart part{};
    bool recomputing = false;  ///< blocks, in the backward pass
};

/// Whole optimizer steps of one shape with random weights, as the trainer makes them: gradients, their norm,
/// clipping at 1, AdamW. Each run() makes one step for each batch; on other devices than the CPU several,
/// because the host waits for them only at the end, as a training does when it logs.
class TrainingStep {
public:
    TrainingStep(const ModelConfig& config, const StepSettings& settings,
                 const std::vector<PackedBatch>& batches);
    void run();
    /// The first ones made primitives and memory.
    void forgetTimes();

    std::int64_t tokens() const { return m_tokens; }  ///< of a run
    double seconds() const;                           ///< median of a run
    double updateSeconds() const;                     ///< of that, norm and AdamW
    const Decoder& model() const { return *m_model; }
    /// Weights that AdamW updates.
    std::int64_t trained() const { return m_model->trainedCount(); }

private:
    void runHere();
    void runOnDevice();

    std::unique_ptr<Decoder> m_model;
    std::unique_ptr<AdamW> m_optimizer;
    std::vector<DeviceBatch> m_batches;
    std::int64_t m_tokens = 0;
    std::vector<double> m_seconds, m_updateSeconds;
};

/// The threads that the job asks for, which libtorch is then set to.
int useThreads(const BenchJob& job);
/// bfloat16 where it is the faster one, and float32.
std::vector<at::ScalarType> stepTypes(const at::Device& device = at::kCPU);
/// A row with all that a step tells of itself.
BenchRow rowOf(const std::string& bench, const std::string& shape, const TrainingStep& step);

}  // namespace studio
