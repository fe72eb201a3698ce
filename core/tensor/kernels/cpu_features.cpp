// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/kernels/cpu_features.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace studio {

#if defined(__x86_64__)

bool cpuHasAvx2() {
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
}

bool cpuHasAvx512() {
    // GCC's check asks the operating system, too, whether it saves the wide registers.
    return cpuHasAvx2() && __builtin_cpu_supports("avx512f") != 0 &&
           __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
           __builtin_cpu_supports("avx512vl") != 0;
}

bool cpuHasAvx512Bf16() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return cpuHasAvx512() && __builtin_cpu_supports("avx512vnni") != 0 &&
           __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & (1U << 5)) != 0;
}

bool cpuHasAmxBf16() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return cpuHasAvx512() && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d & (1U << 22)) != 0;
}

#else

bool cpuHasAvx2() {
    return false;
}
bool cpuHasAvx512() {
    return false;
}
bool cpuHasAvx512Bf16() {
    return false;
}
bool cpuHasAmxBf16() {
    return false;
}

#endif

}  // namespace studio
