// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/checkpoint/model_io.h"
#include "core/generate/generator.h"
#include "tests/support/assets.h"
#include "tests/support/golden_files.h"
#include "tests/support/studio_test.h"

using namespace studio;

/// GPT-2 as the bare model saves it: names without "transformer.", masks beside the weights.
class BareModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bareWeights_giveTheLogitsOfTheWholeModel() {
        STUDIO_NEEDS_ASSET(whole, "models/tiny-gpt2");
        STUDIO_NEEDS_ASSET(bare, "models/tiny-gpt2-bare");
        const at::NoGradGuard noGrad;
        const Compute compute = chooseCompute("cpu", "float32", 2, 0);
        const auto one = loadModel(whole, compute), other = loadModel(bare, compute);
        const auto golden = test::readGolden(whole / "golden/golden.json");
        QVERIFY(!golden.at("logits").empty());
        for (const auto& entry : golden.at("logits")) {
            const auto ids = entry.at("ids").get<std::vector<std::int64_t>>();
            QVERIFY(at::equal(logitsOf(*one, ids), logitsOf(*other, ids)));
        }
    }

    void bareWeights_saved_haveTheirWholeNames() {
        STUDIO_NEEDS_ASSET(bare, "models/tiny-gpt2-bare");
        const test::TemporaryFolder folder;
        const auto model = loadModel(bare, chooseCompute("cpu", "float32", 2, 0));
        saveModel(*model, folder / "saved", {});
        const WeightFiles weights(folder / "saved");
        QVERIFY(weights.contains("transformer.wte.weight") && !weights.contains("wte.weight"));
        checkWeights(readModelConfig(folder / "saved"), weights);
    }

    void savedModel_keepsWhereItsBaseEndsAnswers() {
        STUDIO_NEEDS_ASSET(bare, "models/tiny-gpt2-bare");
        const test::TemporaryFolder folder;
        const auto model = loadModel(bare, chooseCompute("cpu", "float32", 2, 0));
        SavedModelFacts facts;
        facts.tokenizerFolder = folder / "base";
        makeFolders(facts.tokenizerFolder);
        writeJsonFile(facts.tokenizerFolder / "generation_config.json",
                      {{"eos_token_id", {511, 7}}, {"temperature", 0.6}});
        saveModel(*model, folder / "saved", facts);
        QCOMPARE(readModelConfig(folder / "saved").answerEndIds, (std::vector<std::int64_t>{511, 7}));
        const OrderedJson written = readJsonFile(folder / "saved/generation_config.json");
        QCOMPARE(written["temperature"].get<double>(), 0.6);
        saveModel(*model, folder / "alone", {});
        QCOMPARE(readModelConfig(folder / "alone").answerEndIds, model->config().eosIds);
    }
};

STUDIO_TEST(BareModelTest)
#include "bare_model_test.moc"
