// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/generate/generator.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

void makeFamily(const QString& family, ModelConfig& config) {
    if (family == QLatin1String("gpt2")) test::makeGpt2(config);
    if (family == QLatin1String("neox")) test::makeNeoX(config);
    if (family == QLatin1String("qwen3")) test::makeQwen3(config);
}

}  // namespace

class DecoderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gradients_everyParameter_agreeWithFiniteDifferences_data() {
        QTest::addColumn<bool>("tied");
        QTest::addColumn<bool>("biased");
        QTest::addColumn<QString>("family");
        QTest::addColumn<bool>("fused");
        for (const bool fused : {false, true}) {
            const char* const backEnd = fused ? "fused" : "ATen";
            QTest::addRow("%s, tied", backEnd) << true << false << "" << fused;
            QTest::addRow("%s, untied, biases", backEnd) << false << true << "" << fused;
            QTest::addRow("%s, GPT-2", backEnd) << true << true << "gpt2" << fused;
            QTest::addRow("%s, GPT-NeoX", backEnd) << false << true << "neox" << fused;
            QTest::addRow("%s, Qwen3", backEnd) << true << false << "qwen3" << fused;
        }
    }

    void gradients_everyParameter_agreeWithFiniteDifferences() {
        QFETCH(bool, tied);
        QFETCH(bool, biased);
        QFETCH(QString, family);
        QFETCH(bool, fused);
        ModelConfig config = test::tinyConfig(tied, biased);
        makeFamily(family, config);
        const auto model = test::tinyModel(config, 7, fused);
        const DeviceBatch batch = toDevice(test::pack(test::randomRows({11, 5, 8}, 37, 3)), model->compute());
        model->prepareTraining();
        model->accumulateGradients(batch, {1.0 / static_cast<double>(batch.labelCount), 0.0, {}});
        Random random(1);
        for (Parameter& parameter : model->parameters()) {
            // Central difference along a random direction: one number checks the whole gradient of the
            // parameter.
            const Tensor direction =
                at::randn(parameter.tensor.sizes(), seededGenerator(random.next(), at::kCPU), at::kFloat);
            const double analytic = (parameter.gradient * direction).sum().item<double>();
            const double h = 5e-4;
            const at::NoGradGuard noGrad;
            parameter.tensor.add_(direction, h);
            const double above = test::meanLoss(*model, batch);
            parameter.tensor.add_(direction, -2 * h);
            const double below = test::meanLoss(*model, batch);
            parameter.tensor.add_(direction, h);
            const double numeric = (above - below) / (2 * h);
            QVERIFY2(
                std::abs(numeric - analytic) < 4e-3 + 1e-2 * std::abs(analytic),
                qPrintable(QString("%1: %2 and %3").arg(parameter.name.c_str()).arg(numeric).arg(analytic)));
        }
    }

    void packedRows_anyLengths_giveEachRowsOwnLoss() {
        const auto model = test::tinyModel(test::tinyConfig(), 5);
        const auto rows = test::randomRows({40, 3, 17, 17, 2, 39, 8}, 37, 9);
        double sum = 0.0;
        const at::NoGradGuard noGrad;
        for (const Example& row : rows)
            sum += model->lossSum(toDevice(test::pack({row}), model->compute())).item<double>();
        const double packed = model->lossSum(toDevice(test::pack(rows), model->compute())).item<double>();
        QVERIFY2(std::abs(packed - sum) < 1e-4 * sum, qPrintable(QString("%1 %2").arg(packed).arg(sum)));
    }

    void laterTokens_never_changeEarlierLogits() {
        const auto model = test::tinyModel(test::tinyConfig(), 5);
        const Tensor whole = logitsOf(*model, {1, 4, 9, 16, 25, 36});
        const Tensor part = logitsOf(*model, {1, 4, 9});
        QVERIFY(at::allclose(whole.narrow(0, 0, 3), part, 1e-5, 1e-5));
    }

    void cachedDecoding_inAnySteps_givesUncachedLogits() {
        const auto model = test::tinyModel(test::tinyConfig(false, true), 5);
        const std::vector<std::int64_t> ids{1, 4, 9, 16, 25, 36, 2, 3, 30};
        const Tensor expected = logitsOf(*model, ids);
        const at::NoGradGuard noGrad;
        KeyValueCache cache(model->config(), 9, at::kCPU);
        std::vector<Tensor> parts;
        std::size_t at = 0;
        for (const std::size_t count : {4U, 1U, 3U, 1U}) {
            const std::vector<std::int64_t> fresh(ids.begin() + static_cast<std::ptrdiff_t>(at),
                                                  ids.begin() + static_cast<std::ptrdiff_t>(at + count));
            parts.push_back(model->logits(model->hiddenCached(at::tensor(fresh), cache)));
            at += count;
        }
        QVERIFY(at::allclose(at::cat(parts, 0), expected, 1e-4, 1e-4));
    }

    void lossAndGradients_fusedKernels_agreeWithTheReference_data() {
        QTest::addColumn<bool>("bfloat16");
        QTest::addColumn<double>("smoothing");
        QTest::addColumn<int>("window");
        QTest::addColumn<QString>("family");
        QTest::newRow("float32") << false << 0.0 << 0 << "";
        QTest::newRow("float32, label smoothing, window") << false << 0.1 << 7 << "";
        QTest::newRow("bfloat16") << true << 0.0 << 0 << "";
        QTest::newRow("bfloat16, label smoothing, window") << true << 0.1 << 7 << "";
        for (const bool bfloat16 : {false, true})
            for (const char* family : {"gpt2", "neox", "qwen3"})
                QTest::addRow("%s, %s", bfloat16 ? "bfloat16" : "float32", family)
                    << bfloat16 << 0.0 << 0 << family;
    }

    void lossAndGradients_fusedKernels_agreeWithTheReference() {
        QFETCH(bool, bfloat16);
        QFETCH(double, smoothing);
        QFETCH(int, window);
        if (bfloat16 && !cpuHasFastBfloat16()) QSKIP("This CPU has no bfloat16 products.");
        QFETCH(QString, family);
        ModelConfig config = test::tinyConfig(false, true);
        makeFamily(family, config);
        if (window > 0) config.window = window;
        const auto rows = test::pack(test::randomRows({30, 20, 1, 64, 5}, 37, 9));
        const auto run = [&](bool fused) {
            Compute compute;
            compute.threads = 2;
            compute.fused = fused;
            if (bfloat16 && fused) compute.matmulType = at::kBFloat16;
            auto model = std::make_unique<Decoder>(config, compute);
            model->initialize(5);
            model->prepareTraining();
            const DeviceBatch batch = toDevice(rows, compute);
            const Tensor sum = model->accumulateGradients(batch, {0.02, smoothing, {}}).sum(at::kDouble);
            const at::NoGradGuard noGrad;
            // Without gradients the same loss, smoothed or not.
            const double again = model->lossSum(batch, {1.0, smoothing}).item<double>();
            return std::tuple(std::move(model), sum.item<double>(), again);
        };
        const auto [reference, expected, expectedAgain] = run(false);
        const auto [fused, got, again] = run(true);
        const double tolerance = bfloat16 ? 0.02 : 2e-5;
        QVERIFY2(std::abs(got - expected) < tolerance * expected,
                 qPrintable(QString("%1 %2").arg(got).arg(expected)));
        QVERIFY(std::abs(again - got) < 1e-5 * got && std::abs(expectedAgain - expected) < 1e-5 * expected);
        for (std::size_t i = 0; i < fused->parameters().size(); ++i) {
            const Tensor& a = fused->parameters()[i].gradient;
            const Tensor& b = reference->parameters()[i].gradient;
            const double off = (a - b).norm().item<double>(), size = b.norm().item<double>();
            // Rounding to eight bits in every product adds up to some percent in the smallest gradients.
            QVERIFY2(
                off < (bfloat16 ? 0.06 : 1e-4) * size + 1e-6,
                qPrintable(
                    QString("%1: %2 of %3").arg(fused->parameters()[i].name.c_str()).arg(off).arg(size)));
        }
    }

    void headsWiderThanTheKernelsTake_goThroughAten() {
        ModelConfig config = test::tinyConfig();
        config.headSize = 520;
        config.headCount = config.keyValueHeadCount = 1;
        const auto model = test::tinyModel(config, 3, /*fused=*/true);
        QVERIFY(!model->compute().fused);
        const auto rows = test::pack(test::randomRows({9, 4}, 37, 1));
        QVERIFY(std::isfinite(test::meanLoss(*model, toDevice(rows, model->compute()))));
    }

    void bfloat16_aten_staysNearFloat32() {
        const ModelConfig config = test::tinyConfig();
        const auto exact = test::tinyModel(config, 5);
        Compute compute;
        compute.matmulType = at::kBFloat16;
        Decoder rounded(config, compute);
        rounded.initialize(5);
        const auto rows = test::pack(test::randomRows({30, 20}, 37, 9));
        const double a = test::meanLoss(*exact, toDevice(rows, exact->compute()));
        const double b = test::meanLoss(rounded, toDevice(rows, compute));
        QVERIFY2(a != b && std::abs(a - b) < 0.02 * a, qPrintable(QString("%1 %2").arg(a).arg(b)));
    }
};

STUDIO_TEST(DecoderTest)
#include "decoder_test.moc"
