// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace studio {

struct CpuKernels;

/// One a translation unit; each may be called only on a CPU that has its instructions.
void fillPlainKernels(CpuKernels& kernels);
void fillAvx2Kernels(CpuKernels& kernels);
void fillAvx512Kernels(CpuKernels& kernels);
void fillAvx512Bf16Kernels(CpuKernels& kernels);

/// Throws std::bad_alloc; out of line, so that no kernel unit instantiates anything of the standard library.
[[noreturn]] void outOfMemory();

}  // namespace studio
