// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/core/tensor/kernels/kernel_values.h"

using namespace studio;
using namespace studio::test;

namespace {

/// A batch of sequences and the tables of its rotation.
struct Case {
    std::vector<std::int32_t> lengths;
    std::int64_t heads, keyValueHeads, headSize, rotarySize, window, tail;
};

struct Prepared {
    std::vector<std::int32_t> boundaries{0};
    Floats cosines, sines;
    AttentionShape shape;
};

Prepared prepare(const Case& c) {
    Prepared p;
    std::int32_t longest = 1;
    for (const std::int32_t length : c.lengths) {
        p.boundaries.push_back(p.boundaries.back() + length);
        longest = std::max(longest, length);
    }
    for (std::int32_t t = 0; t < longest; ++t) {
        for (std::int64_t i = 0; i < c.rotarySize / 2; ++i) {
            const double angle =
                t * std::pow(100.0, -2.0 * static_cast<double>(i) / static_cast<double>(c.rotarySize));
            p.cosines.push_back(static_cast<float>(std::cos(angle)));
            p.sines.push_back(static_cast<float>(std::sin(angle)));
        }
    }
    p.shape.sequences = static_cast<std::int64_t>(c.lengths.size());
    p.shape.tokens = p.boundaries.back() + c.tail;
    p.shape.heads = c.heads;
    p.shape.keyValueHeads = c.keyValueHeads;
    p.shape.headSize = c.headSize;
    p.shape.rotarySize = c.rotarySize;
    p.shape.window = c.window;
    return p;
}

/// Attention and its gradients by the definition, in float64, one query at a time.
struct Reference {
    const Prepared& p;
    const Doubles& qkv;
    Doubles output, logSumExp, gradient;

    std::int64_t width() const { return (p.shape.heads + 2 * p.shape.keyValueHeads) * p.shape.headSize; }

    Doubles head(std::int64_t token, std::int64_t position, std::int64_t slot, bool rotated) const {
        const std::int64_t size = p.shape.headSize;
        Doubles x(qkv.begin() + token * width() + slot * size,
                  qkv.begin() + token * width() + (slot + 1) * size);
        return rotated ? turned(x, position, 1.0) : x;
    }
    Doubles turned(const Doubles& x, std::int64_t position, double direction) const {
        Doubles y = x;
        const std::int64_t half = p.shape.rotarySize / 2;
        for (std::int64_t i = 0; i < half; ++i) {
            const double c = static_cast<double>(p.cosines[static_cast<std::size_t>(position * half + i)]);
            const double s =
                direction * static_cast<double>(p.sines[static_cast<std::size_t>(position * half + i)]);
            const auto low = static_cast<std::size_t>(i), high = static_cast<std::size_t>(i + half);
            y[low] = x[low] * c - x[high] * s;
            y[high] = x[high] * c + x[low] * s;
        }
        return y;
    }
    void addTurnedBack(std::int64_t token, std::int64_t position, std::int64_t slot, bool rotated,
                       const Doubles& g) {
        const Doubles back = rotated ? turned(g, position, -1.0) : g;
        for (std::size_t i = 0; i < back.size(); ++i)
            gradient[static_cast<std::size_t>(token * width() + slot * p.shape.headSize) + i] += back[i];
    }

    void run(const Doubles& outputGradient) {
        const AttentionShape& s = p.shape;
        output.assign(static_cast<std::size_t>(s.tokens * s.heads * s.headSize), 0.0);
        logSumExp.assign(static_cast<std::size_t>(s.heads * s.tokens), 0.0);
        gradient.assign(qkv.size(), 0.0);
        for (std::size_t n = 0; n + 1 < p.boundaries.size(); ++n)
            for (std::int64_t head = 0; head < s.heads; ++head)
                for (std::int64_t i = 0; i < p.boundaries[n + 1] - p.boundaries[n]; ++i)
                    query(p.boundaries[n], i, head, outputGradient);
    }

