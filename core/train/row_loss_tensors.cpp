// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/row_loss_tensors.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace studio {

std::vector<RowLoss> rowsOf(const PackedBatch& batch) {
    std::vector<RowLoss> rows;
    for (std::size_t i = 0; i < batch.rowIds.size(); ++i) {
        const auto begin = batch.labels.begin() + batch.boundaries[i];
        const auto end = batch.labels.begin() + batch.boundaries[i + 1];
        const auto labels =
            std::count_if(begin, end, [](std::int64_t label) { return label != PackedBatch::kIgnored; });
        rows.push_back({batch.rowIds[i], std::numeric_limits<double>::quiet_NaN(), labels});
    }
    return rows;
}

void fillLosses(std::vector<RowLoss>& rows, const double* labelLosses) {
    for (RowLoss& row : rows) {
        if (row.labels > 0)
            row.loss =
                std::accumulate(labelLosses, labelLosses + row.labels, 0.0) / static_cast<double>(row.labels);
        labelLosses += row.labels;
    }
}

}  // namespace studio
