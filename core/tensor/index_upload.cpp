// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/index_upload.h"

#include <algorithm>

namespace studio {

void IndexUpload::add(const std::vector<std::int64_t>& values, Tensor& target) {
    m_values.insert(m_values.end(), values.begin(), values.end());
    m_targets.emplace_back(&target, static_cast<std::int64_t>(values.size()));
}

void IndexUpload::send(const at::Device& device) {
    const Tensor all = uploadIndices(m_values, device);
    std::int64_t first = 0;
    for (const auto& [target, count] : m_targets) {
        *target = all.narrow(0, first, count);
        first += count;
    }
}

Tensor uploadIndices(const std::vector<std::int64_t>& values, const at::Device& device) {
    const auto options = at::TensorOptions().dtype(at::kLong).pinned_memory(device.is_cuda());
    const Tensor host = at::empty({static_cast<std::int64_t>(values.size())}, options);
    std::copy(values.begin(), values.end(), host.data_ptr<std::int64_t>());
    return device.is_cpu() ? host : host.to(device, at::kLong, /*non_blocking=*/true);
}

}  // namespace studio