    void query(std::int64_t start, std::int64_t i, std::int64_t h, const Doubles& outputGradient) {
        const AttentionShape& s = p.shape;
        const std::int64_t keySlot = s.heads + h / (s.heads / s.keyValueHeads);
        const std::int64_t valueSlot = keySlot + s.keyValueHeads;
        const double scale = 1.0 / std::sqrt(static_cast<double>(s.headSize));
        const Doubles q = head(start + i, i, h, true);
        const std::int64_t first = s.window > 0 ? std::max<std::int64_t>(0, i - s.window + 1) : 0;
        Doubles weights;
        double total = 0.0;
        for (std::int64_t j = first; j <= i; ++j) {
            const Doubles k = head(start + j, j, keySlot, true);
            double score = 0.0;
            for (std::size_t d = 0; d < q.size(); ++d) score += q[d] * k[d] * scale;
            weights.push_back(std::exp(score));
            total += weights.back();
        }
        logSumExp[static_cast<std::size_t>(h * s.tokens + start + i)] = std::log(total);
        const auto at = static_cast<std::size_t>((start + i) * s.heads * s.headSize + h * s.headSize);
        const Doubles g(outputGradient.begin() + static_cast<std::ptrdiff_t>(at),
                        outputGradient.begin() + static_cast<std::ptrdiff_t>(at) + s.headSize);
        Doubles along(weights.size(), 0.0);
        double mean = 0.0;
        for (std::size_t j = 0; j < weights.size(); ++j) {
            weights[j] /= total;
            const std::int64_t key = first + static_cast<std::int64_t>(j);
            const Doubles v = head(start + key, key, valueSlot, false);
            Doubles share = g;
            for (std::size_t d = 0; d < v.size(); ++d) {
                output[at + d] += weights[j] * v[d];
                along[j] += g[d] * v[d];
                share[d] *= weights[j];
            }
            mean += weights[j] * along[j];
            addTurnedBack(start + key, key, valueSlot, false, share);
        }
        Doubles queryGradient(q.size(), 0.0);
        for (std::size_t j = 0; j < weights.size(); ++j) {
            const std::int64_t key = first + static_cast<std::int64_t>(j);
            const Doubles k = head(start + key, key, keySlot, true);
            const double ds = weights[j] * (along[j] - mean) * scale;
            Doubles keyGradient(q.size());
            for (std::size_t d = 0; d < q.size(); ++d) {
                queryGradient[d] += ds * k[d];
                keyGradient[d] = ds * q[d];
            }
            addTurnedBack(start + key, key, keySlot, true, keyGradient);
        }
        addTurnedBack(start + i, i, h, true, queryGradient);
    }
};

template <typename E>
void compare(const ActivationKernels<E>& kernels, const std::string& name, const Case& c) {
    Prepared p = prepare(c);
    AttentionShape& s = p.shape;
    s.boundaries = p.boundaries.data();
    s.cosines = p.cosines.data();
    s.sines = p.sines.data();
    const auto width = static_cast<std::size_t>((s.heads + 2 * s.keyValueHeads) * s.headSize);
    const auto outWidth = static_cast<std::size_t>(s.heads * s.headSize);
    const auto tokens = static_cast<std::size_t>(s.tokens);
    const auto qkv = randomValues<E>(tokens * width, 3);
    const auto outputGradient = randomValues<E>(tokens * outWidth, 4);
    const Doubles wide = doubles(qkv);
    Reference reference{p, wide, {}, {}, {}};
    reference.run(doubles(outputGradient));

    // Filled with something else, so that a place that is not written shows.
    std::vector<E> output = randomValues<E>(tokens * outWidth, 5),
                   qkvGradient = randomValues<E>(tokens * width, 6);
    Floats logSumExp(static_cast<std::size_t>(s.heads) * tokens, 0.0F);
    kernels.attention({s, qkv.data(), output.data(), logSumExp.data()});
    COMPARE_NEAR(output, reference.output, kTolerance<E>, name);
    COMPARE_NEAR(logSumExp, reference.logSumExp, kTolerance<E>, name);
    kernels.attentionGradient(
        {s, qkv.data(), output.data(), logSumExp.data(), outputGradient.data(), qkvGradient.data()});
    COMPARE_NEAR(qkvGradient, reference.gradient, kTolerance<E>, name);
}

}  // namespace

class AttentionKernelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void attention_anyShape_agreesWithFloat64_data() {
        QTest::addColumn<int>("index");
        const char* names[] = {"one token",      "one row",        "many lengths, shared heads",
                               "long, odd head", "partly rotated", "not rotated, empty row",
                               "window",         "window of one",  "wide head, tail of unused rows"};
        for (int i = 0; i < 9; ++i) QTest::newRow(names[i]) << i;
    }

    void attention_anyShape_agreesWithFloat64() {
        QFETCH(int, index);
        const Case cases[] = {{{1}, 2, 2, 8, 8, 0, 0},
                              {{17}, 1, 1, 16, 16, 0, 0},
                              {{3, 70, 1, 64, 33, 2}, 6, 2, 48, 48, 0, 0},
                              {{131}, 2, 1, 10, 10, 0, 0},
                              {{40, 9}, 2, 2, 32, 8, 0, 0},
                              {{12, 0, 65}, 2, 2, 24, 0, 0, 0},
                              {{150, 20}, 2, 1, 16, 16, 37, 0},
                              {{66}, 1, 1, 16, 16, 1, 0},
                              {{63, 64, 65}, 2, 2, 128, 128, 0, 13}};
        forEveryKernelSet([&](const auto& kernels, const std::string& name, auto) {
            compare(kernels, name, cases[index]);
        });
    }
};

STUDIO_TEST(AttentionKernelTest)
#include "attention_kernel_test.moc"
