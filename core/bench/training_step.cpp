// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/training_step.h"

#include "core/bench/shape_runs.h"
#include "core/bench/stopwatch.h"

namespace studio {

namespace {

/// As often as a training reads its figures from a device.
constexpr int kStepsOfADevice = 10;

}  // namespace

TrainingStep::TrainingStep(const ModelConfig& config, const StepSettings& settings,
                           const std::vector<PackedBatch>& batches) {
    Compute compute;
    compute.device = settings.device;
    compute.matmulType = settings.type;
    compute.fused = settings.fused;
    compute.threads = settings.threads;
    m_model = std::make_unique<Decoder>(config, compute, settings.part);
    m_model->initialize(1);
    if (settings.part.lora) m_model->initializeAdapters(2);
    m_model->prepareTraining();
    m_model->setRecomputing(settings.recomputing);
    m_optimizer = std::make_unique<AdamW>(m_model->arena(), AdamWSettings{0.9, 0.95, 1e-8, 0.1});
    for (const PackedBatch& batch : batches) {
        m_batches.push_back(toDevice(batch, compute));
        m_tokens += m_batches.back().tokenCount;
    }
}

void TrainingStep::run() {
    m_model->compute().readingWaits() ? runOnDevice() : runHere();
}

void TrainingStep::runOnDevice() {
    const Stopwatch watch;
    Tensor losses;
    for (int i = 0; i < kStepsOfADevice; ++i) {
        for (const DeviceBatch& batch : m_batches) {
            const double share = 1.0 / static_cast<double>(batch.labelCount);
            losses = m_model->accumulateGradients(batch, {share, 0.0, {}});
            m_optimizer->step(1e-4, figuresOnDevice(m_model->arena().gradients(), 1.0, {}).scale);
        }
    }
    losses.sum(at::kDouble).item<double>();
    m_seconds.push_back(watch.seconds() / kStepsOfADevice);
}

void TrainingStep::runHere() {
    const Stopwatch watch;
    double update = 0.0;
    for (const DeviceBatch& batch : m_batches) {
        const double share = 1.0 / static_cast<double>(batch.labelCount);
        const Tensor losses = m_model->accumulateGradients(batch, {share, 0.0, {}});
        losses.sum(at::kDouble).item<double>();
        update += secondsOf([&] { m_optimizer->step(1e-4, clipScale(m_optimizer->gradientNorm(), 1.0)); });
    }
    m_seconds.push_back(watch.seconds());
    m_updateSeconds.push_back(update);
}

void TrainingStep::forgetTimes() {
    m_seconds.clear();
    m_updateSeconds.clear();
}

double TrainingStep::seconds() const {
    return median(m_seconds);
}

double TrainingStep::updateSeconds() const {
    return median(m_updateSeconds);
}

int useThreads(const BenchJob& job) {
    return useThreads(job.threads);
}

std::vector<at::ScalarType> stepTypes(const at::Device& device) {
    if (device.is_cpu() ? cpuHasFastBfloat16() : deviceHasBfloat16(device))
        return {at::kBFloat16, at::kFloat};
    return {at::kFloat};
}

BenchRow rowOf(const std::string& bench, const std::string& shape, const TrainingStep& step) {
    BenchRow row;
    row.bench = bench;
    row.shape = shape;
    const Compute& compute = step.model().compute();
    row.contender = compute.fused ? "fused" : compute.device.is_cpu() ? "ATen" : compute.deviceName();
    row.precision = compute.precisionName();
    row.milliseconds = step.seconds() * 1e3;
    row.tokensPerSecond = static_cast<double>(step.tokens()) / step.seconds();
    return row;
}

}  // namespace studio
