// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace studio {

/// "812 bytes", "34 kB", "1.2 GB": powers of 1000, two digits where the first is small.
std::string byteText(std::uint64_t bytes);

}  // namespace studio
