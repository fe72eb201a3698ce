// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/checkpoint/model_io.h"
#include "core/generate/generator.h"
#include "core/train/optimizer.h"
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
        QTest::addColumn<bool>("fused");
        QTest::newRow("fused kernels") << true;
        QTest::newRow("ATen composition") << false;
    }

    void tenSteps_fullFineTuning_agree() {
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        const auto golden = test::readGolden(folder / "training/training.json");
        QFETCH(bool, fused);
        Compute compute = chooseCompute("cpu", "float32", 2, 0);
        QVERIFY(compute.fused);
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
            const double loss = model->accumulateGradients(batch, {share, 0.0}).item<double>() * share;
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
