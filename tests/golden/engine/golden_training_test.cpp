// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/checkpoint/model_io.h"
#include "core/formats/safetensors.h"
#include "core/generate/generator.h"
#include "core/train/adamw.h"
#include "tests/support/assets.h"
#include "tests/support/golden_files.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

/// Ten AdamW steps of a real model against PyTorch autograd in float64, and the published greedy story.
class GoldenTrainingTest : public QObject {
    Q_OBJECT

private:
    static std::vector<Example> goldenRows(const nlohmann::json& golden) {
        std::vector<Example> rows;
        for (const auto& entry : golden.at("batch")) {
            Example row;
            row.ids = entry.at("ids").get<std::vector<std::int32_t>>();
            row.promptLength = entry.at("prompt_len").get<std::int32_t>();
            for (std::size_t i = 0; i < row.ids.size(); ++i)
                row.trained.push_back(i >= static_cast<std::size_t>(row.promptLength));
            rows.push_back(row);
        }
        return rows;
    }

private Q_SLOTS:
    void tenSteps_fullFineTuning_agree_data() {
        QTest::addColumn<QString>("device");
        QTest::addColumn<bool>("fused");
        QTest::newRow("fused kernels") << "cpu" << true;
        for (const std::string& device : availableDevices())
            QTest::addRow("ATen composition, %s", device.c_str()) << QString::fromStdString(device) << false;
    }

    void tenSteps_fullFineTuning_agree() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const auto golden = test::readGolden(folder / "training/training.json");
        QFETCH(QString, device);
        QFETCH(bool, fused);
        Compute compute = chooseCompute(device.toStdString(), "float32", 2, 0);
        QCOMPARE(compute.fused, compute.device.is_cpu());
        compute.fused = fused;
        const auto model = loadModel(folder, compute);
        model->prepareTraining();
        // The golden run decays every tensor; this program's own runs leave norms alone.
        const auto& o = golden.at("full").at("optimizer");
        AdamW optimizer(model->arena(),
                        {o.at("betas")[0], o.at("betas")[1], o.at("eps"), o.at("weight_decay"), true});
        const DeviceBatch batch = toDevice(test::pack(goldenRows(golden)), compute);
        const double share = 1.0 / static_cast<double>(batch.labelCount);

