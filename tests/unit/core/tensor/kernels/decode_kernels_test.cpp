// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <omp.h>

#include <cstring>
#include <limits>

#include "core/formats/half_floats.h"
#include "tests/unit/core/tensor/kernels/kernel_values.h"

using namespace studio;
using namespace studio::test;

namespace {

/// 64-aligned memory of so many bytes.
class Workspace {
public:
    explicit Workspace(std::int64_t bytes) : m_memory(static_cast<std::size_t>(bytes) + 64) {}
    void* data() {
        const auto at = reinterpret_cast<std::uintptr_t>(m_memory.data());
        return m_memory.data() + (64 - at % 64) % 64;
    }

private:
    std::vector<char> m_memory;
};

/// A matrix in one of the formats, and the values that it stands for.
struct Stored {
    DecodeMatrix matrix;
    Doubles values;
    Floats floats, bias;
    std::vector<Bfloat16> rounded, scales;
    std::vector<Float16> halves;
    std::vector<std::uint8_t> bytes;
};

void store(const DecodeKernels& kernels, DecodeFormat format, std::int64_t rows, std::int64_t columns,
           bool biased, Stored& s) {
    const auto size = static_cast<std::size_t>(rows * columns);
    s.floats = randomValues<float>(size, 11);
    s.bias = randomValues<float>(static_cast<std::size_t>(rows), 12);
    s.matrix = {format, rows, columns, s.floats.data(), nullptr, biased ? s.bias.data() : nullptr};
    s.values = doubles(s.floats);
    if (format == DecodeFormat::WideFloat16) {
        for (const float x : s.floats) {
            s.halves.push_back({float16Of(x)});
            s.values[s.halves.size() - 1] = static_cast<double>(floatOfFloat16(s.halves.back().bits));
        }
        s.matrix.values = s.halves.data();
    } else if (format == DecodeFormat::Bfloat16 || format == DecodeFormat::WideBfloat16) {
        s.rounded.resize(size);
        kernels.toBfloat16(s.floats.data(), s.rounded.data(), rows * columns);
        s.matrix.values = s.rounded.data();
        s.values = doubles(s.rounded);
    } else if (format == DecodeFormat::Int8) {
        const std::int64_t width = int8Columns(columns);
        s.bytes.resize(static_cast<std::size_t>(rows * width));
        s.scales.resize(static_cast<std::size_t>(rows * width / kInt8Group));
        kernels.quantize(s.floats.data(), rows, columns, s.bytes.data(), s.scales.data());
        s.matrix.values = s.bytes.data();
        s.matrix.scales = s.scales.data();
        for (std::int64_t i = 0; i < rows * columns; ++i) {
            const auto at = static_cast<std::size_t>(i / columns * width + i % columns);
            const double scale = static_cast<double>(toFloat(s.scales[at / kInt8Group]));
            s.values[static_cast<std::size_t>(i)] = (static_cast<double>(s.bytes[at]) - 128.0) * scale;
        }
    }
}

Doubles productOf(const Stored& s, const Floats& x, std::int64_t count) {
    Doubles y;
    for (std::int64_t i = 0; i < count; ++i) {
        for (std::int64_t row = 0; row < s.matrix.rows; ++row) {
            double sum = s.matrix.bias ? static_cast<double>(s.bias[static_cast<std::size_t>(row)]) : 0.0;
            for (std::int64_t k = 0; k < s.matrix.columns; ++k)
                sum += s.values[static_cast<std::size_t>(row * s.matrix.columns + k)] *
                       static_cast<double>(x[static_cast<std::size_t>(i * s.matrix.columns + k)]);
            y.push_back(sum);
        }
    }
    return y;
}

Floats run(const DecodeKernels& kernels, const DecodeMatrix& m, const Floats& x, std::int64_t count) {
    Floats y(static_cast<std::size_t>(m.rows * count));
    Workspace workspace(kernels.productBytes(m.columns, count));
    kernels.product(m, x.data(), count, y.data(), workspace.data());
    return y;
}

/// float32 sums; inputs rounded to eight bits of mantissa; inputs rounded to 254 steps. Relative to the
/// largest result.
double toleranceOf(DecodeFormat format) {
    return format == DecodeFormat::Bfloat16 ? 4e-3 : format == DecodeFormat::Int8 ? 8e-3 : 2e-6;
}

const std::vector<std::pair<DecodeFormat, const char*>> kFormats{
    {DecodeFormat::Float32, "float32"},
    {DecodeFormat::Bfloat16, "bfloat16"},
    {DecodeFormat::Int8, "int8"},
    {DecodeFormat::WideBfloat16, "bfloat16 widened"},
    {DecodeFormat::WideFloat16, "float16 widened"}};

/// A whole model of random weights: one layer, grouped-query attention, everything odd.
struct TinyModel {
    static constexpr std::int64_t kHidden = 36, kHeads = 4, kKeyHeads = 2, kHeadSize = 10, kWide = 23,
                                  kWords = 41, kContext = 30, kLayers = 2;
    Floats embedding, positions, norm, bias, cosines, sines;
    std::vector<Stored> stored{9};
    std::vector<DecodeLayer> layers;
    DecodeModel model;

