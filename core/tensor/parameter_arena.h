// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/compute.h"
#include "core/tensor/kernels/kernel_table.h"
#include "core/tensor/weight.h"

namespace studio {

/// All trained weights of a model in one piece of memory, and their gradients in another: an update, a norm,
/// a checkpoint is one pass. Matrices, which AdamW decays, come first; norms and biases, which it does not,
/// follow. Places begin on borders of 64 values, what lies between them is 0 and stays 0. Frozen weights lie
/// in memory of their own, matrices in one type alone: that of the products, or the one that is asked for.
class ParameterArena {
public:
    enum class Role { Matrix, Vector };  ///< matrices are multiplied and decayed
    /// Remembers a weight, which must stay where it is; allocate() sets its tensors.
    void reserve(Weight& weight, std::vector<std::int64_t> shape, Role role, bool trained = true);
    /// All weights become 0. With `rounded`, for the fused kernels alone, there is a bfloat16 copy of the
    /// trained matrices. `frozen`: the type of frozen matrices; where it is not float32 they have no value,
    /// only what is called their rounded copy.
    void allocate(const at::Device& device, bool rounded, at::ScalarType frozen);
    /// In the place of allocate(): the weights are views of `other`'s memory, which was reserved in the same
    /// way.
    void share(const ParameterArena& other);
    /// Gradients of 0 for all trained weights, which become leaves of autograd. Again: sets them to 0.
    void prepareGradients();
    /// Brings the bfloat16 copy up to date after values were written.
    void round();

    bool hasGradients() const { return m_gradients.defined(); }
    const Tensor& values() const { return m_values; }        // [trained] float32
    const Tensor& gradients() const { return m_gradients; }  // [trained] float32
    const Tensor& rounded() const { return m_rounded; }      // [trained] bfloat16, or undefined
    /// Values before the first that is not decayed.
    std::int64_t decayedSize() const { return m_decayedSize; }

private:
    struct Place {
        Weight* weight = nullptr;
        std::vector<std::int64_t> shape;
        Role role = Role::Matrix;
        bool trained = true;
        std::int64_t offset = 0;
        std::int64_t count = 0;
    };
    std::int64_t arrange(Role role, bool trained, std::int64_t offset);
    static Tensor view(const Tensor& flat, const Place& place);
    /// Lays out all places and returns the numbers of each kind.
    struct Sizes {
        std::int64_t trained = 0, frozenMatrices = 0, frozenVectors = 0;
    };
    Sizes arrangeAll();
    void viewAll();

    std::vector<Place> m_places;
    Tensor m_values, m_gradients, m_rounded;
    Tensor m_frozenMatrices, m_frozenVectors;
    std::int64_t m_decayedSize = 0;
};

/// What AdamW's kernel takes of `count` values from `begin` on: weights, gradients and the bfloat16 copy.
AdamWUpdate adamWUpdate(const ParameterArena& arena, std::int64_t begin, std::int64_t count);

}  // namespace studio
