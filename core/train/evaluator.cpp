// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/evaluator.h"

#include "core/base/progress.h"

namespace studio {

Evaluator::Evaluator(const std::vector<Example>& rows, std::int64_t tokenBudget)
    : m_batches(packInOrder(rows, tokenBudget)) {
    for (const PackedBatch& batch : m_batches) m_labelCount += batch.labelCount;
}

double Evaluator::meanLoss(const Decoder& model, const std::stop_token& stop) const {
    const at::NoGradGuard noGrad;
    Tensor sum;  // [] float64, on the device until the end: no batch waits for the one before
    for (const PackedBatch& batch : m_batches) {
        throwIfStopped(stop);
        const Tensor part = model.lossSum(toDevice(batch, model.compute())).to(at::kDouble);
        sum = sum.defined() ? sum + part : part;
    }
    return sum.item<double>() / static_cast<double>(m_labelCount);
}

}  // namespace studio
