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

/// What a step of AdamW does to some lanes, apart from where the moments are kept.
struct AdamWLanes {
    const AdamWUpdate& u;
    float decay = 1.0F - u.learningRate * u.weightDecay;
    float size = u.learningRate / u.correction1;
    float inverse2 = 1.0F / u.correction2;

    void step(std::int64_t i, int lanes, Vec& mean, Vec& variance) const {
        const Vec gradient = loadFirst(u.gradients + i, lanes) * u.gradientScale;
        mean = mean * u.beta1 + gradient * (1.0F - u.beta1);
        variance = variance * u.beta2 + gradient * gradient * (1.0F - u.beta2);
        const Vec change = mean * size / (squareRoot(variance * inverse2) + u.epsilon);
        const Vec weight = loadFirst(u.weights + i, lanes) * decay - change;
        storeFirst(u.weights + i, weight, lanes);
        if (u.copy) storeFirst(u.copy + i, weight, lanes);
    }
};

void adamWStep(const AdamWUpdate& u) {
    const AdamWLanes adamW{u};
    overStretches(u.count, [&](std::int64_t begin, std::int64_t stretch) {
        forLanes(stretch, [&](std::int64_t offset, int lanes) {
            const std::int64_t i = begin + offset;
            Vec mean = loadFirst(u.means + i, lanes), variance = loadFirst(u.variances + i, lanes);
            adamW.step(i, lanes, mean, variance);
            storeFirst(u.means + i, mean, lanes);
            storeFirst(u.variances + i, variance, lanes);
        });
    });
}

/// The moments of one block as numbers.
inline void unpackBlock(const std::uint8_t* codes, float scale, const EightBitMap& map, std::int64_t count,
                        float* out) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = map.values[codes[i]] * scale;
}

/// The nearest code of a number within ± 1.
inline std::uint8_t eightBitCode(float x, const EightBitMap& map) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    const std::uint32_t magnitudeBits = bits & 0x7fffffffU;
    const std::uint32_t stretch = magnitudeBits >> (23 - EightBitMap::kMantissaBits);
    std::int32_t rank = 0;
    if (stretch >= EightBitMap::kFirst) {
        std::uint32_t place = stretch - EightBitMap::kFirst;
        const auto last = static_cast<std::uint32_t>(EightBitMap::kStretches - 1);
        if (place > last) place = last;
        rank = map.starts[place];
        float magnitude = 0.0F;
        std::memcpy(&magnitude, &magnitudeBits, sizeof magnitude);
        rank += magnitude >= map.borders[static_cast<std::size_t>(rank)] ? 1 : 0;
    }
    if (bits >> 31) return static_cast<std::uint8_t>(map.zero - (rank < map.lowest ? rank : map.lowest));
    return static_cast<std::uint8_t>(map.zero + (rank < map.highest ? rank : map.highest));
}

/// Codes of one block and its scale, the greatest magnitude.
inline float packBlock(const float* x, const EightBitMap& map, std::int64_t count, std::uint8_t* codes) {
    float greatest = 0.0F;
    for (std::int64_t i = 0; i < count; ++i) {
        const float magnitude = x[i] < 0.0F ? -x[i] : x[i];
        greatest = magnitude > greatest ? magnitude : greatest;
    }
    const float inverse = greatest > 0.0F ? 1.0F / greatest : 0.0F;
    for (std::int64_t i = 0; i < count; ++i) codes[i] = eightBitCode(x[i] * inverse, map);
    // A variance that rounds to 0 would divide a mean that did not by epsilon alone.
    if (map.lowest == 0) {
        const auto least = static_cast<std::uint8_t>(map.zero + 1);
        for (std::int64_t i = 0; i < count; ++i)
            if (x[i] > 0.0F && codes[i] < least) codes[i] = least;
    }
    return greatest;
}

void adamW8Step(const AdamW8Update& u) {
    const AdamWLanes adamW{u.update};
    const std::int64_t blocks = (u.update.count + kEightBitBlock - 1) / kEightBitBlock;
#pragma omp parallel for schedule(static)
    for (std::int64_t block = 0; block < blocks; ++block) {
        const std::int64_t begin = block * kEightBitBlock;
        const std::int64_t left = u.update.count - begin;
        const std::int64_t size = left < kEightBitBlock ? left : kEightBitBlock;
        float means[kEightBitBlock], variances[kEightBitBlock];
        unpackBlock(u.means + begin, u.meanScales[block], *u.signedMap, size, means);
        unpackBlock(u.variances + begin, u.varianceScales[block], *u.unsignedMap, size, variances);
        forLanes(size, [&](std::int64_t i, int lanes) {
            Vec mean = loadFirst(means + i, lanes), variance = loadFirst(variances + i, lanes);
            adamW.step(begin + i, lanes, mean, variance);
            storeFirst(means + i, mean, lanes);
            storeFirst(variances + i, variance, lanes);
        });
        u.meanScales[block] = packBlock(means, *u.signedMap, size, u.means + begin);
        u.varianceScales[block] = packBlock(variances, *u.unsignedMap, size, u.variances + begin);
    }
}

void sgdStep(const SgdUpdate& u) {
    const float decay = 1.0F - u.learningRate * u.weightDecay;
    overStretches(u.count, [&](std::int64_t begin, std::int64_t stretch) {
        forLanes(stretch, [&](std::int64_t offset, int lanes) {
            const std::int64_t i = begin + offset;
            Vec step = loadFirst(u.gradients + i, lanes) * u.gradientScale;
            if (u.momenta) {
                step += loadFirst(u.momenta + i, lanes) * u.momentum;
                storeFirst(u.momenta + i, step, lanes);
            }
            const Vec weight = loadFirst(u.weights + i, lanes) * decay - step * u.learningRate;
            storeFirst(u.weights + i, weight, lanes);
            if (u.copy) storeFirst(u.copy + i, weight, lanes);
        });
    });
}

}  // namespace
}  // namespace studio
