// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace studio {

/// How many CUDA devices the driver shows to this process; 0 where there is none. It is asked once: it counts
/// them when it is made ready, and not again.
int gpuCount();

/// What the driver says of the CUDA device of this index, without making it ready for computing. Nothing
/// where there is no such device or no driver; the free bytes are not known either of a part of a device
/// (MIG).
std::optional<std::uint64_t> freeGpuBytes(int index);

/// Whether that device multiplies bfloat16 in hardware: compute capability 8.0 (Ampere) or newer.
bool gpuHasBfloat16(int index);

}  // namespace studio
