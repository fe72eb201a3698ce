// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "tests/unit/core/tensor/kernels/kernel_values.h"

using namespace studio;
using namespace studio::test;

namespace {

double sigmoid(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

/// Row widths: one value, less than a vector, odd, and several vectors.
const std::vector<std::int64_t> kWidths{1, 5, 16, 37, 288};

template <typename E>
void compareNorm(const ActivationKernels<E>& kernels, const std::string& name, std::int64_t width, bool layer,
                 bool delta) {
    const std::int64_t rows = 300;  // more than one block of the gradient's sums
    const auto count = static_cast<std::size_t>(rows * width);
    const Floats residual = randomValues<float>(count, 1),
                 weight = randomValues<float>(static_cast<std::size_t>(width), 2),
                 bias = randomValues<float>(static_cast<std::size_t>(width), 3),
                 sumGradient = randomValues<float>(count, 4);
    const auto deltas = randomValues<E>(count, 5), gradient = randomValues<E>(count, 6);
    Floats sum(count), mean(static_cast<std::size_t>(rows)), inverse(static_cast<std::size_t>(rows)),
        residualGradient(count);
    Floats weightGradient(static_cast<std::size_t>(width), 1.0F),
        biasGradient(static_cast<std::size_t>(width), 2.0F);
    std::vector<E> normed(count), deltaGradient(count);
    kernels.addNorm({rows, width, residual.data(), delta ? deltas.data() : nullptr, weight.data(),
                     layer ? bias.data() : nullptr, 1e-5F, sum.data(), normed.data(), mean.data(),
                     inverse.data()});
    const Floats& normedFrom = delta ? sum : residual;
    kernels.addNormGradient({rows, width, normedFrom.data(), weight.data(), layer ? mean.data() : nullptr,
                             inverse.data(), sumGradient.data(), gradient.data(), residualGradient.data(),
                             delta ? deltaGradient.data() : nullptr, weightGradient.data(),
                             layer ? biasGradient.data() : nullptr});

    Doubles expectedNormed, expectedGradient;
    Doubles expectedWeight(static_cast<std::size_t>(width), 1.0),
        expectedBias(static_cast<std::size_t>(width), layer ? 2.0 : 2.0);
    for (std::int64_t r = 0; r < rows; ++r) {
        Doubles x, g;
        double m = 0.0, variance = 0.0;
        for (std::int64_t i = 0; i < width; ++i) {
            const auto at = static_cast<std::size_t>(r * width + i);
            x.push_back(static_cast<double>(residual[at]) +
                        (delta ? static_cast<double>(toFloat(deltas[at])) : 0.0));
            m += layer ? x.back() / static_cast<double>(width) : 0.0;
        }
        for (const double v : x) variance += (v - m) * (v - m) / static_cast<double>(width);
        const double inv = 1.0 / std::sqrt(variance + static_cast<double>(1e-5F));
        double plain = 0.0, along = 0.0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const auto at = static_cast<std::size_t>(r * width) + i;
            const double unit = (x[i] - m) * inv, w = static_cast<double>(weight[i]);
            const double given = static_cast<double>(toFloat(gradient[at]));
            expectedNormed.push_back(unit * w + (layer ? static_cast<double>(bias[i]) : 0.0));
            expectedWeight[i] += given * unit;
            if (layer) expectedBias[i] += given;
            plain += layer ? given * w / static_cast<double>(width) : 0.0;
            along += given * w * unit / static_cast<double>(width);
            x[i] = unit;
            g.push_back(given * w);
        }
        for (std::size_t i = 0; i < x.size(); ++i)
            expectedGradient.push_back(
                static_cast<double>(sumGradient[static_cast<std::size_t>(r * width) + i]) +
                inv * (g[i] - plain - x[i] * along));
    }
    // With one value a row, a layer norm divides a rounding error by the root of epsilon.
    const double tolerance = width == 1 && layer ? 0.05 : kTolerance<E>;
    COMPARE_NEAR(normed, expectedNormed, tolerance, name);
    COMPARE_NEAR(residualGradient, expectedGradient, tolerance, name);
    if (delta) COMPARE_NEAR(deltaGradient, expectedGradient, std::max(tolerance, kTolerance<E>), name);
    COMPARE_NEAR(weightGradient, expectedWeight, tolerance, name);
    COMPARE_NEAR(biasGradient, expectedBias, tolerance, name);
}

template <typename E>
void compareCrossEntropy(const ActivationKernels<E>& kernels, const std::string& name,
                         std::int64_t vocabulary, std::int64_t width, float smoothing) {
    const std::int64_t rows = 5;
    auto logits = randomValues<E>(static_cast<std::size_t>(rows * width), 8, 3.0F);
    const auto before = logits;
    std::vector<std::int64_t> labels;
    for (std::int64_t r = 0; r < rows; ++r) labels.push_back(r * 7 % vocabulary);
    Floats losses(static_cast<std::size_t>(rows));
    CrossEntropy<E> job{rows,  vocabulary, width,         logits.data(), labels.data(),
                        0.25F, smoothing,  losses.data(), false};
    kernels.crossEntropy(job);
    for (std::size_t i = 0; i < logits.size(); ++i) QCOMPARE(toFloat(logits[i]), toFloat(before[i]));
    const Floats lossesOnly = losses;
    job.gradient = true;
    kernels.crossEntropy(job);
    QCOMPARE(losses, lossesOnly);

    Doubles expectedLosses, expected;
    for (std::int64_t r = 0; r < rows; ++r) {
        const Doubles x =
            doubles(std::vector<E>(before.begin() + r * width, before.begin() + r * width + vocabulary));
        double total = 0.0, plain = 0.0;
        for (const double v : x) total += std::exp(v), plain += v;
        const double logSum = std::log(total),
                     even = static_cast<double>(smoothing) / static_cast<double>(vocabulary);
        const auto label = static_cast<std::size_t>(labels[static_cast<std::size_t>(r)]);
        expectedLosses.push_back((1.0 - static_cast<double>(smoothing)) * (logSum - x[label]) +
                                 static_cast<double>(smoothing) * logSum - even * plain);
        for (std::int64_t i = 0; i < width; ++i) {
            const auto at = static_cast<std::size_t>(i);
            double g = 0.0;
            if (i < vocabulary)
                g = std::exp(x[at] - logSum) - even -
                    (at == label ? 1.0 - static_cast<double>(smoothing) : 0.0);
            expected.push_back(0.25 * g);
        }
    }
    COMPARE_NEAR(losses, expectedLosses, 2e-5, name);
    COMPARE_NEAR(logits, expected, kTolerance<E>, name);
}

}  // namespace

class RowKernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addNorm_anyWidth_agreesWithFloat64() {
        forEveryKernelSet([](const auto& kernels, const std::string& name, auto) {
            for (const std::int64_t width : kWidths)
                for (const bool layer : {false, true})
                    for (const bool delta : {false, true})
                        compareNorm(kernels,
                                    name + " width " + std::to_string(width) + (layer ? " layer" : " rms") +
                                        (delta ? " delta" : ""),
                                    width, layer, delta);
        });
    }

    void crossEntropy_anyVocabulary_agreesWithFloat64() {
        forEveryKernelSet([](const auto& kernels, const std::string& name, auto) {
            compareCrossEntropy(kernels, name, 1, 64, 0.0F);
            compareCrossEntropy(kernels, name, 37, 64, 0.0F);
            compareCrossEntropy(kernels, name, 128, 128, 0.1F);
            compareCrossEntropy(kernels, name, 1001, 1024, 0.1F);
        });
    }

    void crossEntropy_infiniteOrNan_showsInTheLoss() {
        forEveryKernelSet([](const auto& kernels, const std::string& name, auto type) {
            using E = decltype(type);
            for (const float bad :
                 {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
                auto logits = randomValues<E>(128, 8);
                setValue(logits[70], bad);
                const std::vector<std::int64_t> labels{3, 4};
                Floats losses(2);
                kernels.crossEntropy(
                    {2, 64, 64, logits.data(), labels.data(), 1.0F, 0.0F, losses.data(), true});
                QVERIFY2(std::isfinite(losses[0]) && !std::isfinite(losses[1]), name.c_str());
            }
        });
    }

    void activations_anyWidth_agreeWithFloat64() {
        forEveryKernelSet([](const auto& kernels, const std::string& name, auto type) {
            using E = decltype(type);
            for (const std::int64_t width : kWidths) {
                const std::int64_t rows = 3;
                const auto count = static_cast<std::size_t>(rows * width);
                const auto gateUp = randomValues<E>(2 * count, 1, 4.0F), given = randomValues<E>(count, 2);
                std::vector<E> out(count), gradient(2 * count), gelu(count), geluGradient(count),
                    exact(count), exactGradient(count);
                kernels.swiglu(gateUp.data(), out.data(), rows, width);
                kernels.swigluGradient(gateUp.data(), given.data(), gradient.data(), rows, width);
                kernels.gelu(gateUp.data(), gelu.data(), static_cast<std::int64_t>(count));
                kernels.geluGradient(gateUp.data(), given.data(), geluGradient.data(),
                                     static_cast<std::int64_t>(count));
                kernels.exactGelu(gateUp.data(), exact.data(), static_cast<std::int64_t>(count));
                kernels.exactGeluGradient(gateUp.data(), given.data(), exactGradient.data(),
                                          static_cast<std::int64_t>(count));
                Doubles expectedExact(count), expectedExactGradient(count);
                Doubles expectedOut(count), expectedGradient(2 * count), expectedGelu(count),
                    expectedGeluGradient(count);
                const auto at = [&](const std::vector<E>& x, std::size_t i) {
                    return static_cast<double>(toFloat(x[i]));
                };
                for (std::size_t i = 0; i < count; ++i) {
                    const std::size_t row = i / static_cast<std::size_t>(width),
                                      column = i % static_cast<std::size_t>(width);
                    const std::size_t g = row * 2 * static_cast<std::size_t>(width) + column,
                                      u = g + static_cast<std::size_t>(width);
                    const double gate = at(gateUp, g), up = at(gateUp, u), s = sigmoid(gate);
                    expectedOut[i] = gate * s * up;
                    expectedGradient[u] = at(given, i) * gate * s;
                    expectedGradient[g] = at(given, i) * up * s * (1.0 + gate * (1.0 - s));
                    const double x = at(gateUp, i), root = std::sqrt(2.0 / 3.14159265358979323846);
                    const double t = std::tanh(root * (x + 0.044715 * x * x * x));
                    expectedGelu[i] = 0.5 * x * (1.0 + t);
                    expectedGeluGradient[i] =
                        at(given, i) *
                        (0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * root * (1.0 + 3.0 * 0.044715 * x * x));
                    const double below = 0.5 * std::erfc(-x / std::sqrt(2.0));
                    expectedExact[i] = x * below;
                    expectedExactGradient[i] =
                        at(given, i) *
                        (below + x * std::exp(-0.5 * x * x) / std::sqrt(2.0 * 3.14159265358979323846));
                }
                COMPARE_NEAR(out, expectedOut, kTolerance<E>, name);
                COMPARE_NEAR(gradient, expectedGradient, kTolerance<E>, name);
                COMPARE_NEAR(gelu, expectedGelu, kTolerance<E>, name);
                COMPARE_NEAR(geluGradient, expectedGeluGradient, kTolerance<E>, name);
                COMPARE_NEAR(exact, expectedExact, kTolerance<E>, name);
                COMPARE_NEAR(exactGradient, expectedExactGradient, kTolerance<E>, name);
            }
        });
    }

    void columnSums_anyWidth_areAdded() {
        forEveryKernelSet([](const auto& kernels, const std::string& name, auto type) {
            using E = decltype(type);
            for (const std::int64_t width : kWidths) {
                const auto x = randomValues<E>(static_cast<std::size_t>(9 * width), 1);
                Floats sums(static_cast<std::size_t>(width), 0.5F);
                kernels.addColumnSums(x.data(), sums.data(), 9, width);
                Doubles expected(static_cast<std::size_t>(width), 0.5);
                for (std::size_t i = 0; i < x.size(); ++i)
                    expected[i % static_cast<std::size_t>(width)] += static_cast<double>(toFloat(x[i]));
                COMPARE_NEAR(sums, expected, 1e-5, name);
            }
        });
    }

    void rounding_everyKindOfNumber_isToNearestEven() {
        forEveryKernelSet([](const auto& kernels, const std::string& name, auto type) {
            using E = decltype(type);
            if (sizeof(E) == 4) return;
            // 1 + 2^-8 lies between two bfloat16 numbers: the even one wins; infinity and NaN stay what they
            // are.
            Floats x{1.0F,
                     1.00390625F,
                     1.01171875F,
                     -1.00390625F,
                     std::numeric_limits<float>::infinity(),
                     std::numeric_limits<float>::quiet_NaN(),
                     3.4e38F};
            std::vector<E> out(x.size());
            kernels.fromFloat(x.data(), out.data(), static_cast<std::int64_t>(x.size()));
            QCOMPARE(toFloat(out[1]), 1.0F);
            QCOMPARE(toFloat(out[2]), 1.015625F);
            QCOMPARE(toFloat(out[3]), -1.0F);
            QVERIFY2(
                std::isinf(toFloat(out[4])) && std::isnan(toFloat(out[5])) && std::isinf(toFloat(out[6])),
                name.c_str());
        });
    }

    void tableRows_repeatedIds_addUpInOrder() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const std::int64_t width : kWidths) {
                const std::vector<std::int64_t> ids{2, 0, 2, 2};
                Floats table = randomValues<float>(static_cast<std::size_t>(3 * width), 1);
                Floats taken(static_cast<std::size_t>(4 * width));
                kernels->gatherRows(table.data(), ids.data(), taken.data(), 4, width);
                Doubles expected = doubles(table);
                for (std::size_t i = 0; i < taken.size(); ++i) {
                    const std::size_t row = i / static_cast<std::size_t>(width),
                                      column = i % static_cast<std::size_t>(width);
                    const std::size_t at = static_cast<std::size_t>(ids[row] * width) + column;
                    QCOMPARE(taken[i], table[at]);
                    expected[at] += static_cast<double>(taken[i]);
                }
                kernels->addToRows(taken.data(), ids.data(), table.data(), 4, width);
                COMPARE_NEAR(table, expected, 1e-6, kernels->name);
            }
        }
    }

    void adamW_anyCount_agreesWithThePaper() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const std::int64_t count : {std::int64_t{1}, std::int64_t{19}, std::int64_t{40000}}) {
                const auto size = static_cast<std::size_t>(count);
                Floats weights = randomValues<float>(size, 1), gradients = randomValues<float>(size, 2),
                       means = randomValues<float>(size, 3), variances(size, 0.3F);
                std::vector<Bfloat16> copy(size);
                const Floats w = weights, m = means;
                AdamWUpdate u{count,
                              weights.data(),
                              gradients.data(),
                              means.data(),
                              variances.data(),
                              copy.data(),
                              0.5F,
                              1e-2F,
                              0.9F,
                              0.99F,
                              1e-8F,
                              0.1F,
                              0.271F,
                              0.029701F};
                kernels->adamW(u);
                Doubles expected, expectedMeans, expectedVariances;
                for (std::size_t i = 0; i < size; ++i) {
                    const double g = 0.5 * static_cast<double>(gradients[i]);
                    const double mean = 0.9 * static_cast<double>(m[i]) + 0.1 * g,
                                 variance = 0.99 * static_cast<double>(0.3F) + 0.01 * g * g;
                    expectedMeans.push_back(mean);
                    expectedVariances.push_back(variance);
                    expected.push_back(static_cast<double>(w[i]) * (1.0 - 1e-3) -
                                       1e-2 * (mean / 0.271) / (std::sqrt(variance / 0.029701) + 1e-8));
                }
                COMPARE_NEAR(weights, expected, 1e-6, kernels->name);
                COMPARE_NEAR(means, expectedMeans, 1e-6, kernels->name);
                COMPARE_NEAR(variances, expectedVariances, 1e-6, kernels->name);
                for (std::size_t i = 0; i < size; ++i)
                    QVERIFY(std::abs(toFloat(copy[i]) - weights[i]) <= std::abs(weights[i]) / 256.0F);
                double squares = 0.0;
                for (const float g : gradients) squares += static_cast<double>(g) * static_cast<double>(g);
                QVERIFY(std::abs(kernels->sumOfSquares(gradients.data(), count) - squares) <= 1e-6 * squares);
            }
        }
    }
};

STUDIO_TEST(RowKernelsTest)
#include "row_kernels_test.moc"
