// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Cross-entropy, sums down columns, and rows of tables.
#pragma once

#include <cmath>

#include "core/tensor/kernels/simd.h"

namespace studio {
namespace {

template <typename E>
inline float crossEntropyRow(const CrossEntropy<E>& c, std::int64_t row) {
    E* logits = c.logits + row * c.width;
    const std::int64_t vocabulary = c.vocabulary;
    const Vec none = all(-3.0e38F);
    Vec most = none;
    forLanes(vocabulary, [&](std::int64_t i, int count) {
        Vec x = loadFirst(logits + i, count);
        if (count < kLanes) x = laneNumbers() < count ? x : none;
        // A NaN may be lost here, but not in the sum of the exponentials: the loss shows it.
        most = maximum(most, x);
    });
    const float top = largest(most);
    Vec total{}, plain{};
    forLanes(vocabulary, [&](std::int64_t i, int count) {
        const Vec x = loadFirst(logits + i, count);
        Vec e = exponential(x - top);
        if (count < kLanes) e = laneNumbers() < count ? e : Vec{};
        total += e;
        plain += x;
    });
    const float logSum = top + std::log(sum(total));
    const std::int64_t label = c.labels[row];
    const float score = scalar(logits[label]);
    const auto words = static_cast<float>(vocabulary);
    const float loss = (1.0F - c.smoothing) * (logSum - score) + c.smoothing * (logSum - sum(plain) / words);
    if (!c.gradient) return loss;
    const float even = c.smoothing / words;
    forLanes(vocabulary, [&](std::int64_t i, int count) {
        const Vec p = exponential(loadFirst(logits + i, count) - logSum);
        storeFirst(logits + i, (p - even) * c.scale, count);
    });
    const float p = std::exp(score - logSum);
    assign(logits[label], (p - even - (1.0F - c.smoothing)) * c.scale);
    for (std::int64_t i = vocabulary; i < c.width; ++i) logits[i] = E{};
    return loss;
}

template <typename E>
void crossEntropyRows(const CrossEntropy<E>& c) {
#pragma omp parallel for schedule(static)
    for (std::int64_t row = 0; row < c.rows; ++row) c.losses[row] = crossEntropyRow(c, row);
}

/// Threads share the columns, so that every sum is made in the order of the rows.
template <typename E>
void columnSums(const E* x, float* sums, std::int64_t rows, std::int64_t width) {
    const std::int64_t strips = (width + 4 * kLanes - 1) / (4 * kLanes);
#pragma omp parallel for schedule(static)
    for (std::int64_t strip = 0; strip < strips; ++strip) {
        const std::int64_t begin = strip * 4 * kLanes;
        const std::int64_t size = width - begin < 4 * kLanes ? width - begin : 4 * kLanes;
        Vec total[4] = {};
        for (std::int64_t row = 0; row < rows; ++row) {
            int part = 0;
            forLanes(size, [&](std::int64_t i, int count) {
                total[part++] += loadFirst(x + row * width + begin + i, count);
            });
        }
        int part = 0;
        forLanes(size, [&](std::int64_t i, int count) {
            float* to = sums + begin + i;
            storeFirst(to, loadFirst(to, count) + total[part++], count);
        });
    }
}

void takeRows(const float* table, const std::int64_t* ids, float* out, std::int64_t rows,
              std::int64_t width) {
#pragma omp parallel for schedule(static)
    for (std::int64_t row = 0; row < rows; ++row)
        std::memcpy(out + row * width, table + ids[row] * width,
                    static_cast<std::size_t>(width) * sizeof(float));
}

/// Threads share the columns: two rows of one id never meet, and the order of the sum is that of the rows.
void addRows(const float* x, const std::int64_t* ids, float* table, std::int64_t rows, std::int64_t width) {
    const std::int64_t strips = (width + 2 * kLanes - 1) / (2 * kLanes);
#pragma omp parallel for schedule(static)
    for (std::int64_t strip = 0; strip < strips; ++strip) {
        const std::int64_t begin = strip * 2 * kLanes;
        const std::int64_t size = width - begin < 2 * kLanes ? width - begin : 2 * kLanes;
        for (std::int64_t row = 0; row < rows; ++row) {
            forLanes(size, [&](std::int64_t i, int count) {
                float* to = table + ids[row] * width + begin + i;
                storeFirst(to, loadFirst(to, count) + loadFirst(x + row * width + begin + i, count), count);
            });
        }
    }
}

}  // namespace
}  // namespace studio
