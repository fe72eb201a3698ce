// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/generate/generator.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

double loss(const Decoder& model, const DeviceBatch& batch) {
    const at::NoGradGuard noGrad;
    return model.lossSum(batch).item<double>() / static_cast<double>(batch.labelCount);
}

}  // namespace

class DecoderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gradients_everyParameter_agreeWithFiniteDifferences_data() {
        QTest::addColumn<bool>("tied");
        QTest::addColumn<bool>("biased");
        QTest::newRow("tied") << true << false;
        QTest::newRow("untied, biases") << false << true;
    }

    void gradients_everyParameter_agreeWithFiniteDifferences() {
        QFETCH(bool, tied);
        QFETCH(bool, biased);
        const auto model = test::tinyModel(test::tinyConfig(tied, biased), 7);
        const DeviceBatch batch = toDevice(test::pack(test::randomRows({11, 5, 8}, 37, 3)), at::kCPU);
        model->setRequiresGrad(true);
        torch::autograd::backward({model->lossSum(batch) / static_cast<double>(batch.labelCount)}, {});
        Random random(1);
        for (Parameter& parameter : model->parameters()) {
            // Central difference along a random direction: one number checks the whole gradient of the
            // parameter.
            const Tensor direction =
                at::randn(parameter.tensor.sizes(), seededGenerator(random.next(), at::kCPU), at::kFloat);
            const double analytic = (parameter.tensor.grad() * direction).sum().item<double>();
            const double h = 5e-4;
            const at::NoGradGuard noGrad;
            parameter.tensor.add_(direction, h);
            const double above = loss(*model, batch);
            parameter.tensor.add_(direction, -2 * h);
            const double below = loss(*model, batch);
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
            sum += model->lossSum(toDevice(test::pack({row}), at::kCPU)).item<double>();
        const double packed = model->lossSum(toDevice(test::pack(rows), at::kCPU)).item<double>();
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

    void bfloat16_products_stayNearFloat32() {
        const ModelConfig config = test::tinyConfig();
        const auto exact = test::tinyModel(config, 5);
        Compute compute;
        compute.matmulType = at::kBFloat16;
        Decoder rounded(config, compute);
        rounded.initialize(5);
        const DeviceBatch batch = toDevice(test::pack(test::randomRows({30, 20}, 37, 9)), at::kCPU);
        const double a = loss(*exact, batch);
        const double b = loss(rounded, batch);
        QVERIFY2(a != b && std::abs(a - b) < 0.02 * a, qPrintable(QString("%1 %2").arg(a).arg(b)));
    }
};

STUDIO_TEST(DecoderTest)
#include "decoder_test.moc"
