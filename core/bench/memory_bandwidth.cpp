// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/memory_bandwidth.h"

#include <omp.h>

#include <cstdint>
#include <cstring>

#include "core/bench/shape_runs.h"
#include "core/bench/stopwatch.h"
#include "core/tensor/huge_pages.h"

namespace studio {

namespace {

/// 256 MiB: far more than any cache of such a machine.
constexpr std::int64_t kValues = 64LL << 20;
constexpr std::int64_t kStretch = 16384;

using Eight = float __attribute__((vector_size(32)));

}  // namespace

MemoryBandwidth::MemoryBandwidth() : m_values(onHugePages(at::empty({kValues}, at::kFloat)).fill_(1.0)) {}

void MemoryBandwidth::measure() {
    const float* values = m_values.data_ptr<float>();
    float sum = 0.0F;
    const Stopwatch watch;
#pragma omp parallel for schedule(static) reduction(+ : sum)
    for (std::int64_t stretch = 0; stretch < kValues / kStretch; ++stretch) {
        const float* from = values + stretch * kStretch;
        Eight sums[8] = {};
        for (std::int64_t i = 0; i < kStretch; i += 64) {
            Eight parts[8];
            std::memcpy(parts, from + i, sizeof parts);
            for (int j = 0; j < 8; ++j) sums[j] += parts[j];
        }
        for (const Eight& eight : sums) sum += eight[0];
    }
    const double seconds = watch.seconds();
    m_sum += sum;
    m_rates.push_back(static_cast<double>(kValues) * sizeof(float) / seconds);
}

void MemoryBandwidth::measureCopy() {
    if (!m_copy.defined()) m_copy = zerosOnHugePages(m_values);
    const float* from = m_values.data_ptr<float>();
    float* to = m_copy.data_ptr<float>();
    const Stopwatch watch;
    // One large piece a thread: then memcpy() writes past the caches, and nothing is read only to be
    // overwritten.
#pragma omp parallel
    {
        const std::int64_t threads = omp_get_num_threads(), thread = omp_get_thread_num();
        const std::int64_t begin = kValues * thread / threads, end = kValues * (thread + 1) / threads;
        std::memcpy(to + begin, from + begin, static_cast<std::size_t>(end - begin) * sizeof(float));
    }
    m_copyRates.push_back(2.0 * static_cast<double>(kValues) * sizeof(float) / watch.seconds());
}

double MemoryBandwidth::bytesPerSecond() const {
    return median(m_rates);
}

double MemoryBandwidth::copiedBytesPerSecond() const {
    return median(m_copyRates);
}

}  // namespace studio
