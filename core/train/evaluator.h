// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <vector>

#include "core/data/batch.h"
#include "core/model/decoder.h"
#include "core/storage/row_losses.h"

namespace studio {

/// Mean cross-entropy of a model over all labels of some rows. The same rows, in the same batches, every
/// time.
class Evaluator {
public:
    /// `tokenBudget`: tokens evaluated together.
    Evaluator(const std::vector<Example>& rows, std::int64_t tokenBudget);
    bool hasRows() const { return !m_batches.empty(); }
    struct Result {
        double meanLoss = 0.0;  ///< nats a label
        std::vector<RowLoss> rows;
    };
    /// No gradients are kept; waits for the device once, at the end. Throws Cancelled between batches.
    Result evaluate(const Decoder& model, const std::stop_token& stop) const;

private:
    std::vector<PackedBatch> m_batches;
};

}  // namespace studio