        const auto losses = golden.at("full").at("losses").get<std::vector<double>>();
        const auto norms = golden.at("full").at("grad_norms").get<std::vector<double>>();
        for (std::size_t step = 0; step < losses.size(); ++step) {
            const double loss =
                model->accumulateGradients(batch, {share, 0.0, {}}).sum(at::kDouble).item<double>() * share;
            // float32 drifts from float64 as steps add up: 1e-4 relative at first, 2e-3 at the last, as the
            // golden says.
            const double tolerance = (step < 5 ? 1e-4 : 2e-3) * std::max(1.0, losses[step]);
            QVERIFY2(std::abs(loss - losses[step]) < tolerance, qPrintable(QString("step %1").arg(step)));
            if (step == norms.size()) break;
            QVERIFY(std::abs(optimizer.gradientNorm() - norms[step]) < 2e-3 * norms[step]);
            if (step == 0) compareFirstGradients(golden.at("full").at("first_gradients"), *model);
            optimizer.step(o.at("lr"), 1.0);
        }
    }

    void tenSteps_lora_agree_data() { tenSteps_fullFineTuning_agree_data(); }

    void tenSteps_lora_agree() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const auto golden = test::readGolden(folder / "training/training.json");
        const auto& lora = golden.at("lora");
        QFETCH(QString, device);
        QFETCH(bool, fused);
        Compute compute = chooseCompute(device.toStdString(), "float32", 2, 0);
        compute.fused = fused;
        const auto model =
            loadModel(folder, compute, {}, {},
                      {LoraSettings{lora.at("r"), lora.at("alpha"), lora.at("target_modules")}, {}});
        readAdapters(folder / "training/lora_initial/adapter_model.safetensors", *model);
        model->prepareTraining();
        const auto& o = lora.at("optimizer");
        AdamW optimizer(model->arena(),
                        {o.at("betas")[0], o.at("betas")[1], o.at("eps"), o.at("weight_decay"), true});
        const DeviceBatch batch = toDevice(test::pack(goldenRows(golden)), compute);
        const double share = 1.0 / static_cast<double>(batch.labelCount);
        const auto losses = lora.at("losses").get<std::vector<double>>();
        const auto norms = lora.at("grad_norms").get<std::vector<double>>();
        for (std::size_t step = 0; step < losses.size(); ++step) {
            const double loss =
                model->accumulateGradients(batch, {share, 0.0, {}}).sum(at::kDouble).item<double>() * share;
            const double tolerance = (step < 5 ? 1e-4 : 2e-3) * std::max(1.0, losses[step]);
            QVERIFY2(std::abs(loss - losses[step]) < tolerance,
                     qPrintable(QString("step %1: %2").arg(step).arg(loss)));
            if (step == norms.size()) break;
            QVERIFY(std::abs(optimizer.gradientNorm() - norms[step]) < 2e-3 * norms[step]);
            if (step == 0) compareAdapterGradients(lora.at("first_gradients"), *model);
            optimizer.step(o.at("lr"), 1.0);
        }
    }

    void trainedAdapters_besideAndMerged_giveTheSameLogits() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const auto golden = test::readGolden(folder / "training/training.json");
        const auto& lora = golden.at("lora");
        const Compute compute = chooseCompute("cpu", "float32", 2, 0);
        const auto adapted =
            loadModel(folder, compute, {}, {},
                      {LoraSettings{lora.at("r"), lora.at("alpha"), lora.at("target_modules")}, {}});
        readAdapters(folder / "training/lora_trained/adapter_model.safetensors", *adapted);
        const auto merged = loadModel(folder, compute);
        adapted->mergeInto(*merged);
        test::FloatArray npy = test::readNpy(folder / "training/lora_trained/logits_first12.npy");
        const Tensor expected = at::from_blob(npy.values.data(), npy.shape);
        Example row;
        row.ids = golden.at("batch")[0].at("ids").get<std::vector<std::int32_t>>();
        row.ids.resize(12);
        row.trained.assign(12, 1);
        const DeviceBatch batch = toDevice(test::pack({row}), compute);
        const at::NoGradGuard noGrad;
        for (const Decoder* model : {adapted.get(), merged.get()}) {
            const Tensor logits = model->logits(model->hidden(batch));
            QVERIFY((logits - expected).abs().max().item<double>() < 1e-3);
        }
    }

    void emptyPrompt_greedy_givesThePublishedStory() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const auto golden = test::readGolden(folder / "golden/empty_prompt_256.json");
        const auto model = loadModel(folder, chooseCompute("cpu", "float32", 2, 0));
        const auto tokenizer = loadTokenizer(folder);
        GenerateSettings settings;
        settings.maxNewTokens = 256;
        const Generation answer = generate(*model, *tokenizer, {{1}, settings}, {}, {});
        QCOMPARE(answer.ids, golden.at("ids").get<std::vector<std::int64_t>>());
        QCOMPARE(answer.stopReason, std::string("max_tokens"));
    }

private:
    /// PEFT's names: base_model.model.<module>.lora_A.weight.
    static void readAdapters(const std::filesystem::path& file, Decoder& model) {
        const at::NoGradGuard noGrad;
        const SafetensorsFile weights(file);
        for (Parameter& parameter : model.adapterParameters()) {
            const std::string name = "base_model.model." + parameter.name;
            QVERIFY2(weights.contains(name), name.c_str());
            parameter.tensor.copy_(at::from_blob(const_cast<std::byte*>(weights.data(name)),
                                                 parameter.tensor.sizes(), at::kFloat));
        }
        model.weightsChanged();
    }

    static void compareAdapterGradients(const nlohmann::json& expected, Decoder& model) {
        QCOMPARE(model.adapterParameters().size(), expected.size());
        for (const Parameter& parameter : model.adapterParameters()) {
            const std::string name = parameter.name.substr(0, parameter.name.rfind(".weight"));
            const double norm = expected.at(name).at("l2");
            QVERIFY2(std::abs(parameter.gradient.norm().item<double>() - norm) < 1e-4 * std::max(1.0, norm),
                     name.c_str());
        }
    }

    static void compareFirstGradients(const nlohmann::json& expected, Decoder& model) {
        for (const auto& [name, figures] : expected.items()) {
            const Tensor gradient = model.parameter(name).gradient.flatten();
            const double norm = figures.at("l2");
            QVERIFY2(std::abs(gradient.norm().item<double>() - norm) < 1e-4 * std::max(1.0, norm),
                     name.c_str());
            const auto first = figures.at("first8").get<std::vector<double>>();
            for (std::size_t i = 0; i < first.size(); ++i) {
                QVERIFY2(std::abs(gradient[static_cast<std::int64_t>(i)].item<double>() - first[i]) < 1e-4,
                         name.c_str());
            }
        }
    }
};

STUDIO_TEST(GoldenTrainingTest)
#include "golden_training_test.moc"
