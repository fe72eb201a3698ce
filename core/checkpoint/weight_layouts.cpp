// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/weight_layouts.h"

namespace studio {

namespace {

/// Rows [a, b, component] become [b, a, component].
Tensor partsSwapped(const Tensor& x, std::int64_t a, std::int64_t b) {
    std::vector<std::int64_t> parted{a, b, x.size(0) / (a * b)};
    for (std::int64_t i = 1; i < x.dim(); ++i) parted.push_back(x.size(i));
    return x.reshape(parted).transpose(0, 1).reshape(x.sizes());
}

constexpr std::int64_t kQueryKeyValue = 3;

}  // namespace

Tensor fromStored(const Tensor& stored, WeightLayout layout, std::int64_t heads) {
    if (layout == WeightLayout::Transposed) return stored.t();
    return layout == WeightLayout::HeadByHead ? partsSwapped(stored, heads, kQueryKeyValue) : stored;
}

Tensor toStored(const Tensor& own, WeightLayout layout, std::int64_t heads) {
    if (layout == WeightLayout::Transposed) return own.t();
    return layout == WeightLayout::HeadByHead ? partsSwapped(own, kQueryKeyValue, heads) : own;
}

}  // namespace studio
