// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/data/batch.h"
#include "core/tensor/compute.h"

namespace studio {

/// A packed batch on the device, with the index tensors that attention and the loss need, made once a batch.
/// No [batch, time] padded tensor is part of it: rows lie end to end.
struct DeviceBatch {
    /// Rows of similar length that attention treats together. Rows are padded to the group's longest only
    /// inside the attention product; no other operation sees padding.
    struct Group {
        std::int64_t rows = 0;
        std::int64_t longest = 0;
        Tensor
            gather;  // [rows * longest], index into the packed tokens; padding repeats the row's first token
        Tensor valid;  // [tokens of the group], index into rows * longest; undefined when there is no padding
        bool contiguous =
            false;  ///< the group is the whole batch in order and without padding: no gathering at all
    };

    Tensor ids;        // [tokens]
    Tensor positions;  // [tokens]
    Tensor labelRows;  // [labels], index of the tokens that have a label
    Tensor labels;     // [labels]
    std::vector<Group> groups;
    Tensor scatter;  // [tokens], order of the groups' outputs back to packed order; undefined when it is the
                     // identity
    std::int64_t tokenCount = 0;
    std::int64_t labelCount = 0;
};

DeviceBatch toDevice(const PackedBatch& batch, const at::Device& device);

/// Cosines and sines of rotary position embedding (Su et al. 2021, https://arxiv.org/abs/2104.09864),
/// rotate-half layout as in Hugging Face checkpoints. // cos, sin: [positions, headSize]
struct RotaryTable {
    Tensor cos;
    Tensor sin;
};
RotaryTable makeRotaryTable(std::int64_t positions, std::int64_t headSize, double theta,
                            const at::Device& device);

/// The coarse operations a decoder is made of: the border behind which further back ends (fused CPU kernels)
/// can stand. All differentiable. Tensors are float32 unless the text says otherwise; products use
/// Compute::matmulType.
class Ops {
public:
    virtual ~Ops() = default;

    /// Root mean square norm (Zhang and Sennrich 2019). // x: [tokens, hidden], weight: [hidden]
    virtual Tensor rmsNorm(const Tensor& x, const Tensor& weight, double epsilon) const = 0;
    /// x W^T + b. `bias` may be undefined. // x: [tokens, in], weight: [out, in] -> [tokens, out]
    virtual Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias) const = 0;
    /// Rotates queries or keys by their position. // x: [tokens, heads, headSize], positions: [tokens]
    virtual Tensor rotary(const Tensor& x, const Tensor& positions, const RotaryTable& table) const = 0;
    /// Causal attention within each row only; key/value heads are shared by groups of query heads (Ainslie et
    /// al. 2023).
    /// // query: [tokens, heads, headSize], key and value: [tokens, kvHeads, headSize] -> [tokens, heads,
    /// headSize]
    virtual Tensor attention(const Tensor& query, const Tensor& key, const Tensor& value,
                             const DeviceBatch& batch) const = 0;
    /// Attention of the newest tokens of one sequence over everything cached, themselves included.
    /// // query: [new, heads, headSize], key and value: [kvHeads, past + new, headSize] -> [new, heads,
    /// headSize]
    virtual Tensor cachedAttention(const Tensor& query, const Tensor& key, const Tensor& value) const = 0;
    /// silu(gate) * up (Shazeer 2020). // both [tokens, intermediate]
    virtual Tensor swiglu(const Tensor& gate, const Tensor& up) const = 0;
    /// Sum of cross-entropies in nats. // hidden: [labels, hidden], head: [vocabulary, hidden], labels:
    /// [labels]
    virtual Tensor crossEntropySum(const Tensor& hidden, const Tensor& head, const Tensor& labels) const = 0;
};

/// The plain composition of ATen operators: runs on every device, and is the reference every other back end
/// is tested against.
std::unique_ptr<Ops> makeAtenOps(const Compute& compute);

}  // namespace studio
