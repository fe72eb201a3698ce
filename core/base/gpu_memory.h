// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace studio {

/// Bytes that are free on the CUDA device of this index, by the driver's management library; nothing is made
/// ready for computing. Nothing where there is no such device or no driver.
std::optional<std::uint64_t> freeGpuBytes(int index);

}  // namespace studio
