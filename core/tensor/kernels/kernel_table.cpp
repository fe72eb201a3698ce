// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/kernels/kernel_table.h"

#include <new>

#include "core/tensor/kernels/cpu_features.h"
#include "core/tensor/kernels/kernel_sets.h"

namespace studio {

namespace {

CpuKernels made(const char* name, void (*fill)(CpuKernels&)) {
    CpuKernels kernels;
    kernels.name = name;
    fill(kernels);
    return kernels;
}

/// Best first.
const std::vector<CpuKernels>& supportedKernels() {
    static const std::vector<CpuKernels> all = [] {
        std::vector<CpuKernels> sets;
#if defined(__x86_64__)
        if (cpuHasAvx512Bf16()) sets.push_back(made("avx512_bf16", fillAvx512Bf16Kernels));
        if (cpuHasAvx512()) sets.push_back(made("avx512", fillAvx512Kernels));
        if (cpuHasAvx2()) sets.push_back(made("avx2", fillAvx2Kernels));
#endif
        sets.push_back(made("plain", fillPlainKernels));
        return sets;
    }();
    return all;
}

}  // namespace

const CpuKernels& cpuKernels() {
    return supportedKernels().front();
}

std::vector<const CpuKernels*> allCpuKernels() {
    std::vector<const CpuKernels*> all;
    for (const CpuKernels& kernels : supportedKernels()) all.push_back(&kernels);
    return all;
}

void outOfMemory() {
    throw std::bad_alloc();
}

}  // namespace studio
