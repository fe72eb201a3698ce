// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace studio {

/// What the driver says of the CUDA device of this index, without making it ready for computing. Nothing
/// where there is no such device or no driver; the free bytes are not known either of a part of a device
/// (MIG).
std::optional<std::uint64_t> freeGpuBytes(int index);
std::optional<int> gpuComputeMajor(int index);  ///< compute capability: 8 is Ampere

}  // namespace studio
