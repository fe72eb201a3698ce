// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/base/compute_limits.h"
#include "core/jobs/start_checks.h"
#include "core/tensor/kernels/kernel_table.h"
#include "core/train/adamw.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

const std::vector<std::string> kAllTargets = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                              "gate_proj", "up_proj", "down_proj"};

Compute computeOf(bool fused) {
    Compute compute;
    compute.threads = 2;
    compute.fused = fused;
    return compute;
}

/// A model of which a part is trained, with the weights that tinyModel() gives the seed.
std::unique_ptr<Decoder> partModel(const ModelConfig& config, const TrainedPart& part,
                                   const Compute& compute) {
    const auto whole = test::tinyModel(config, 7, compute.fused);
    auto model = std::make_unique<Decoder>(config, compute, part);
    const at::NoGradGuard noGrad;
    for (Parameter& parameter : model->parameters())
        parameter.tensor.copy_(whole->parameter(parameter.name).tensor);
    for (Parameter& parameter : model->adapterParameters())
        parameter.tensor.copy_(
            at::randn(parameter.tensor.sizes(), seededGenerator(parameter.name.size(), at::kCPU)) * 0.1);
    model->weightsChanged();
    return model;
}

std::unique_ptr<Decoder> partModel(const ModelConfig& config, const TrainedPart& part, bool fused) {
    return partModel(config, part, computeOf(fused));
}

TrainedPart lora(std::vector<std::string> targets) {
    return {LoraSettings{3, 6.0, std::move(targets)}, {}};
}

}  // namespace

/// Adapters, frozen weights, recomputed blocks and noise, on both back ends.
class TrainedPartTest : public QObject {
    Q_OBJECT

private:
    static void backEnds() {
        QTest::addColumn<bool>("fused");
        QTest::newRow("fused kernels") << true;
        QTest::newRow("ATen composition") << false;
    }
    static PackedBatch rows() { return test::pack(test::randomRows({11, 5, 8, 30}, 37, 3)); }

private Q_SLOTS:
    void adapterGradients_allTargets_agreeWithFiniteDifferences_data() { backEnds(); }
    void adapterGradients_allTargets_agreeWithFiniteDifferences() {
        QFETCH(bool, fused);
        const auto model = partModel(test::tinyConfig(true, true), lora(kAllTargets), fused);
        const DeviceBatch batch = toDevice(rows(), model->compute());
        model->prepareTraining();
        model->accumulateGradients(batch, {1.0 / static_cast<double>(batch.labelCount), 0.0, {}});
        QCOMPARE(model->adapterParameters().size(),
                 static_cast<std::size_t>(2 * 7 * model->config().layerCount));
        for (Parameter& parameter : model->adapterParameters()) {
            const Tensor direction =
                at::randn(parameter.tensor.sizes(), seededGenerator(11, at::kCPU), at::kFloat);
            const double analytic = (parameter.gradient * direction).sum().item<double>();
            const at::NoGradGuard noGrad;
            const double h = 2e-3;
            parameter.tensor.add_(direction, h);
            const double above = test::meanLoss(*model, batch);
            parameter.tensor.add_(direction, -2 * h);
            const double below = test::meanLoss(*model, batch);
            parameter.tensor.add_(direction, h);
            const double numeric = (above - below) / (2 * h);
            QVERIFY2(
                std::abs(numeric - analytic) < 1e-3 + 1e-2 * std::abs(analytic),
                qPrintable(QString("%1: %2 and %3").arg(parameter.name.c_str()).arg(numeric).arg(analytic)));
        }
        for (const Parameter& parameter : model->parameters()) QVERIFY(!parameter.gradient.defined());
    }

    void dropout_factor_hasItsShareAndItsMean() {
        const Tensor x = at::ones({400, 300});
        const Tensor factor = dropoutFactor(x, {0.25, 7});
        const double share = (factor == 0).to(at::kDouble).mean().item<double>();
        QVERIFY2(std::abs(share - 0.25) < 5e-3, qPrintable(QString::number(share)));
        QVERIFY(std::abs(factor.to(at::kDouble).mean().item<double>() - 1.0) < 7e-3);
        QVERIFY(at::equal(factor, dropoutFactor(x, {0.25, 7})));
        QVERIFY(!at::equal(factor, dropoutFactor(x, {0.25, 8})));
        QVERIFY(!dropoutFactor(x, {0.0, 7}).defined());
        // A row of numbers is as random as a column.
        QVERIFY(std::abs((factor.select(1, 0) == 0).to(at::kDouble).mean().item<double>() - 0.25) < 0.09);
    }

