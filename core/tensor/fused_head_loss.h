// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/ops.h"

namespace studio {

/// Ops::crossEntropy on the fused kernels: the output product, the losses and their gradients slice by slice.
Losses fusedCrossEntropy(const Tensor& hidden, const Weight& head, std::int64_t vocabulary,
                         const Tensor& labels, const LossSettings& settings);

}  // namespace studio
