// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/kernels/simd.h"

namespace studio {
namespace {

template <typename E>
void swigluForward(const E* gateUp, E* out, std::int64_t rows, std::int64_t width) {
#pragma omp parallel for schedule(static)
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* gate = gateUp + row * 2 * width;
        const E* up = gate + width;
        forLanes(width, [&](std::int64_t i, int count) {
            const Vec g = loadFirst(gate + i, count);
            storeFirst(out + row * width + i, g * sigmoid(g) * loadFirst(up + i, count), count);
        });
    }
}

template <typename E>
void swigluBackward(const E* gateUp, const E* outGradient, E* gateUpGradient, std::int64_t rows,
                    std::int64_t width) {
#pragma omp parallel for schedule(static)
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* gate = gateUp + row * 2 * width;
        const E* up = gate + width;
        E* gateGradient = gateUpGradient + row * 2 * width;
        E* upGradient = gateGradient + width;
        forLanes(width, [&](std::int64_t i, int count) {
            const Vec g = loadFirst(gate + i, count);
            const Vec s = sigmoid(g);
            const Vec out = loadFirst(outGradient + row * width + i, count);
            const Vec silu = g * s;
            const Vec upValue = loadFirst(up + i, count);
            storeFirst(upGradient + i, out * silu, count);
            storeFirst(gateGradient + i, out * upValue * s * (1.0F + g - silu), count);
        });
    }
}

constexpr float kGeluSlope = 1.5957691216057308F;  ///< 2 sqrt(2 / pi)
constexpr float kGeluCubic = 0.044715F;
/// Values that one thread takes at a time.
constexpr std::int64_t kStretch = 16384;

/// Runs work(begin, size) over stretches of `count` values on all threads.
template <typename Work>
inline void overStretches(std::int64_t count, Work&& work) {
    const std::int64_t stretches = (count + kStretch - 1) / kStretch;
#pragma omp parallel for schedule(static)
    for (std::int64_t i = 0; i < stretches; ++i) {
        const std::int64_t begin = i * kStretch;
        work(begin, count - begin < kStretch ? count - begin : kStretch);
    }
}

// 0.5 x (1 + tanh(u)) is x sigmoid(2 u).
template <typename E>
void geluForward(const E* x, E* out, std::int64_t count) {
    overStretches(count, [&](std::int64_t begin, std::int64_t size) {
        forLanes(size, [&](std::int64_t i, int lanes) {
            const Vec v = loadFirst(x + begin + i, lanes);
            storeFirst(out + begin + i, v * sigmoid(kGeluSlope * (v + kGeluCubic * v * v * v)), lanes);
        });
    });
}

template <typename E>
void geluBackward(const E* x, const E* outGradient, E* xGradient, std::int64_t count) {
    overStretches(count, [&](std::int64_t begin, std::int64_t size) {
        forLanes(size, [&](std::int64_t i, int lanes) {
            const Vec v = loadFirst(x + begin + i, lanes);
            const Vec square = v * v;
            const Vec s = sigmoid(kGeluSlope * v * (1.0F + kGeluCubic * square));
            const Vec slope = kGeluSlope * (1.0F + 3.0F * kGeluCubic * square);
            const Vec derivative = s + v * s * (1.0F - s) * slope;
            storeFirst(xGradient + begin + i, derivative * loadFirst(outGradient + begin + i, lanes), lanes);
        });
    });
}

template <typename E>
void convertFromFloat(const float* x, E* out, std::int64_t count) {
    overStretches(count, [&](std::int64_t begin, std::int64_t size) {
        forLanes(size, [&](std::int64_t i, int lanes) {
            storeFirst(out + begin + i, loadFirst(x + begin + i, lanes), lanes);
        });
    });
}

}  // namespace
}  // namespace studio
