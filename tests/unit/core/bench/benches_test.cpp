// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/base/error.h"
#include "core/bench/benches.h"
#include "core/bench/instruction_rows.h"
#include "core/bench/memory_bandwidth.h"
#include "core/bench/product_ceiling.h"
#include "core/bench/references.h"
#include "core/bench/shape_runs.h"
#include "core/bench/training_step.h"
#include "core/tensor/compute.h"
#include "tests/support/studio_test.h"
#include "tests/support/tiny_model.h"

using namespace studio;
using namespace studio::test;

namespace {

class Listening final : public JobObserver {
public:
    void onEvent(const JobEvent& event) override {
        if (const auto* log = std::get_if<LogEvent>(&event)) messages.push_back(log->message);
        if (std::holds_alternative<BenchEvent>(event)) ++rows;
    }
    std::vector<std::string> messages;
    int rows = 0;
};

BenchJob jobNamed(const std::string& name) {
    BenchJob job;
    job.name = name;
    job.rounds = 1;
    job.references = false;
    return job;
}

ErrorCode codeOf(const BenchJob& job) {
    Listening observer;
    try {
        runBench(job, observer, {});
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

}  // namespace

class BenchesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void median_oddAndEven_isTheMiddleOne() {
        QCOMPARE(median({}), 0.0);
        QCOMPARE(median({3.0, 1.0, 2.0}), 2.0);
        QCOMPARE(median({4.0, 1.0, 3.0, 2.0}), 3.0);
    }

    void runBench_whatDoesNotExist_isRefused() {
        QCOMPARE(codeOf(jobNamed("flying")), ErrorCode::InvalidArgument);
        for (const std::string& name : benchNames()) {
            if (name == "memory") continue;  // has no shapes
            BenchJob job = jobNamed(name);
            job.shape = "z";
            QCOMPARE(codeOf(job), ErrorCode::InvalidArgument);
        }
        BenchJob lora = jobNamed("lora");
        lora.only = "half of it";
        QCOMPARE(codeOf(lora), ErrorCode::InvalidArgument);
    }

    void runBench_memory_tellsFirstLastAndPeak() {
        Listening observer;
        const BenchResult result = runBench(jobNamed("memory"), observer, {});
        QCOMPARE(result.rows.size(), std::size_t{1});
        QCOMPARE(observer.rows, 1);
        const BenchRow& row = result.rows.front();
        QCOMPARE(row.task, std::string("200 packed steps"));
        QVERIFY(row.firstBytes > 0 && row.lastBytes > 0);
        QVERIFY(row.peakBytes >= row.firstBytes && row.peakBytes >= row.lastBytes);
        QVERIFY(row.tokensPerSecond > 0.0 && row.milliseconds > 0.0);
    }

    void trainingStep_run_trainsAndCountsItsTime() {
        const std::vector<Example> rows = randomRows({9, 30, 17}, tinyConfig().vocabSize, 4);
        TrainingStep step(tinyConfig(), {}, {pack(rows), pack(rows)});
        QCOMPARE(step.tokens(), std::int64_t{2 * 56});
        for (int i = 0; i < 3; ++i) step.run();
        QVERIFY(step.seconds() > 0.0);
        QVERIFY(step.updateSeconds() > 0.0 && step.updateSeconds() < step.seconds());
        step.forgetTimes();
        QCOMPARE(step.seconds(), 0.0);
        const BenchRow row = [&] {
            step.run();
            return rowOf("train", "tiny", step);
        }();
        QVERIFY(std::abs(row.tokensPerSecond * row.milliseconds * 1e-3 - 112.0) < 1e-6);
    }

    void trainingStep_adapters_trainFewerWeights() {
        const std::vector<PackedBatch> batches{pack(randomRows({20}, tinyConfig().vocabSize, 4))};
        StepSettings adapters;
        adapters.part.lora = LoraSettings{2, 4.0, {"q_proj", "down_proj"}};
        TrainingStep whole(tinyConfig(), {}, batches), lora(tinyConfig(), adapters, batches);
        lora.run();
        QVERIFY(lora.trained() > 0 && lora.trained() < whole.trained());
    }

    void productCeiling_measured_isTheBestOfItsProducts() {
        ProductCeiling ceiling(at::kFloat);
        QCOMPARE(ceiling.perSecond(), 0.0);
        ceiling.measure();
        const double once = ceiling.perSecond();
        QVERIFY(once > 1e9);
        ceiling.measure();
        QVERIFY(std::isfinite(ceiling.perSecond()));
    }

    void memoryBandwidth_measured_isPlausible() {
        MemoryBandwidth memory;
        QCOMPARE(memory.bytesPerSecond(), 0.0);
        memory.measure();
        memory.measureCopy();
        QVERIFY(memory.bytesPerSecond() > 1e8);
        QVERIFY(memory.copiedBytesPerSecond() > 1e8);
    }

    void peakOfProgram_memoryThatIsTouched_isCounted() {
        const std::uint64_t before = peakResidentBytes();
        QVERIFY(before > 0);
        const std::vector<char> touched(static_cast<std::size_t>(before) + (64U << 20), 1);
        QVERIFY(touched.back() == 1 && peakResidentBytes() >= before + (32U << 20));
    }

    void paddingShare_packedRows_isZeroAndPaddedIsCounted() {
        const std::vector<PackedBatch> batches{pack(randomRows({10, 30}, 50, 1)),
                                               pack(randomRows({20, 20}, 50, 2))};
        QCOMPARE(packedPaddingShare(batches), 0.0);
        QCOMPARE(paddedPaddingShare(batches), 1.0 - 80.0 / 100.0);
    }

    void rowsApart_packedBatch_givesTheRowsBack() {
        const std::vector<Example> rows = randomRows({4, 7}, 50, 1);
        const Json json = rowsApart({pack(rows)});
        QCOMPARE(json.size(), std::size_t{1});
        QCOMPARE(json[0]["ids"].size(), std::size_t{2});
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const std::vector<std::int64_t> ids = json[0]["ids"][row];
            QVERIFY(std::equal(ids.begin(), ids.end(), rows[row].ids.begin(), rows[row].ids.end()));
            const std::vector<std::int64_t> labels = json[0]["labels"][row];
            QCOMPARE(labels.size(), ids.size());
            QCOMPARE(labels.back(), PackedBatch::kIgnored);
            const auto learned = std::count_if(labels.begin(), labels.end(), [](auto id) { return id >= 0; });
            QCOMPARE(static_cast<std::int32_t>(learned), rows[row].labelCount());
        }
    }

