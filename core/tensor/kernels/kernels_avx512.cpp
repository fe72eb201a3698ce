// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/kernels/kernel_set.h"

namespace studio {

void fillAvx512Kernels(CpuKernels& kernels) {
    fillKernels(kernels);
}

}  // namespace studio
