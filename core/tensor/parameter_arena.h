// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/compute.h"
#include "core/tensor/weight.h"

namespace studio {

/// All weights of a model in one piece of memory, and their gradients in another: an update, a norm, a
/// checkpoint is one pass. Matrices, which AdamW decays, come first; norms and biases, which it does not,
/// follow. Places begin on borders of 64 values, what lies between them is 0 and stays 0.
class ParameterArena {
public:
    /// Remembers a weight, which must stay where it is; allocate() sets its tensors.
    void reserve(Weight& weight, std::vector<std::int64_t> shape, bool decays);
    /// All weights become 0. With `rounded`, for the fused kernels alone, there is
    /// a bfloat16 copy of them.
    void allocate(const at::Device& device, bool rounded);
    /// Gradients of 0 for all weights, which become leaves of autograd. Again: sets them to 0.
    void prepareGradients();
    /// Brings the bfloat16 copy up to date after values were written.
    void round();

    bool hasGradients() const { return m_gradients.defined(); }
    const Tensor& values() const { return m_values; }        // [size] float32
    const Tensor& gradients() const { return m_gradients; }  // [size] float32
    const Tensor& rounded() const { return m_rounded; }      // [size] bfloat16, or undefined
    std::int64_t decayedSize() const {
        return m_decayedSize;
    }  ///< values before the first that is not decayed

private:
    struct Place {
        Weight* weight = nullptr;
        std::vector<std::int64_t> shape;
        bool decays = true;
        std::int64_t offset = 0;
        std::int64_t count = 0;
    };
    Tensor view(const Tensor& flat, const Place& place) const;

    std::vector<Place> m_places;
    Tensor m_values, m_gradients, m_rounded;
    std::int64_t m_decayedSize = 0;
};

}  // namespace studio
