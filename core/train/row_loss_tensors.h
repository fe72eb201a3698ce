// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/data/batch.h"
#include "core/storage/row_losses.h"

namespace studio {

/// The rows of a batch with the number of their labels; their losses are not known yet (NaN).
std::vector<RowLoss> rowsOf(const PackedBatch& batch);

/// Gives each row the mean of its labels' losses, which lie row by row. // labelLosses: [labels of all rows]
void fillLosses(std::vector<RowLoss>& rows, const double* labelLosses);

}  // namespace studio
