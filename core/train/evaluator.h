// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "core/data/batch.h"
#include "core/model/decoder.h"

namespace studio {

/// Mean cross-entropy of a model over all labels of some rows. The same rows, in the same batches, every
/// time.
class Evaluator {
public:
    /// `tokenBudget`: tokens evaluated together.
    Evaluator(const std::vector<Example>& rows, std::int64_t tokenBudget);
    bool hasRows() const { return !m_batches.empty(); }
    /// In nats a token; no gradients are kept. Throws Cancelled between batches.
    double meanLoss(const Decoder& model, const std::stop_token& stop) const;

private:
    std::vector<PackedBatch> m_batches;
    std::int64_t m_labelCount = 0;
};

}  // namespace studio
