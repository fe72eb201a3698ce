// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/tensor/weight.h"

namespace studio {

/// Adapters for the products of one block; null where a product has none.
struct BlockAdapters {
    std::unique_ptr<LowRankAdapter> qkv, output, wide, down;
};

/// Adapters for a whole decoder, which are no part of it: Decoder::swapAdapters() puts them beside its
/// weights and takes them away again, so that one loaded model answers as itself and as any of its children.
using AdapterSet = std::vector<BlockAdapters>;  // [layers]

}  // namespace studio
