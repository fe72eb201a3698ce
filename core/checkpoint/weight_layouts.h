// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/model_family.h"
#include "core/tensor/torch.h"

namespace studio {

/// A weight or bias of a family's file as the decoder has it, and back: views where that is possible. `heads`
/// is what HeadByHead parts its rows by. // [outputs, …] <-> as WeightLayout says
Tensor fromStored(const Tensor& stored, WeightLayout layout, std::int64_t heads);
Tensor toStored(const Tensor& own, WeightLayout layout, std::int64_t heads);

}  // namespace studio
