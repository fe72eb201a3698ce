// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/batch.h"
#include "core/tensor/compute.h"

namespace studio {

/// A packed batch on the device, with the index tensors that attention and the loss need, made once a batch.
/// No [batch, time] padded tensor is part of it: rows lie end to end. For the fused kernels the counts of
/// tokens and of label rows are rounded up to a multiple of 64 (few shapes of products, bounded memory); the
/// tokens behind the last boundary belong to no row, the label rows behind labelCount to no label.
struct DeviceBatch {
    /// Rows of similar length that attention treats together in the ATen composition. Rows are padded to the
    /// group's longest only inside the attention product; no other operation sees padding.
    struct Group {
        std::int64_t rows = 0;
        std::int64_t longest = 0;
        Tensor
            gather;  // [rows * longest], index into the packed tokens; padding repeats the row's first token
        Tensor valid;  // [tokens of the group], index into rows * longest; undefined when there is no padding
        bool contiguous =
            false;  ///< the group is the whole batch in order and without padding: no gathering at all
    };

    Tensor ids;                            // [tokens]
    Tensor positions;                      // [tokens]
    Tensor labelRows;                      // [label rows], index of the tokens that have a label
    Tensor labels;                         // [labels]
    std::vector<std::int32_t> boundaries;  // [rows + 1], cumulative lengths from 0, on the host
    std::vector<Group> groups;             ///< empty for the fused kernels
    Tensor scatter;  // [tokens], order of the groups' outputs back to packed order; undefined when it is the
                     // identity
    std::int64_t tokenCount = 0;  ///< of rows, without what was rounded up
    std::int64_t labelCount = 0;
};

/// All index tensors are views of one that is copied once, without waiting for the device.
DeviceBatch toDevice(const PackedBatch& batch, const Compute& compute);

}  // namespace studio
