// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/checkpoint/model_io.h"
#include "core/data/example.h"
#include "core/formats/json.h"
#include "core/text/prompt_template.h"
#include "core/tokenizer/tokenizer.h"
#include "core/train/evaluator.h"
#include "core/train/trainer.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

constexpr std::size_t kRows = 120;

std::vector<Record> alpacaRows(const std::filesystem::path& file, std::size_t count = kRows) {
    std::vector<Record> records;
    for (const OrderedJson& row : readJsonFile(file)) {
        if (records.size() == count) break;
        Record record;
        record.id = static_cast<std::int64_t>(records.size()) + 1;
        record.instruction = row.value("instruction", "");
        record.input = row.value("input", "");
        record.output = row.value("output", "");
        records.push_back(record);
    }
    return records;
}

struct Silent final : TrainerObserver {
    void onStage(const std::string&) override {}
    void onMetrics(const MetricsLine&, double) override {}
};

}  // namespace

/// Real instruction rows and a real model: what is laid end to end must not see its neighbours.
class InstructionLossTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void alpacaRows_packedAndRowByRow_haveTheSameLosses_data() {
        QTest::addColumn<bool>("fused");
        QTest::newRow("fused kernels") << true;
        QTest::newRow("ATen composition") << false;
    }

    void alpacaRows_packedAndRowByRow_haveTheSameLosses() {
        QFETCH(bool, fused);
        STUDIO_NEEDS_ASSET(folder, "models/stories260K");
        STUDIO_NEEDS_ASSET(data, "datasets/alpaca_en_demo.json");
        Compute compute = chooseCompute("cpu", "float32", 2, 0);
        compute.fused = fused;
        const auto model = loadModel(folder, compute);
        const auto tokenizer = loadTokenizer(folder);
        const ExampleSet rows = buildExamples(alpacaRows(data), findTemplate("alpaca"), *tokenizer,
                                              {model->config().contextLength, false}, {}, {});
        QVERIFY(rows.examples.size() > kRows / 2);
        const Evaluator::Result packed = Evaluator(rows.examples, kEvaluationTokens).evaluate(*model, {});
        const Evaluator::Result single = Evaluator(rows.examples, 1).evaluate(*model, {});
        QVERIFY(std::abs(packed.meanLoss - single.meanLoss) < 1e-4);
        QCOMPARE(packed.rows.size(), single.rows.size());
        for (std::size_t i = 0; i < packed.rows.size(); ++i) {
            const double off = std::abs(packed.rows[i].loss - single.rows[i].loss);
            QVERIFY2(off < 1e-4, qPrintable(QString("row %1: %2").arg(packed.rows[i].rowId).arg(off)));
        }
    }

    void bfloat16Training_onAlpacaRows_endsWithinAHundredthOfFloat32() {
        if (!cpuHasFastBfloat16()) QSKIP("This CPU has no fast bfloat16.");
        STUDIO_NEEDS_ASSET(data, "datasets/alpaca_en_demo.json");
        const std::filesystem::path folder = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        const auto tokenizer = loadTokenizer(folder);
        std::vector<Record> records = alpacaRows(data, 400);
        const std::vector<Record> validation(records.end() - 80, records.end());
        records.resize(records.size() - 80);
        const auto examples = [&](const std::vector<Record>& rows) {
            return buildExamples(rows, findTemplate("alpaca"), *tokenizer, {256, false}, {}, {}).examples;
        };
        const std::vector<Example> train = examples(records), test = examples(validation);
        TrainSettings settings;
        settings.epochs = 1.0;
        settings.batchRows = 8;
        std::vector<TrainerResult> results;
        for (const char* precision : {"float32", "bfloat16"}) {
            const auto model = loadModel(folder, chooseCompute("cpu", precision, 2, 0));
            Silent observer;
            Trainer trainer(*model, {train, test}, settings, observer);
            results.push_back(trainer.run({}));
        }
        const double exact = results[0].lastEvalLoss, rounded = results[1].lastEvalLoss;
        qInfo("evaluation loss %.4f at the start, %.4f in float32, %.4f in bfloat16",
              results[0].firstEvalLoss, exact, rounded);
        QVERIFY(exact < 0.95 * results[0].firstEvalLoss);  // it has learned something
        QVERIFY2(std::abs(rounded - exact) < 0.01 * exact,
                 qPrintable(QString("%1 and %2").arg(exact).arg(rounded)));
    }
};

STUDIO_TEST(InstructionLossTest)
#include "instruction_loss_test.moc"
