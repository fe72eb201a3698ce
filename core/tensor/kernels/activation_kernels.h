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

/// The error function to 5e-7: x times a ratio of polynomials in x² up to |x| = 4, where it is 1 in float32.
/// The coefficients are the minimax fit that Eigen and XLA use; the tests compare it with double.
inline Vec errorFunction(Vec x) {
    const Vec v = within(x, -4.0F, 4.0F);
    const Vec s = v * v;
    Vec p = all(-2.72614225801306e-10F);
    p = p * s + 2.77068142495902e-08F;
    p = p * s + -2.10102402082508e-06F;
    p = p * s + -5.69250639462346e-05F;
    p = p * s + -7.34990630326855e-04F;
    p = p * s + -2.95459980854025e-03F;
    p = p * s + -1.60960333262415e-02F;
    Vec q = all(-1.45660718464996e-05F);
    q = q * s + -2.13374055278905e-04F;
    q = q * s + -1.68282697438203e-03F;
    q = q * s + -7.37332916720468e-03F;
    q = q * s + -1.42647390514189e-02F;
    return v * p / q;
}

constexpr float kRootOfHalf = 0.70710678118654752F;
/// e^(-x²/2) times this is the normal density.
constexpr float kNormalDensity = 0.39894228040143268F;

/// x times the normal distribution's share below x.
inline Vec gelu(Vec x) {
    return 0.5F * x * (1.0F + errorFunction(kRootOfHalf * x));
}

template <typename E>
void exactGeluForward(const E* x, E* out, std::int64_t count) {
    overStretches(count, [&](std::int64_t begin, std::int64_t size) {
        forLanes(size, [&](std::int64_t i, int lanes) {
            storeFirst(out + begin + i, gelu(loadFirst(x + begin + i, lanes)), lanes);
        });
    });
}

template <typename E>
void exactGeluBackward(const E* x, const E* outGradient, E* xGradient, std::int64_t count) {
    overStretches(count, [&](std::int64_t begin, std::int64_t size) {
        forLanes(size, [&](std::int64_t i, int lanes) {
            const Vec v = loadFirst(x + begin + i, lanes);
            const Vec below = 0.5F * (1.0F + errorFunction(kRootOfHalf * v));
            const Vec derivative = below + v * kNormalDensity * exponential(-0.5F * v * v);
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
