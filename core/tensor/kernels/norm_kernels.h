// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdlib>

#include "core/tensor/kernels/simd.h"

namespace studio {
namespace {

template <typename E>
void addNormForward(const AddNorm<E>& n) {
    const std::int64_t width = n.width;
#pragma omp parallel for schedule(static)
    for (std::int64_t row = 0; row < n.rows; ++row) {
        const float* x = n.residual + row * width;
        Vec total{}, squares{};
        if (n.delta) {
            const E* delta = n.delta + row * width;
            float* sums = n.sum + row * width;
            forLanes(width, [&](std::int64_t i, int count) {
                const Vec value = loadFirst(x + i, count) + loadFirst(delta + i, count);
                storeFirst(sums + i, value, count);
                total += value;
                squares += value * value;
            });
            x = sums;
        } else {
            forLanes(width, [&](std::int64_t i, int count) {
                const Vec value = loadFirst(x + i, count);
                total += value;
                squares += value * value;
            });
        }
        const auto size = static_cast<float>(width);
        float mean = 0.0F;
        float variance = sum(squares) / size;
        if (n.bias) {
            mean = sum(total) / size;
            // In a second pass: the mean of squares less the square of the mean loses all digits where the
            // mean is large.
            Vec spread{};
            forLanes(width, [&](std::int64_t i, int count) {
                Vec off = loadFirst(x + i, count) - mean;
                if (count < kLanes) off = laneNumbers() < count ? off : Vec{};
                spread += off * off;
            });
            variance = sum(spread) / size;
            n.mean[row] = mean;
        }
        const float inverse = 1.0F / std::sqrt(variance + n.epsilon);
        n.inverseDeviation[row] = inverse;
        E* normed = n.normed + row * width;
        forLanes(width, [&](std::int64_t i, int count) {
            Vec y = (loadFirst(x + i, count) - mean) * inverse * loadFirst(n.weight + i, count);
            if (n.bias) y += loadFirst(n.bias + i, count);
            storeFirst(normed + i, y, count);
        });
    }
}

/// One row; adds its share of the gradients of weight and bias.
template <typename E>
inline void addNormGradientRow(const AddNormGradient<E>& n, std::int64_t row, float* weightShare,
                               float* biasShare) {
    const std::int64_t width = n.width;
    const float* x = n.sum + row * width;
    const E* gradient = n.normedGradient + row * width;
    const float mean = n.mean ? n.mean[row] : 0.0F;
    const float inverse = n.inverseDeviation[row];
    Vec plain{}, along{};
    forLanes(width, [&](std::int64_t i, int count) {
        const Vec unit = (loadFirst(x + i, count) - mean) * inverse;
        const Vec g = loadFirst(gradient + i, count);  // 0 behind the end
        const Vec weighted = g * loadFirst(n.weight + i, count);
        plain += weighted;
        along += weighted * unit;
        storeFirst(weightShare + i, loadFirst(weightShare + i, count) + g * unit, count);
        if (biasShare) storeFirst(biasShare + i, loadFirst(biasShare + i, count) + g, count);
    });
    const auto size = static_cast<float>(width);
    const float plainMean = n.mean ? sum(plain) / size : 0.0F;
    const float alongMean = sum(along) / size;
    forLanes(width, [&](std::int64_t i, int count) {
        const Vec unit = (loadFirst(x + i, count) - mean) * inverse;
        const Vec weighted = loadFirst(gradient + i, count) * loadFirst(n.weight + i, count);
        Vec result = inverse * (weighted - plainMean - unit * alongMean);
        if (n.sumGradient) result += loadFirst(n.sumGradient + row * width + i, count);
        storeFirst(n.residualGradient + row * width + i, result, count);
        if (n.deltaGradient) storeFirst(n.deltaGradient + row * width + i, result, count);
    });
}

/// Rows are shared out in blocks of this size, each with sums of its own that are added in order: the result
/// does not depend on the number of threads.
constexpr std::int64_t kNormBlock = 256;

template <typename E>
void addNormBackward(const AddNormGradient<E>& n) {
    const std::int64_t width = n.width;
    const std::int64_t blocks = (n.rows + kNormBlock - 1) / kNormBlock;
    const std::int64_t shares = n.biasGradient ? 2 : 1;
    auto* partial =
        static_cast<float*>(std::calloc(static_cast<std::size_t>(blocks * shares * width), sizeof(float)));
    if (!partial) outOfMemory();
#pragma omp parallel for schedule(static)
    for (std::int64_t block = 0; block < blocks; ++block) {
        float* weightShare = partial + block * shares * width;
        float* biasShare = n.biasGradient ? weightShare + width : nullptr;
        const std::int64_t end = (block + 1) * kNormBlock < n.rows ? (block + 1) * kNormBlock : n.rows;
        for (std::int64_t row = block * kNormBlock; row < end; ++row)
            addNormGradientRow(n, row, weightShare, biasShare);
    }
    for (std::int64_t block = 0; block < blocks; ++block) {
        const float* share = partial + block * shares * width;
        for (std::int64_t i = 0; n.weightGradient && i < width; ++i) n.weightGradient[i] += share[i];
        for (std::int64_t i = 0; n.biasGradient && i < width; ++i) n.biasGradient[i] += share[width + i];
    }
    std::free(partial);
}

}  // namespace
}  // namespace studio
