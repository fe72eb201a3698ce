// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/tensor/torch.h"

namespace studio::test {

/// An accelerator for tests, "privateuseone:0": its tensors lie in host memory, and every operator is
/// libtorch's CPU kernel behind the fallback for foreign back ends. What a real device punishes is an error
/// or is counted here: an operator that gets tensors of two devices throws; whatever would make the host wait
/// for the device is counted. Registered by the first call.
at::Device pretendDevice();

/// What happened in this process since it began, on all threads.
struct PretendDeviceCounts {
    std::int64_t operators = 0;  ///< run on the device
    /// The host waited: it read a number or a tensor, sent one without non_blocking, or ran an operator whose
    /// result's size depends on values.
    std::int64_t hostWaits = 0;
};
PretendDeviceCounts pretendDeviceCounts();

}  // namespace studio::test