    void dropout_gradients_agreeWithFiniteDifferencesOfTheSameNoise_data() { backEnds(); }
    void dropout_gradients_agreeWithFiniteDifferencesOfTheSameNoise() {
        QFETCH(bool, fused);
        const auto model = partModel(test::tinyConfig(true, true), lora(kAllTargets), fused);
        const DeviceBatch batch = toDevice(rows(), model->compute());
        model->prepareTraining();
        LossSettings settings{1.0 / static_cast<double>(batch.labelCount), 0.0, {}, {0.3, 5}};
        // The loss of a training batch comes with its gradients only.
        const auto loss = [&] {
            return model->accumulateGradients(batch, settings).to(at::kDouble).mean().item<double>();
        };
        const double first = loss();
        std::vector<Tensor> gradients;
        for (const Parameter& parameter : model->adapterParameters())
            gradients.push_back(parameter.gradient.clone());
        QCOMPARE(loss(), first);
        QVERIFY(first != test::meanLoss(*model, batch));  // where nothing is left out
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            Parameter& parameter = model->adapterParameters()[i];
            const Tensor direction =
                at::randn(parameter.tensor.sizes(), seededGenerator(11, at::kCPU), at::kFloat);
            const double analytic = (gradients[i] * direction).sum().item<double>();
            const double h = 2e-3;
            const auto move = [&](double by) {
                const at::NoGradGuard noGrad;
                parameter.tensor.add_(direction, by);
            };
            move(h);
            const double above = loss();
            move(-2 * h);
            const double below = loss();
            move(h);
            const double numeric = (above - below) / (2 * h);
            QVERIFY2(
                std::abs(numeric - analytic) < 1e-3 + 1e-2 * std::abs(analytic),
                qPrintable(QString("%1: %2 and %3").arg(parameter.name.c_str()).arg(numeric).arg(analytic)));
        }
    }

    void dropout_bothBackEndsAndRecomputedBlocks_giveTheSameGradients() {
        std::vector<Tensor> gradients;
        for (const int kind : {0, 1, 2}) {
            const auto model = partModel(test::tinyConfig(), lora(kAllTargets), kind != 1);
            model->prepareTraining();
            model->setRecomputing(kind == 2);
            model->accumulateGradients(toDevice(rows(), model->compute()), {0.02, 0.0, {}, {0.3, 5}});
            gradients.push_back(model->arena().gradients().clone());
        }
        QVERIFY(at::allclose(gradients[0], gradients[1], 1e-3, 1e-5));
        QVERIFY(at::equal(gradients[0], gradients[2]));
    }

    void adapters_bothBackEndsAndMerged_giveTheSameLoss() {
        for (const auto& targets : {kAllTargets, std::vector<std::string>{"k_proj", "up_proj"}}) {
            const auto fused = partModel(test::tinyConfig(), lora(targets), true);
            const auto aten = partModel(test::tinyConfig(), lora(targets), false);
            const auto whole = test::tinyModel(test::tinyConfig(), 7);
            const double before = test::meanLoss(*whole, toDevice(rows(), whole->compute()));
            fused->mergeInto(*whole);
            const double merged = test::meanLoss(*whole, toDevice(rows(), whole->compute()));
            QVERIFY(std::abs(merged - before) > 1e-3);
            QVERIFY(std::abs(test::meanLoss(*fused, toDevice(rows(), fused->compute())) - merged) < 2e-5);
            QVERIFY(std::abs(test::meanLoss(*aten, toDevice(rows(), aten->compute())) - merged) < 2e-5);
        }
    }

    void adapters_bfloat16_areNearFloat32() {
        if (!cpuHasFastBfloat16()) QSKIP("This CPU has no fast bfloat16.");
        const auto exact = partModel(test::tinyConfig(), lora(kAllTargets), true);
        Compute compute = computeOf(true);
        compute.matmulType = at::kBFloat16;
        Decoder rounded(test::tinyConfig(), compute, lora(kAllTargets));
        {
            const at::NoGradGuard noGrad;
            for (Parameter& parameter : rounded.parameters())
                parameter.tensor.copy_(exact->parameter(parameter.name).tensor);
            for (std::size_t i = 0; i < rounded.adapterParameters().size(); ++i)
                rounded.adapterParameters()[i].tensor.copy_(exact->adapterParameters()[i].tensor);
            rounded.weightsChanged();
        }
        // The frozen matrices are there in bfloat16 alone.
        QCOMPARE(rounded.parameter("model.layers.0.mlp.down_proj.weight").tensor.scalar_type(),
                 at::kBFloat16);
        for (Decoder* model : {exact.get(), &rounded}) {
            model->prepareTraining();
            model->accumulateGradients(toDevice(rows(), model->compute()), {0.02, 0.0, {}});
        }
        QVERIFY(std::abs(test::meanLoss(rounded, toDevice(rows(), compute)) -
                         test::meanLoss(*exact, toDevice(rows(), exact->compute()))) < 0.05);
        const Tensor off = rounded.arena().gradients() - exact->arena().gradients();
        QVERIFY(off.norm().item<double>() < 0.05 * exact->arena().gradients().norm().item<double>());
    }

    void initializeAdapters_freshOnes_changeNothing() {
        const auto whole = test::tinyModel(test::tinyConfig(), 7);
        const auto model = partModel(test::tinyConfig(), lora(kAllTargets), true);
        model->initializeAdapters(3);
        const DeviceBatch batch = toDevice(rows(), model->compute());
        QCOMPARE(test::meanLoss(*model, batch), test::meanLoss(*whole, batch));
        for (const Parameter& parameter : model->adapterParameters()) {
            const bool zero = parameter.tensor.abs().max().item<double>() == 0.0;
            QCOMPARE(zero, parameter.name.ends_with("lora_B.weight"));
        }
    }

    void frozen_someLayers_leaveTheOtherGradientsAsTheyWere_data() { backEnds(); }
    void frozen_someLayers_leaveTheOtherGradientsAsTheyWere() {
        QFETCH(bool, fused);
        const auto whole = test::tinyModel(test::tinyConfig(false, true), 7, fused);
        const auto part = partModel(test::tinyConfig(false, true),
                                    {{}, {"model.embed_tokens*", "model.layers.[0].*", "*.1.mlp.*"}}, fused);
        for (Decoder* model : {whole.get(), part.get()}) {
            model->prepareTraining();
            model->accumulateGradients(toDevice(rows(), model->compute()), {0.02, 0.0, {}});
        }
        int frozen = 0;
        for (std::size_t i = 0; i < whole->parameters().size(); ++i) {
            const Parameter& got = part->parameters()[i];
            const bool expected = got.name.starts_with("model.embed_tokens") ||
                                  got.name.starts_with("model.layers.0.") ||
                                  got.name.find(".1.mlp.") != std::string::npos;
            QCOMPARE(!got.gradient.defined(), expected);
            frozen += expected ? 1 : 0;
            if (!expected)
                QVERIFY2(at::equal(got.gradient, whole->parameters()[i].gradient), got.name.c_str());
        }
        QVERIFY(frozen > 5);
        QVERIFY(part->trainedCount() < whole->trainedCount());
        QCOMPARE(whole->trainedCount(), whole->parameterCount());
    }

    void frozen_allBlocks_trainsTheEndAlone() {
        for (const bool fused : {true, false}) {
            const auto whole = test::tinyModel(test::tinyConfig(false), 7, fused);
            const auto part =
                partModel(test::tinyConfig(false), {{}, {"model.embed_tokens*", "model.layers.*"}}, fused);
            for (Decoder* model : {whole.get(), part.get()}) {
                model->prepareTraining();
                model->accumulateGradients(toDevice(rows(), model->compute()), {0.02, 0.0, {}});
            }
            for (const char* name : {"model.norm.weight", "lm_head.weight"})
                QVERIFY(at::equal(part->parameter(name).gradient, whole->parameter(name).gradient));
        }
    }

    void patterns_thatCannotBe_areRefused_data() {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("nothing fits") << "model.layers.9.*";
        QTest::newRow("a part of one product") << "*.q_proj.weight";
        QTest::newRow("everything") << "*";
    }
    void patterns_thatCannotBe_areRefused() {
        QFETCH(QString, pattern);
        const auto thrown = test::errorOf([&] {
            Decoder(test::tinyConfig(), computeOf(true), {{}, {pattern.toStdString()}});
        });
        QVERIFY(thrown.has_value());
        QCOMPARE(thrown->code(), ErrorCode::SettingInvalid);
        QVERIFY(!thrown->nextStep().empty());
        // Who asks before the engine is there hears the same.
        TrainSettings settings;
        settings.freeze = pattern.toStdString();
        const auto foreseen = test::errorOf([&] { checkTrainedPart(settings, test::tinyConfig()); });
        QVERIFY(foreseen.has_value());
        QCOMPARE(std::string(foreseen->what()), std::string(thrown->what()));
    }

    void recomputing_blocks_givesTheSameGradients_data() {
        QTest::addColumn<bool>("fused");
        QTest::addColumn<bool>("narrow");
        QTest::newRow("fused kernels") << true << false;
        QTest::newRow("fused kernels, bfloat16") << true << true;
        QTest::newRow("ATen composition") << false << false;
        QTest::newRow("ATen composition, bfloat16") << false << true;
    }
    void recomputing_blocks_givesTheSameGradients() {
        QFETCH(bool, fused);
        QFETCH(bool, narrow);
        if (fused && narrow && !cpuKernels().hasBfloat16) QSKIP("This CPU has no kernels for bfloat16.");
        Compute compute = computeOf(fused);
        if (narrow) compute.matmulType = at::kBFloat16;
        for (const TrainedPart& part :
             {TrainedPart{}, lora(kAllTargets), TrainedPart{{}, {"*.0.*", "*embed*"}}}) {
            const auto kept = partModel(test::tinyConfig(), part, compute);
            const auto again = partModel(test::tinyConfig(), part, compute);
            again->setRecomputing(true);
            Tensor losses[2];
            for (Decoder* model : {kept.get(), again.get()}) {
                model->prepareTraining();
                losses[model == again.get()] =
                    model->accumulateGradients(toDevice(rows(), model->compute()), {0.02, 0.1, {5.0, 3}});
            }
            QVERIFY(at::equal(losses[0], losses[1]));
            QVERIFY(at::equal(kept->arena().gradients(), again->arena().gradients()));
        }
    }

    // Memory before speed: the head's slices are others, and it is put in order for each.
    void recomputing_manyLogits_givesTheSameButForTheOrderOfSums() {
        if (!cpuKernels().hasBfloat16) QSKIP("This CPU has no kernels for bfloat16.");
        ModelConfig config = test::tinyConfig();
        config.vocabSize = 70'000;
        config.hiddenSize = 64;
        config.contextLength = 1024;
        Compute compute = computeOf(true);
        compute.matmulType = at::kBFloat16;
        const PackedBatch batch = test::pack(test::randomRows({900, 800}, config.vocabSize, 3));
        Tensor losses[2], gradients[2];
        for (const int sparing : {0, 1}) {
            const auto model = partModel(config, {}, compute);
            model->setRecomputing(sparing == 1);
            model->prepareTraining();
            losses[sparing] = model->accumulateGradients(toDevice(batch, compute), {0.02, 0.0, {}});
            gradients[sparing] = model->arena().gradients().clone();
        }
        QVERIFY(losses[0].size(0) > 2 * leastLogitRows(true));
        QVERIFY(at::allclose(losses[0], losses[1], 1e-3, 1e-3));
        const double apart = (gradients[0] - gradients[1]).norm().item<double>();
        QVERIFY2(apart < 1e-3 * gradients[0].norm().item<double>(), std::to_string(apart).c_str());
    }

    void noise_onEmbeddings_isSeededAndBounded() {
        const auto model = test::tinyModel(test::tinyConfig(), 7);
        model->prepareTraining();
        const DeviceBatch batch = toDevice(rows(), model->compute());
        const auto losses = [&](double alpha, std::uint64_t seed) {
            return model->accumulateGradients(batch, {0.02, 0.0, {alpha, seed}});
        };
        QVERIFY(at::equal(losses(0.0, 1), model->labelLosses(batch)));
        QVERIFY(at::equal(losses(5.0, 1), losses(5.0, 1)));
        QVERIFY(!at::equal(losses(5.0, 1), losses(5.0, 2)));
        const double small = (losses(0.01, 1) - losses(0.0, 1)).abs().max().item<double>();
        QVERIFY(small > 0.0 && small < 0.1);
    }

    void labelLosses_addUpToTheSum() {
        for (const bool fused : {true, false}) {
            const auto model = test::tinyModel(test::tinyConfig(), 7, fused);
            const DeviceBatch batch = toDevice(rows(), model->compute());
            const Tensor each = model->labelLosses(batch);
            QCOMPARE(each.size(0), batch.labelCount);
            const at::NoGradGuard noGrad;
            QVERIFY(std::abs(each.sum(at::kDouble).item<double>() - model->lossSum(batch).item<double>()) <
                    1e-9);
        }
    }

    void optimizer_withAdapters_changesThemAlone() {
        const auto model = partModel(test::tinyConfig(), lora({"q_proj"}), true);
        const Tensor before = model->parameter("model.layers.0.mlp.up_proj.weight").tensor.clone();
        const Tensor adapter = model->adapterParameters().front().tensor.clone();
        AdamW optimizer(model->arena(), {});
        model->prepareTraining();
        model->accumulateGradients(toDevice(rows(), model->compute()), {0.02, 0.0, {}});
        optimizer.step(1e-2, 1.0);
        QVERIFY(at::equal(before, model->parameter("model.layers.0.mlp.up_proj.weight").tensor));
        QVERIFY(!at::equal(adapter, model->adapterParameters().front().tensor));
        QVERIFY(model->arena().values().numel() < model->parameterCount());
    }
};

STUDIO_TEST(TrainedPartTest)
#include "trained_part_test.moc"
