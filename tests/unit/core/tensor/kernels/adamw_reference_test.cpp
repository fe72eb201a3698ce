// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "tests/support/studio_test.h"
#include "tests/unit/core/tensor/kernels/kernel_values.h"

using namespace studio;
using namespace studio::test;

namespace {

constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-8, kDecay = 0.01, kRate = 1e-2;

/// AdamW in float64 as its paper has it (Loshchilov and Hutter 2019, algorithm 2).
struct Reference {
    std::vector<double> weights, means, variances;

    explicit Reference(const Floats& start)
        : weights(start.begin(), start.end()), means(start.size()), variances(start.size()) {}
    void step(const Floats& gradients, double gradientScale, int steps) {
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const double g = static_cast<double>(gradients[i]) * gradientScale;
            means[i] = kBeta1 * means[i] + (1.0 - kBeta1) * g;
            variances[i] = kBeta2 * variances[i] + (1.0 - kBeta2) * g * g;
            const double mean = means[i] / (1.0 - std::pow(kBeta1, steps));
            const double variance = variances[i] / (1.0 - std::pow(kBeta2, steps));
            weights[i] -= kRate * kDecay * weights[i] + kRate * mean / (std::sqrt(variance) + kEpsilon);
        }
    }
};

AdamWUpdate updateOf(Floats& weights, const Floats& gradients, float gradientScale, int steps) {
    AdamWUpdate u;
    u.count = static_cast<std::int64_t>(weights.size());
    u.weights = weights.data();
    u.gradients = gradients.data();
    u.gradientScale = gradientScale;
    u.learningRate = static_cast<float>(kRate);
    u.weightDecay = static_cast<float>(kDecay);
    u.correction1 = static_cast<float>(1.0 - std::pow(kBeta1, steps));
    u.correction2 = static_cast<float>(1.0 - std::pow(kBeta2, steps));
    return u;
}

/// Gradients of many sizes, some of them 0.
Floats gradientsOf(std::size_t count, int step) {
    Floats gradients = randomValues<float>(count, static_cast<std::uint64_t>(step) + 20);
    for (std::size_t i = 0; i < count; ++i)
        gradients[i] *= static_cast<float>(std::pow(10.0, -static_cast<double>(i % 6)));
    gradients[count / 2] = 0.0F;
    return gradients;
}

double greatestDifference(const Floats& weights, const std::vector<double>& expected) {
    double greatest = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        greatest = std::max(greatest, std::abs(static_cast<double>(weights[i]) - expected[i]));
    return greatest;
}

/// The moments of eight bits, as a kernel keeps them.
struct Packed {
    std::vector<std::uint8_t> means, variances;
    Floats meanScales, varianceScales;

    explicit Packed(std::size_t count)
        : means(count, static_cast<std::uint8_t>(signedEightBitMap().zero)),
          variances(count, static_cast<std::uint8_t>(unsignedEightBitMap().zero)),
          meanScales((count + kEightBitBlock - 1) / kEightBitBlock),
          varianceScales(meanScales.size()) {}
    AdamW8Update update(const AdamWUpdate& u) {
        return {u,
                means.data(),
                variances.data(),
                meanScales.data(),
                varianceScales.data(),
                &signedEightBitMap(),
                &unsignedEightBitMap()};
    }
    void unpackInto(Reference& reference) const {
        for (std::size_t i = 0; i < means.size(); ++i) {
            const std::size_t block = i / kEightBitBlock;
            reference.means[i] = static_cast<double>(signedEightBitMap().values[means[i]]) *
                                 static_cast<double>(meanScales[block]);
            reference.variances[i] = static_cast<double>(unsignedEightBitMap().values[variances[i]]) *
                                     static_cast<double>(varianceScales[block]);
        }
    }
};

}  // namespace

/// The updates of every instruction set against AdamW in float64.
class AdamWReferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void adamW_hundredSteps_followsFloat64() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            const std::size_t count = 1003;
            Floats weights = randomValues<float>(count, 1), means(count), variances(count);
            Reference reference(weights);
            for (int step = 1; step <= 100; ++step) {
                const float scale = step % 3 == 0 ? 0.25F : 1.0F;  // clipped
                const Floats gradients = gradientsOf(count, step);
                AdamWUpdate u = updateOf(weights, gradients, scale, step);
                u.means = means.data();
                u.variances = variances.data();
                kernels->adamW(u);
                reference.step(gradients, static_cast<double>(scale), step);
            }
            const double off = greatestDifference(weights, reference.weights);
            QVERIFY2(off < 2e-5, qPrintable(QString("%1: %2").arg(kernels->name).arg(off)));
        }
    }

    void adamW8_eachStep_isFloat64OfTheSameMoments() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            const std::size_t count = 1003;
            Floats weights = randomValues<float>(count, 1);
            Packed packed(count);
            for (int step = 1; step <= 100; ++step) {
                const float scale = step % 3 == 0 ? 0.25F : 1.0F;
                const Floats gradients = gradientsOf(count, step);
                Reference reference(weights);
                packed.unpackInto(reference);
                kernels->adamW8(packed.update(updateOf(weights, gradients, scale, step)));
                reference.step(gradients, static_cast<double>(scale), step);
                const double off = greatestDifference(weights, reference.weights);
                QVERIFY2(off < 2e-6,
                         qPrintable(QString("%1, step %2: %3").arg(kernels->name).arg(step).arg(off)));
            }
        }
    }

    void adamW8_hundredSteps_endNearFloat64() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            const std::size_t count = 1003;
            const Floats start = randomValues<float>(count, 1);
            Floats weights = start;
            Packed packed(count);
            Reference reference(start);
            for (int step = 1; step <= 100; ++step) {
                Floats gradients = randomValues<float>(count, static_cast<std::uint64_t>(step) + 20);
                for (std::size_t i = 0; i < count; ++i) gradients[i] = 0.3F * gradients[i] + 0.5F * start[i];
                kernels->adamW8(packed.update(updateOf(weights, gradients, 1.0F, step)));
                reference.step(gradients, 1.0, step);
            }
            double moved = 0.0, off = 0.0;
            for (std::size_t i = 0; i < count; ++i) {
                moved += std::pow(reference.weights[i] - static_cast<double>(start[i]), 2.0);
                off += std::pow(reference.weights[i] - static_cast<double>(weights[i]), 2.0);
            }
            QVERIFY2(std::sqrt(off) < 0.05 * std::sqrt(moved), kernels->name);
        }
    }
};

STUDIO_TEST(AdamWReferenceTest)
#include "adamw_reference_test.moc"
