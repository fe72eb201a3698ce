// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "tests/support/studio_test.h"
#include "tests/unit/core/tensor/kernels/kernel_values.h"

using namespace studio;
using namespace studio::test;

namespace {

float unpacked(const std::vector<std::uint8_t>& codes, const Floats& scales, const EightBitMap& map,
               std::size_t i) {
    return map.values[codes[i]] * scales[i / kEightBitBlock];
}

}  // namespace

/// SGD, and AdamW with moments of eight bits.
class OptimizerKernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eightBitMaps_haveTheValuesOfThePaper() {
        for (const EightBitMap* map : {&signedEightBitMap(), &unsignedEightBitMap()}) {
            QVERIFY(std::is_sorted(std::begin(map->values), std::end(map->values)));
            QVERIFY(std::adjacent_find(std::begin(map->values), std::end(map->values)) ==
                    std::end(map->values));
            QCOMPARE(map->values[static_cast<std::size_t>(map->zero)], 0.0F);
            QCOMPARE(map->values[255], 1.0F);
        }
        // Seven decades: the smallest is the middle of 0.1 to 1 (or its lower half) times 1e-6.
        QVERIFY(std::abs(signedEightBitMap().values[128] - 0.55e-6F) < 1e-12F);
        QVERIFY(std::abs(unsignedEightBitMap().values[1] - 0.325e-6F) < 1e-12F);
        QVERIFY(std::abs(signedEightBitMap().values[0] + 0.99296875F) < 1e-6F);
        QVERIFY(std::abs(unsignedEightBitMap().values[254] - 0.996484375F) < 1e-6F);
    }

    /// Moments that are only packed again (beta 1, no gradient) become the nearest value of the map.
    void packing_anyNumbers_takesTheNearestCode() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            const std::size_t count = 3000;
            std::vector<std::uint8_t> means(count), variances(count);
            std::mt19937 random(5);
            for (std::size_t i = 0; i < count; ++i) {
                means[i] = static_cast<std::uint8_t>(random() % 256);
                variances[i] = static_cast<std::uint8_t>(random() % 256);
            }
            Floats meanScales(12, 0.5F), varianceScales(12, 2.0F), weights(count), gradients(count);
            for (std::size_t i = 0; i < count; ++i)
                gradients[i] = static_cast<float>(std::pow(10.0, -7.0 * static_cast<double>(i) / count)) *
                               (i % 3 == 0 ? -1.0F : 1.0F);
            AdamW8Update u;
            u.update.count = static_cast<std::int64_t>(count);
            u.update.weights = weights.data();
            u.update.gradients = gradients.data();
            u.update.beta1 = u.update.beta2 = 0.0F;  // the moments become the gradients and their squares
            u.means = means.data();
            u.variances = variances.data();
            u.meanScales = meanScales.data();
            u.varianceScales = varianceScales.data();
            u.signedMap = &signedEightBitMap();
            u.unsignedMap = &unsignedEightBitMap();
            kernels->adamW8(u);
            for (std::size_t i = 0; i < count; ++i) {
                const auto nearest = [&](float x, const EightBitMap& map, float scale) {
                    float best = map.values[0] * scale;
                    for (const float value : map.values)
                        if (std::abs(value * scale - x) < std::abs(best - x)) best = value * scale;
                    return std::abs(best - x);
                };
                const float g = gradients[i], square = g * g;
                const float offMean = std::abs(unpacked(means, meanScales, *u.signedMap, i) - g);
                const float offVariance =
                    std::abs(unpacked(variances, varianceScales, *u.unsignedMap, i) - square);
                const float meanScale = meanScales[i / kEightBitBlock];
                const float varianceScale = varianceScales[i / kEightBitBlock];
                QVERIFY(square == 0.0F || variances[i] > 0);  // no division by epsilon alone
                QVERIFY2(offMean <= nearest(g, *u.signedMap, meanScale) * 1.0001F + meanScale * 1e-7F,
                         kernels->name);
                QVERIFY2(offVariance <= nearest(square, *u.unsignedMap, varianceScale) * 1.0001F +
                                            varianceScale * 3.3e-7F,
                         kernels->name);
            }
        }
    }

    void adamW8_manySteps_staysNearAdamW() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            const std::size_t count = 700;  // no multiple of a block, nor of the lanes
            Floats weights = randomValues<float>(count, 1);
            Floats weights8 = weights, means(count), variances(count);
            std::vector<std::uint8_t> means8(count, static_cast<std::uint8_t>(signedEightBitMap().zero)),
                variances8(count, 0);
            Floats meanScales(3), varianceScales(3);
            const Floats start = weights;
            for (int step = 1; step <= 50; ++step) {
                Floats gradients = randomValues<float>(count, static_cast<std::uint64_t>(step) + 10);
                for (std::size_t i = 0; i < count; ++i) gradients[i] = 0.3F * gradients[i] + 0.5F * start[i];
                AdamWUpdate u;
                u.count = static_cast<std::int64_t>(count);
                u.weights = weights.data();
                u.gradients = gradients.data();
                u.means = means.data();
                u.variances = variances.data();
                u.learningRate = 1e-2F;
                u.weightDecay = 0.01F;
                u.correction1 = static_cast<float>(1.0 - std::pow(0.9, step));
                u.correction2 = static_cast<float>(1.0 - std::pow(0.999, step));
                kernels->adamW(u);
                u.weights = weights8.data();
                kernels->adamW8({u, means8.data(), variances8.data(), meanScales.data(),
                                 varianceScales.data(), &signedEightBitMap(), &unsignedEightBitMap()});
            }
            double moved = 0.0, off = 0.0;
            for (std::size_t i = 0; i < count; ++i) {
                moved += std::pow(static_cast<double>(weights[i] - start[i]), 2.0);
                off += std::pow(static_cast<double>(weights8[i] - weights[i]), 2.0);
            }
            QVERIFY2(std::sqrt(off) < 0.05 * std::sqrt(moved), kernels->name);
            QVERIFY(off > 0.0);
        }
    }

    void sgd_withAndWithoutMomentum_agreesWithTheFormula() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const bool momentum : {false, true}) {
                const std::size_t count = 20011;
                Floats weights = randomValues<float>(count, 1), gradients = randomValues<float>(count, 2),
                       momenta = randomValues<float>(count, 3);
                std::vector<Bfloat16> copy(count);
                const Floats w = weights, u = momenta;
                kernels->sgd({static_cast<std::int64_t>(count), weights.data(), gradients.data(),
                              momentum ? momenta.data() : nullptr, copy.data(), 0.5F, 0.1F, 0.9F, 0.2F});
                Doubles expected;
                for (std::size_t i = 0; i < count; ++i) {
                    const double step = 0.5 * static_cast<double>(gradients[i]) +
                                        (momentum ? 0.9 * static_cast<double>(u[i]) : 0.0);
                    expected.push_back(static_cast<double>(w[i]) * (1.0 - 0.02) - 0.1 * step);
                }
                COMPARE_NEAR(weights, expected, 1e-6, kernels->name);
                QCOMPARE(momenta == u, !momentum);
                for (std::size_t i = 0; i < count; ++i)
                    QVERIFY(std::abs(toFloat(copy[i]) - weights[i]) <= std::abs(weights[i]) / 256.0F);
            }
        }
    }
};

STUDIO_TEST(OptimizerKernelsTest)
#include "optimizer_kernels_test.moc"