    TinyModel(const DecodeKernels& kernels, DecodeFormat format, bool gpt2) {
        embedding = randomValues<float>(kWords * kHidden, 1);
        positions = randomValues<float>(kContext * kHidden, 2);
        norm = randomValues<float>(kHidden, 3);
        bias = randomValues<float>(kHidden, 4);
        for (std::int64_t p = 0; p < kContext; ++p) {
            for (int i = 0; i < kHeadSize / 2; ++i) {
                const auto angle = static_cast<float>(p) * std::pow(100.0F, -static_cast<float>(i) / 5.0F);
                cosines.push_back(std::cos(angle));
                sines.push_back(std::sin(angle));
            }
        }
        const DecodeNorm both{norm.data(), gpt2 ? bias.data() : nullptr};
        for (std::size_t layer = 0; layer < kLayers; ++layer) {
            Stored* s = stored.data() + 4 * layer;
            store(kernels, format, (kHeads + 2 * kKeyHeads) * kHeadSize, kHidden, gpt2, s[0]);
            store(kernels, format, kHidden, kHeads * kHeadSize, gpt2, s[1]);
            store(kernels, format, gpt2 ? kWide : 2 * kWide, kHidden, gpt2, s[2]);
            store(kernels, format, kHidden, kWide, gpt2, s[3]);
            layers.push_back(
                {both, both, {}, {}, s[0].matrix, s[1].matrix, s[2].matrix, s[3].matrix, gpt2 ? 0 : 5});
        }
        store(kernels, format, kWords, kHidden, false, stored[8]);
        model.layers = layers.data();
        model.layerCount = kLayers;
        model.embedding = {DecodeFormat::Float32, embedding.data()};
        if (gpt2) model.positions = {DecodeFormat::Float32, positions.data()};
        model.finalNorm = both;
        model.head = stored[8].matrix;
        model.hidden = kHidden;
        model.intermediate = kWide;
        model.heads = kHeads;
        model.keyValueHeads = kKeyHeads;
        model.headSize = kHeadSize;
        model.rotarySize = gpt2 ? 0 : kHeadSize;
        model.cosines = cosines.data();
        model.sines = sines.data();
        model.gelu = gpt2;
    }
};

/// A sequence's cache.
struct Cache {
    std::vector<Floats> memory;
    std::vector<float*> keys, values;

    Cache() : memory(2 * TinyModel::kLayers) {
        for (Floats& part : memory)
            part.assign(TinyModel::kKeyHeads * TinyModel::kContext * TinyModel::kHeadSize,
                        std::numeric_limits<float>::quiet_NaN());
        for (std::size_t layer = 0; layer < TinyModel::kLayers; ++layer) {
            keys.push_back(memory[2 * layer].data());
            values.push_back(memory[2 * layer + 1].data());
        }
    }
    DecodeToken token(std::int64_t id, std::int64_t position) const {
        return {id, position, TinyModel::kContext, keys.data(), values.data()};
    }
};

/// The scores of the first tokens; of all without a number.
Floats step(const DecodeKernels& kernels, const DecodeModel& model, const std::vector<DecodeToken>& tokens,
            std::int64_t scored = 0) {
    const auto count = static_cast<std::int64_t>(tokens.size());
    if (scored == 0) scored = count;
    Workspace workspace(kernels.workspaceBytes(model, count, TinyModel::kContext));
    Floats logits(static_cast<std::size_t>(scored * model.head.rows));
    kernels.step({&model, tokens.data(), count, scored, logits.data(), workspace.data()});
    return logits;
}

/// Ids of a sequence, made up from its number.
std::int64_t idAt(std::int64_t sequence, std::int64_t position) {
    return (sequence * 7 + position * 5 + 3) % TinyModel::kWords;
}

}  // namespace

class DecodeKernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void product_everyFormatAndOddSizes_agreesWithFloat64() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const auto& [format, formatName] : kFormats) {
                for (const std::int64_t columns : {1, 5, 32, 37, 64, 100, 288, 1030}) {
                    for (const std::int64_t rows : {1, 3, 4, 9, 30}) {
                        for (const std::int64_t count : {1, 2, 3, 5, 6, 7, 13}) {
                            Stored s;
                            store(kernels->decode, format, rows, columns, rows % 2 == 1, s);
                            const Floats x =
                                randomValues<float>(static_cast<std::size_t>(columns * count), 13);
                            const Floats y = run(kernels->decode, s.matrix, x, count);
                            const std::string name = std::string(kernels->name) + " " + formatName + " " +
                                                     std::to_string(columns) + "x" + std::to_string(rows) +
                                                     "x" + std::to_string(count);
                            const double scale = std::sqrt(static_cast<double>(columns));
                            COMPARE_NEAR(y, productOf(s, x, count), toleranceOf(format) * scale, name);
                            for (std::int64_t i = 0; i < count; ++i) {
                                const Floats one(x.begin() + i * columns, x.begin() + (i + 1) * columns);
                                const Floats alone = run(kernels->decode, s.matrix, one, 1);
                                QVERIFY2(std::equal(alone.begin(), alone.end(), y.begin() + i * rows),
                                         name.c_str());
                            }
                        }
                    }
                }
            }
        }
    }

    void widened_product_hasTheBitsOfFloat32() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const DecodeFormat format : {DecodeFormat::WideBfloat16, DecodeFormat::WideFloat16}) {
                for (const std::int64_t columns : {1, 31, 64, 1030}) {
                    for (const std::int64_t count : {1, 7}) {
                        Stored narrow;
                        store(kernels->decode, format, 9, columns, true, narrow);
                        const Floats widened(narrow.values.begin(), narrow.values.end());
                        DecodeMatrix wide = narrow.matrix;
                        wide.format = DecodeFormat::Float32;
                        wide.values = widened.data();
                        const Floats x = randomValues<float>(static_cast<std::size_t>(columns * count), 13);
                        const Floats a = run(kernels->decode, narrow.matrix, x, count);
                        const Floats b = run(kernels->decode, wide, x, count);
                        QVERIFY2(std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0,
                                 kernels->name);
                    }
                }
            }
        }
    }

    void widen_everyPattern_isItsNumber() {
        std::vector<std::uint16_t> patterns(1 << 16);
        for (std::size_t i = 0; i < patterns.size(); ++i) patterns[i] = static_cast<std::uint16_t>(i);
        for (const CpuKernels* kernels : allCpuKernels()) {
            Floats halves(patterns.size()), brains(patterns.size());
            const auto count = static_cast<std::int64_t>(patterns.size()) - 1;  // some lanes are left over
            kernels->decode.widen(DecodeFormat::WideFloat16, patterns.data(), halves.data(), count);
            kernels->decode.widen(DecodeFormat::WideBfloat16, patterns.data(), brains.data(), count);
            for (std::size_t i = 0; i + 1 < patterns.size(); ++i) {
                const auto same = [&](float got, float expected) {
                    return std::isnan(expected) ? std::isnan(got)
                                                : std::memcmp(&got, &expected, sizeof got) == 0;
                };
                const QString what = QString("%1, pattern %2").arg(kernels->name).arg(i);
                QVERIFY2(same(halves[i], floatOfFloat16(patterns[i])), qPrintable(what));
                QVERIFY2(same(brains[i], floatOfBFloat16(patterns[i])), qPrintable(what));
            }
        }
    }

    void quantize_anyGroup_isWithinHalfAStep() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            Stored s;
            store(kernels->decode, DecodeFormat::Int8, 7, 70, false, s);
            for (std::size_t row = 0; row < 7; ++row) {
                for (std::size_t k = 0; k < 70; ++k) {
                    const double exact = static_cast<double>(s.floats[row * 70 + k]);
                    const double step = static_cast<double>(
                        toFloat(s.scales[row * 4 + k / static_cast<std::size_t>(kInt8Group)]));
                    const double off = std::abs(s.values[row * 70 + k] - exact);
                    QVERIFY2(off <= 0.5001 * step, kernels->name);
                }
                for (std::size_t k = 70; k < 128; ++k) QCOMPARE(int(s.bytes[row * 128 + k]), 128);
            }
        }
    }

    void quantize_zeroAndNotANumber_stayWhatTheyAre() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const auto& [format, formatName] : kFormats) {
                Floats x(64, 0.0F);
                Stored s;
                store(kernels->decode, format, 4, 64, false, s);
                for (const float y : run(kernels->decode, s.matrix, x, 1)) QCOMPARE(y, 0.0F);
                for (const float bad :
                     {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
                    x[40] = bad;
                    for (const float y : run(kernels->decode, s.matrix, x, 1))
                        QVERIFY2(!std::isfinite(y),
                                 qPrintable(QString("%1 %2").arg(kernels->name, formatName)));
                }
            }
        }
    }

    void step_manySequences_givesEachTheBitsOfBeingAlone() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const auto& [format, formatName] : kFormats) {
                for (const bool gpt2 : {false, true}) {
                    const TinyModel tiny(kernels->decode, format, gpt2);
                    constexpr std::int64_t kSequences = 9, kSteps = 12;
                    std::vector<Cache> together(kSequences), alone(kSequences);
                    for (std::int64_t position = 0; position < kSteps; ++position) {
                        // The later a sequence's number, the later it joins.
                        std::vector<DecodeToken> tokens;
                        for (std::int64_t s = 0; s <= std::min(position, kSequences - 1); ++s)
                            tokens.push_back(together[static_cast<std::size_t>(s)].token(
                                idAt(s, position - s), position - s));
                        const Floats logits = step(kernels->decode, tiny.model, tokens);
                        for (std::size_t s = 0; s < tokens.size(); ++s) {
                            const Floats own = step(kernels->decode, tiny.model,
                                                    {alone[s].token(tokens[s].id, tokens[s].position)});
                            QVERIFY2(std::memcmp(own.data(), logits.data() + s * own.size(),
                                                 own.size() * sizeof(float)) == 0,
                                     qPrintable(QString("%1 %2").arg(kernels->name, formatName)));
                        }
                    }
                }
            }
        }
    }

    void step_promptsInOneStep_giveTheBitsOfTokenByToken() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const auto& [format, formatName] : kFormats) {
                for (const bool gpt2 : {false, true}) {
                    const TinyModel tiny(kernels->decode, format, gpt2);
                    const std::string name = std::string(kernels->name) + " " + formatName;
                    // Two prompts and a sequence under way, whose newest token has position 4.
                    const std::vector<std::int64_t> last{11, 6, 4};
                    const std::vector<Cache> alone(3), together(3);
                    Floats expected;
                    for (std::size_t s = 0; s < last.size(); ++s) {
                        Floats scores;
                        for (std::int64_t p = 0; p <= last[s]; ++p) {
                            const std::int64_t id = idAt(static_cast<std::int64_t>(s), p);
                            scores = step(kernels->decode, tiny.model, {alone[s].token(id, p)});
                            if (s == 2 && p < last[s])
                                step(kernels->decode, tiny.model, {together[s].token(id, p)});
                        }
                        expected.insert(expected.end(), scores.begin(), scores.end());
                    }
                    std::vector<DecodeToken> tokens;
                    for (std::size_t s = 0; s < last.size(); ++s)
                        tokens.push_back(
                            together[s].token(idAt(static_cast<std::int64_t>(s), last[s]), last[s]));
                    for (std::int64_t p = 10; p >= 0; --p) {  // in any order
                        tokens.push_back(together[0].token(idAt(0, p), p));
                        if (p < last[1]) tokens.push_back(together[1].token(idAt(1, p), p));
                    }
                    const Floats got = step(kernels->decode, tiny.model, tokens, 3);
                    QVERIFY2(std::memcmp(got.data(), expected.data(), got.size() * sizeof(float)) == 0 &&
                                 got.size() == expected.size(),
                             name.c_str());
                    for (std::size_t s = 0; s < 2; ++s) {
                        for (std::size_t part = 0; part < alone[s].memory.size(); ++part)
                            QVERIFY2(
                                std::memcmp(alone[s].memory[part].data(), together[s].memory[part].data(),
                                            alone[s].memory[part].size() * sizeof(float)) == 0,
                                name.c_str());
                    }
                }
            }
        }
    }

    void step_anyThreads_givesTheSameBits() {
        const int before = omp_get_max_threads();
        for (const auto& [format, formatName] : kFormats) {
            const TinyModel tiny(cpuKernels().decode, format, false);
            std::vector<Floats> results;
            for (const int threads : {1, 2, 5}) {
                omp_set_num_threads(threads);
                const Cache cache;
                Floats all;
                for (std::int64_t position = 0; position < 8; ++position) {
                    const Floats logits =
                        step(cpuKernels().decode, tiny.model, {cache.token(idAt(1, position), position)});
                    all.insert(all.end(), logits.begin(), logits.end());
                }
                results.push_back(all);
            }
            QVERIFY2(results[0] == results[1] && results[0] == results[2], formatName);
        }
        omp_set_num_threads(before);
    }

    void summarize_anyScores_findsTheFirstHighest() {
        for (const CpuKernels* kernels : allCpuKernels()) {
            for (const std::int64_t count : {1, 5, 16, 33, 100}) {
                Floats scores(static_cast<std::size_t>(count), -5.0F);
                QCOMPARE(kernels->decode.summarize(scores.data(), count).highest, std::int64_t{0});
                const std::int64_t place = count * 2 / 3;
                scores[static_cast<std::size_t>(place)] = scores.back() = -1.0F;
                const ScoreSummary found = kernels->decode.summarize(scores.data(), count);
                QCOMPARE(found.highest, place);
                QVERIFY(found.finite);
                for (const float bad :
                     {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
                    scores.back() = bad;
                    QVERIFY(!kernels->decode.summarize(scores.data(), count).finite);
                }
            }
        }
    }
};

STUDIO_TEST(DecodeKernelsTest)
#include "decode_kernels_test.moc"
