// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace studio {

/// The highest resident memory of this program since it began, in bytes; 0 where the system does not tell.
/// From /proc/self/status: getrusage() also counts what the process that started this one had until exec().
std::uint64_t peakResidentBytesOfProgram();

}  // namespace studio
