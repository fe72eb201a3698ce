// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/config/settings.h"
#include "core/data/batch.h"
#include "core/model/decoder.h"
#include "core/train/step_log.h"

namespace studio {

/// Computes the gradients of one optimizer step: takes its rows from the sampler, lays them out in
/// micro-batches, and goes forward and backward through the model. Holds references.
class StepGradients {
public:
    StepGradients(Decoder& model, BatchSampler& sampler, const TrainSettings& settings)
        : m_model(model), m_sampler(sampler), m_settings(settings) {}

    struct Result {
        MadeStep made;  ///< tokens and rows are known
        Tensor loss;    ///< mean over the labels, on the device; [] float64
    };
    /// Adds the gradients of step `step` to the model's. `lossScale` undefined: 1. Throws Cancelled between
    /// micro-batches.
    Result compute(std::int64_t step, const Tensor& lossScale, const std::stop_token& stop);

private:
    std::vector<PackedBatch> microBatches();
    LossSettings lossSettings(std::int64_t step, std::size_t microBatch, double share) const;

    Decoder& m_model;
    BatchSampler& m_sampler;
    const TrainSettings& m_settings;
};

}  // namespace studio
