// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/kernels/decode_table.h"
#include "core/tensor/torch.h"

namespace studio {

/// How the kernels widen these numbers of 16 bits. // weights: bfloat16 or float16
inline DecodeFormat wideFormat(const Tensor& weights) {
    return weights.scalar_type() == at::kHalf ? DecodeFormat::WideFloat16 : DecodeFormat::WideBfloat16;
}

}  // namespace studio