    void instructionRows_withoutAssets_areTheSamplePairs() {
        const QByteArray before = qgetenv("STUDIO_ASSETS");
        qunsetenv("STUDIO_ASSETS");
        const InstructionRows rows = instructionRows(4096, {});
        if (!before.isNull()) qputenv("STUDIO_ASSETS", before);
        QCOMPARE(rows.name, std::string("sample pairs"));
        QVERIFY(rows.examples.size() > 50);
        for (const Example& row : rows.examples) {
            for (const std::int32_t id : row.ids) QVERIFY(id >= 0 && id < 4096);
        }
    }

    void references_notAsked_areNone() {
        Listening observer;
        const BenchJob job = jobNamed("train");
        const References references(job, "a", observer, {});
        QVERIFY(references.training().empty());
        QVERIFY(references.decoding().empty());
        QVERIFY(observer.messages.empty());
    }

    void reference_scriptThatAnswers_isMeasuredUntilItEnds() {
        const std::string script =
            "echo '{}'; read line; echo '{\"seconds\": 0.25}'; read line; echo '{\"seconds\": 0.5}'; read "
            "line";
        const auto process = std::make_shared<ReferenceProcess>(std::vector<std::string>{"sh", "-c", script},
                                                                initialEnvironment());
        QVERIFY(process->hear({}).has_value());
        Reference reference{"Other", "float32", process};
        for (int i = 0; i < 4; ++i) reference.measure({});
        QVERIFY(reference.seconds == (std::vector<double>{0.25, 0.5}));
        std::vector<BenchRow> rows;
        addReferenceRow(rows, {"train", "a", "", 100.0}, reference);
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(rows[0].milliseconds, 500.0);
        QCOMPARE(rows[0].tokensPerSecond, 200.0);
        addReferenceRow(rows, {"train", "a", "", 100.0}, Reference{"Silent", "float32", nullptr});
        QCOMPARE(rows.size(), std::size_t{1});
    }

    void reference_slowOne_endsAfterItsRounds() {
        const auto process = std::make_shared<ReferenceProcess>(
            std::vector<std::string>{"sh", "-c", "while read line; do echo '{\"seconds\": 2}'; done"},
            initialEnvironment());
        Reference reference{"Slow", "float32", process, 2};
        for (int i = 0; i < 4; ++i) reference.measure({});
        QCOMPARE(reference.seconds.size(), std::size_t{2});
        QVERIFY(!reference.process);
        QCOMPARE(process.use_count(), 1L);
    }

    void bestPyTorchEnvironment_overrides_areTakenAway() {
        const Environment best = bestPyTorchEnvironment(
            {{"OPENBLAS_CORETYPE", "Haswell"}, {"OPENBLAS_L2_SIZE", "512"}, {"A", "b"}});
        QVERIFY(!best.contains("OPENBLAS_CORETYPE") && !best.contains("OPENBLAS_L2_SIZE"));
        QCOMPARE(best.at("A"), std::string("b"));
    }
};

STUDIO_TEST(BenchesTest)
#include "benches_test.moc"
