// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/eight_bit_tensor.h"

#include <vector>

namespace studio {

namespace {

Tensor onDevice(const std::vector<float>& values, const Tensor& like) {
    return at::tensor(values).to(like.device());
}

/// Each value's block's entry. // scales: [blocks] -> [size]
Tensor spread(const Tensor& scales, std::int64_t size) {
    return scales.repeat_interleave(kEightBitBlock).narrow(0, 0, size);
}

}  // namespace

Tensor unpackEightBit(const Tensor& codes, const Tensor& scales, const EightBitMap& map) {
    const Tensor values = onDevice({std::begin(map.values), std::end(map.values)}, codes);
    return values.index_select(0, codes.to(at::kLong)).mul_(spread(scales, codes.numel()));
}

void packEightBit(const Tensor& x, const EightBitMap& map, Tensor codes, Tensor scales) {
    const std::int64_t size = x.numel(), blocks = scales.numel();
    const Tensor padded = at::constant_pad_nd(x, {0, blocks * kEightBitBlock - size});
    scales.copy_(at::amax(padded.abs().view({blocks, kEightBitBlock}), 1));
    const Tensor inverse = at::where(scales > 0, scales.reciprocal(), at::zeros_like(scales));
    std::vector<float> borders;  // between neighbouring codes
    for (int code = 0; code < 255; ++code)
        borders.push_back(0.5F * (map.values[code] + map.values[code + 1]));
    Tensor nearest = at::bucketize(x * spread(inverse, size), onDevice(borders, x));
    // As the kernel does: a variance above 0 never becomes 0.
    if (map.lowest == 0) nearest = at::maximum(nearest, (x > 0).to(nearest.scalar_type()) * (map.zero + 1));
    codes.copy_(nearest);
}

}  // namespace studio
