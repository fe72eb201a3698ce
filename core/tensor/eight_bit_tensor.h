// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/kernels/eight_bit_map.h"
#include "core/tensor/torch.h"

namespace studio {

/// Eight-bit codes as numbers, with one scale for each kEightBitBlock of them, on any device. //
/// codes: [size] uint8, scales: [blocks] -> [size] float32
Tensor unpackEightBit(const Tensor& codes, const Tensor& scales, const EightBitMap& map);
/// The nearest codes, and each block's greatest magnitude as its scale. // x: [size] float32
void packEightBit(const Tensor& x, const EightBitMap& map, Tensor codes, Tensor scales);

}  // namespace studio
