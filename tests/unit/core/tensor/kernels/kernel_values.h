// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "core/tensor/kernels/kernel_table.h"
#include "tests/support/studio_test.h"

/// Random matrices in the two types of activations, and the comparison with float64.
namespace studio::test {

using Doubles = std::vector<double>;
using Floats = std::vector<float>;

inline float toFloat(float x) {
    return x;
}
inline float toFloat(Bfloat16 x) {
    const std::uint32_t bits = static_cast<std::uint32_t>(x.bits) << 16;
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}
inline void setValue(float& to, float x) {
    to = x;
}
inline void setValue(Bfloat16& to, float x) {  // towards zero: any bfloat16 will do as an input
    std::uint32_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    to.bits = static_cast<std::uint16_t>(bits >> 16);
}

template <typename E>
std::vector<E> randomValues(std::size_t count, unsigned seed, float scale = 1.0F) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal(0.0F, scale);
    std::vector<E> values(count);
    for (E& value : values) setValue(value, normal(random));
    return values;
}

template <typename E>
Doubles doubles(const std::vector<E>& values) {
    Doubles result;
    for (const E& value : values) result.push_back(static_cast<double>(toFloat(value)));
    return result;
}

/// bfloat16 has eight bits of mantissa, and attention rounds its weights to them.
template <typename E>
constexpr double kTolerance = sizeof(E) == 4 ? 2e-5 : 2e-2;

template <typename E>
bool near(const std::vector<E>& got, const Doubles& expected, double tolerance, std::string& why) {
    if (got.size() != expected.size()) {
        why = "sizes differ";
        return false;
    }
    double largest = 1e-3;
    for (const double value : expected) largest = std::max(largest, std::abs(value));
    for (std::size_t i = 0; i < got.size(); ++i) {
        const double value = static_cast<double>(toFloat(got[i]));
        if (std::abs(value - expected[i]) <= tolerance * largest) continue;
        why = "at " + std::to_string(i) + " of " + std::to_string(got.size()) + ": " + std::to_string(value) +
              " for " + std::to_string(expected[i]);
        return false;
    }
    return true;
}

/// Runs check(kernels of the type, name) for every set that this CPU has, in both types.
template <typename Check>
void forEveryKernelSet(Check&& check) {
    for (const CpuKernels* kernels : allCpuKernels()) {
        check(kernels->float32, std::string(kernels->name) + " float32", float{});
        if (kernels->hasBfloat16)
            check(kernels->bfloat16, std::string(kernels->name) + " bfloat16", Bfloat16{});
    }
}

}  // namespace studio::test

#define COMPARE_NEAR(got, expected, tolerance, name)                                          \
    do {                                                                                      \
        std::string why;                                                                      \
        QVERIFY2(studio::test::near(got, expected, tolerance, why),                           \
                 qPrintable(QString::fromStdString(std::string(name) + " " #got " " + why))); \
    } while (false)
