// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_gradients.h"

#include "core/base/progress.h"
#include "core/train/row_loss_tensors.h"

namespace studio {

// A step's rows are those of batch rows times accumulation, whatever they are computed in.
std::vector<PackedBatch> StepGradients::microBatches() {
    std::vector<PackedBatch> batches;
    std::vector<const Example*> rows;
    for (std::int64_t i = 0; i < m_settings.accumulation; ++i) {
        const std::vector<const Example*> next = m_sampler.nextRows();
        if (m_settings.batchTokens > 0)
            rows.insert(rows.end(), next.begin(), next.end());
        else
            batches.push_back(packExamples(next));
    }
    return m_settings.batchTokens > 0 ? packWithin(rows, m_settings.batchTokens) : batches;
}

// The seed follows from step and micro-batch, so that a run that is resumed draws the same noise and leaves
// out the same inputs.
LossSettings StepGradients::lossSettings(std::int64_t step, std::size_t microBatch, double share) const {
    Random random(static_cast<std::uint64_t>(m_settings.seed) ^
                  (static_cast<std::uint64_t>(step) * 0x9e3779b97f4a7c15ULL + microBatch));
    LossSettings settings{share, m_settings.labelSmoothing, {m_settings.neftuneAlpha, random.next()}, {}};
    settings.dropout = {m_settings.method == "lora" ? m_settings.loraDropout : 0.0, random.next()};
    return settings;
}

StepGradients::Result StepGradients::compute(std::int64_t step, const Tensor& lossScale,
                                             const std::stop_token& stop) {
    // The step's mean is over all its labels, so the count must be known before the first backward pass.
    const std::vector<PackedBatch> batches = microBatches();
    std::int64_t labels = 0;
    for (const PackedBatch& batch : batches) labels += batch.labelCount;
    const double share = 1.0 / static_cast<double>(labels);
    Result result;
    std::vector<Tensor> labelLosses;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        throwIfStopped(stop);
        const Tensor losses = m_model.accumulateGradients(toDevice(batches[i], m_model.compute()),
                                                          lossSettings(step, i, share), lossScale);
        const Tensor part = losses.sum(at::kDouble) * share;
        result.loss = result.loss.defined() ? result.loss + part : part;
        result.made.tokens += static_cast<std::int64_t>(batches[i].ids.size());
        const std::vector<RowLoss> rows = rowsOf(batches[i]);
        result.made.rows.insert(result.made.rows.end(), rows.begin(), rows.end());
        labelLosses.push_back(losses);
    }
    result.made.labelLosses = labelLosses.size() == 1 ? labelLosses.front() : at::cat(labelLosses);
    return result;
}

}  // namespace studio
