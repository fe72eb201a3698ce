// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/checkpoint/model_io.h"
#include "core/generate/generator.h"
#include "tests/support/golden_files.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;

namespace {

std::vector<std::int64_t> idsOf(const nlohmann::json& entry) {
    return entry.at("ids").get<std::vector<std::int64_t>>();
}

std::unique_ptr<Decoder> load(const std::filesystem::path& folder) {
    return loadModel(folder, chooseCompute("cpu", "float32", 2, 0));
}

/// Mean cross-entropy of ids[first..], each given the earlier ids.
double meanLoss(const Decoder& model, const std::vector<std::int64_t>& ids, std::size_t first) {
    Example row;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        row.ids.push_back(static_cast<std::int32_t>(ids[i]));
        row.trained.push_back(i >= first ? 1 : 0);
    }
    const at::NoGradGuard noGrad;
    const DeviceBatch batch = toDevice(test::pack({row}), model.compute());
    return model.lossSum(batch).item<double>() / static_cast<double>(batch.labelCount);
}

}  // namespace

/// Real and made models against numbers computed by another implementation in float64.
class GoldenModelTest : public QObject {
    Q_OBJECT

private:
    static void models() {
        QTest::addColumn<QString>("folder");
        for (const auto& folder : test::goldenModels()) {
            QTest::newRow(folder.filename().c_str()) << QString::fromStdString(folder.string());
        }
    }

    struct Golden {
        std::unique_ptr<Decoder> model;
        nlohmann::json json;
        std::filesystem::path folder;
    };
    static Golden golden() {
        QFETCH_GLOBAL(QString, folder);
        const std::filesystem::path path = folder.toStdString();
        return {load(path), test::readGolden(path / "golden/golden.json"), path};
    }

private Q_SLOTS:
    void initTestCase_data() {
        if (test::goldenModels().empty())
            QSKIP("the test assets are not on this machine (STUDIO_ASSETS): models");
        models();
    }

    void logits_everyPrompt_agree() {
        const Golden g = golden();
        QVERIFY(!g.json.at("logits").empty());
        for (const auto& entry : g.json.at("logits")) {
            const auto expected = test::readNpy(g.folder / "golden" / entry.at("file").get<std::string>());
            const Tensor logits = logitsOf(*g.model, idsOf(entry)).contiguous();
            QCOMPARE(logits.numel(), static_cast<std::int64_t>(expected.values.size()));
            const float* actual = logits.data_ptr<float>();
            for (std::size_t i = 0; i < expected.values.size(); ++i) {
                const double difference = std::abs(actual[i] - expected.values[i]);
                QVERIFY2(difference <= 1e-4 + 1e-4 * std::abs(expected.values[i]),
                         qPrintable(QString::number(difference)));
            }
        }
    }

    void greedy_everyPrompt_isTokenExact() {
        const Golden g = golden();
        const at::NoGradGuard noGrad;
        const auto fused = makeNextTokenScorer(*g.model), aten = makeAtenScorer(*g.model);
        QVERIFY(fused->fused() && !aten->fused());
        for (const auto& entry : g.json.at("greedy")) {
            const auto expected = entry.at("continuation").get<std::vector<std::int64_t>>();
            const std::vector<std::int64_t> ids = idsOf(entry);
            const auto prompt = static_cast<std::int64_t>(ids.size()) - 1;
            for (NextTokenScorer* scorer : {fused.get(), aten.get()}) {
                KeyValueCache cache(g.model->config(),
                                    prompt + 1 + static_cast<std::int64_t>(expected.size()), at::kCPU);
                g.model->fillCache(at::tensor(ids).narrow(0, 0, prompt), cache);
                std::int64_t last = ids.back();
                for (const std::int64_t want : expected) {
                    const float* scores = scorer->next({{last, &cache}});
                    last = std::max_element(scores, scores + g.model->config().vocabSize) - scores;
                    QCOMPARE(last, want);
                }
            }
        }
    }

    /// The whole way of an answer, also through tokens that the tokenizer has not: a vocabulary may be
    /// padded.
    void answers_everyPrompt_areTheContinuation() {
        const Golden g = golden();
        const auto tokenizer = loadTokenizer(g.folder);
        const std::vector<std::int64_t>& ends = g.model->config().eosIds;
        for (const auto& entry : g.json.at("greedy")) {
            auto expected = entry.at("continuation").get<std::vector<std::int64_t>>();
            GenerationRequest request;
            request.prompt = idsOf(entry);
            request.settings.maxNewTokens = static_cast<std::int64_t>(expected.size());
            expected.erase(std::find_first_of(expected.begin(), expected.end(), ends.begin(), ends.end()),
                           expected.end());
            QVERIFY(generate(*g.model, *tokenizer, request, {}, {}).ids == expected);
        }
    }

    void losses_everyText_agree() {
        const Golden g = golden();
        for (const auto& entry : g.json.at("loss")) {
            const auto ids = idsOf(entry);
            QVERIFY(std::abs(meanLoss(*g.model, ids, 1) - entry.at("loss").get<double>()) < 1e-4);
            if (!entry.contains("completion_loss")) continue;
            const auto prompt = entry.at("prompt_len").get<std::size_t>();
            QVERIFY(std::abs(meanLoss(*g.model, ids, prompt) - entry.at("completion_loss").get<double>()) <
                    1e-4);
        }
    }
};

STUDIO_TEST(GoldenModelTest)
#include "golden_model_test.moc"
