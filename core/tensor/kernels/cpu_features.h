// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace studio {

/// What this CPU and its operating system offer; false everywhere but on x86-64.
bool cpuHasAvx2();        ///< with FMA
bool cpuHasAvx512();      ///< F, BW, DQ and VL
bool cpuHasAvx512Bf16();  ///< and products of bfloat16 and of bytes (VNNI)
bool cpuHasAmxBf16();

}  // namespace studio
