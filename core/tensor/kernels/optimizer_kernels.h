// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>

#include "core/tensor/kernels/activation_kernels.h"

namespace studio {
namespace {

/// In float64 over stretches of fixed size that are added in order: the same for any number of threads.
double squareSum(const float* x, std::int64_t count) {
    constexpr std::int64_t kPart = 65536;
    const std::int64_t parts = (count + kPart - 1) / kPart;
    if (parts == 0) return 0.0;
    auto* sums = static_cast<double*>(std::malloc(static_cast<std::size_t>(parts) * sizeof(double)));
    if (!sums) outOfMemory();
#pragma omp parallel for schedule(static)
    for (std::int64_t part = 0; part < parts; ++part) {
        const std::int64_t begin = part * kPart;
        const std::int64_t size = count - begin < kPart ? count - begin : kPart;
        double total = 0.0;
        for (std::int64_t i = 0; i < size; i += 1024) {
            Vec squares{};
            forLanes(size - i < 1024 ? size - i : 1024, [&](std::int64_t j, int lanes) {
                const Vec v = loadFirst(x + begin + i + j, lanes);
                squares += v * v;
            });
            total += static_cast<double>(sum(squares));
        }
        sums[part] = total;
    }
    double total = 0.0;
    for (std::int64_t part = 0; part < parts; ++part) total += sums[part];
    std::free(sums);
    return total;
}

void adamWStep(const AdamWUpdate& u) {
    const float decay = 1.0F - u.learningRate * u.weightDecay;
    const float size = u.learningRate / u.correction1;
    const float inverse2 = 1.0F / u.correction2;
    overStretches(u.count, [&](std::int64_t begin, std::int64_t stretch) {
        forLanes(stretch, [&](std::int64_t offset, int lanes) {
            const std::int64_t i = begin + offset;
            const Vec gradient = loadFirst(u.gradients + i, lanes) * u.gradientScale;
            const Vec mean = loadFirst(u.means + i, lanes) * u.beta1 + gradient * (1.0F - u.beta1);
            const Vec variance =
                loadFirst(u.variances + i, lanes) * u.beta2 + gradient * gradient * (1.0F - u.beta2);
            const Vec step = mean * size / (squareRoot(variance * inverse2) + u.epsilon);
            const Vec weight = loadFirst(u.weights + i, lanes) * decay - step;
            storeFirst(u.means + i, mean, lanes);
            storeFirst(u.variances + i, variance, lanes);
            storeFirst(u.weights + i, weight, lanes);
            if (u.copy) storeFirst(u.copy + i, weight, lanes);
        });
    });
}

}  // namespace
}  // namespace studio
