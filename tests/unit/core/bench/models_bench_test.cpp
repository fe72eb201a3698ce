// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/models_bench.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/model_config.h"
#include "core/formats/model_family.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

class SilentObserver final : public JobObserver {
public:
    void onEvent(const JobEvent&) override {}
};

BenchFamily smallFamily() {
    return {"small",
            {{"architectures", {"LlamaForCausalLM"}},
             {"vocab_size", 300},
             {"hidden_size", 128},
             {"intermediate_size", 256},
             {"num_hidden_layers", 2},
             {"num_attention_heads", 2},
             {"num_key_value_heads", 1},
             {"max_position_embeddings", 1024},
             {"bos_token_id", 1},
             {"eos_token_id", 2}}};
}

}  // namespace

class ModelsBenchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void families_all_areTheKnownOnesAndOfOneSize() {
        std::vector<std::string> measured, known;
        for (const BenchFamily& family : benchFamilies()) {
            const ModelConfig config = parseModelConfig(family.config, "config.json");
            QCOMPARE(family.name, std::string(config.family().modelType));
            const std::int64_t millions = config.parameterCount() / 1'000'000;
            QVERIFY2(millions >= 60 && millions <= 120, family.name.c_str());
            QVERIFY(config.contextLength >= 512 + 64);
            measured.push_back(config.architecture);
        }
        for (const ModelFamily& family : modelFamilies()) known.emplace_back(family.architecture);
        std::sort(measured.begin(), measured.end());
        std::sort(known.begin(), known.end());
        QCOMPARE(measured, known);
    }

    void measureFamily_everyPrecision_givesItsRows_data() {
        QTest::addColumn<QString>("precision");
        QTest::addColumn<int>("rows");
        QTest::newRow("float32") << "float32" << 3;
        QTest::newRow("bfloat16") << "bfloat16" << 3;
        QTest::newRow("int8") << "int8" << 2;
    }
    void measureFamily_everyPrecision_givesItsRows() {
        QFETCH(QString, precision);
        QFETCH(int, rows);
        BenchJob job;
        job.rounds = 1;
        SilentObserver observer;
        const auto all = measureFamily(smallFamily(), precision.toStdString(), job, observer, {});
        QCOMPARE(static_cast<int>(all.size()), rows);
        for (const BenchRow& row : all) {
            QCOMPARE(row.bench, std::string("models"));
            QCOMPARE(row.shape, std::string("small"));
            QCOMPARE(row.precision, precision.toStdString());
            QVERIFY(row.milliseconds > 0.0);
            const bool load = row.task == "load";
            QCOMPARE(row.tokensPerSecond > 0.0, !load);
            QCOMPARE(row.loadedGigabytes > 0.0, load);
            QCOMPARE(row.ceilingGigabytes > 0.0 && row.ceilingShare > 0.0, load);
            QCOMPARE(row.fileBytes > 0, load);
        }
    }

    void measureFamily_unknownPrecision_isRefused() {
        SilentObserver observer;
        STUDIO_COMPARE_ERROR_TEXT(measureFamily(smallFamily(), "int4", {}, observer, {}),
                                  ErrorCode::InvalidArgument, "\"int4\"");
    }
};

STUDIO_TEST(ModelsBenchTest)
#include "models_bench_test.moc"
