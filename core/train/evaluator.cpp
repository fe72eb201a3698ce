// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/evaluator.h"

#include "core/base/progress.h"
#include "core/train/row_loss_tensors.h"

namespace studio {

Evaluator::Evaluator(const std::vector<Example>& rows, std::int64_t tokenBudget)
    : m_batches(packInOrder(rows, tokenBudget)) {}

Evaluator::Result Evaluator::evaluate(const Decoder& model, const std::stop_token& stop) const {
    Result result;
    std::vector<Tensor> losses;  // on the device until the end: no batch waits for the one before
    for (const PackedBatch& batch : m_batches) {
        throwIfStopped(stop);
        losses.push_back(model.labelLosses(toDevice(batch, model.compute())));
        const std::vector<RowLoss> rows = rowsOf(batch);
        result.rows.insert(result.rows.end(), rows.begin(), rows.end());
    }
    const Tensor all = at::cat(losses).to(at::kCPU).to(at::kDouble);
    fillLosses(result.rows, all.data_ptr<double>());
    result.meanLoss = all.mean().item<double>();
    return result;
}

}  // namespace studio
