// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/tensor/torch.h"

namespace studio {

/// Brings lists of indices to a device in one copy. For CUDA the copy is made from page-locked memory, so
/// that nobody waits for it (libtorch keeps the memory until the device has read it).
class IndexUpload {
public:
    /// `target` becomes a view of what send() copies. // [values] int64
    void add(const std::vector<std::int64_t>& values, Tensor& target);
    /// Sets all targets, which must still be where they were.
    void send(const at::Device& device);

private:
    std::vector<std::int64_t> m_values;
    std::vector<std::pair<Tensor*, std::int64_t>> m_targets;  // and how many values each has
};

/// A single list. // [values] int64
Tensor uploadIndices(const std::vector<std::int64_t>& values, const at::Device& device);

}  // namespace studio
