// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/preflight.h"

#include "core/base/compute_limits.h"
#include "core/jobs/training_size.h"
#include "tests/support/byte_tokenizer.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
using test::ByteTokenizer;

namespace {

/// Of 124 million weights.
ModelConfig gpt2() {
    ModelConfig model;
    model.vocabSize = 50257;
    model.hiddenSize = 768;
    model.intermediateSize = 4 * model.hiddenSize;
    model.layerCount = model.headCount = model.keyValueHeadCount = 12;
    model.headSize = 64;
    model.contextLength = 1024;
    model.architecture = "GPT2LMHeadModel";
    model.layerNorm = model.gelu = model.mlpBias = true;
    model.queryKeyValueBias = model.outputBias = true;
    model.learnedPositions = model.tiedEmbeddings = true;
    return model;
}

ModelConfig smallModel() {
    ModelConfig config;
    config.vocabSize = 258;
    config.hiddenSize = 64;
    config.intermediateSize = 172;
    config.layerCount = 2;
    config.headCount = 4;
    config.keyValueHeadCount = 4;
    config.headSize = 16;
    config.contextLength = 256;
    config.tiedEmbeddings = true;
    return config;
}

TrainJob jobOf(int rows, const std::string& response = "four") {
    std::vector<Record> records;
    for (int i = 0; i < rows; ++i) {
        Record record;
        record.id = i + 1;
        record.instruction = "Say " + std::to_string(i);
        record.output = response;
        records.push_back(record);
    }
    TrainJob job;
    job.promptTemplate = {"t", "T", "{instruction}{input}", "{instruction}", "\n", true};
    job.train = std::make_shared<const std::vector<Record>>(records);
    job.validation = std::make_shared<const std::vector<Record>>(
        std::vector<Record>(records.begin(), records.begin() + 2));
    return job;
}

}  // namespace

class PreflightTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void computePreflight_plainRows_countsAndPlansLikeTheTrainer() {
        TrainJob job = jobOf(9);
        job.settings.epochs = 3;
        job.settings.batchRows = 4;
        job.settings.accumulation = 2;
        job.settings.warmupShare = 0.5;
        const Preflight found = computePreflight(job, ByteTokenizer(), smallModel(), {});
        QCOMPARE(found.trainRows, std::int64_t(9));
        QCOMPARE(found.validationRows, std::int64_t(2));
        QVERIFY(found.cutRows.empty() && found.emptyRows.empty());
        QCOMPARE(found.tokensPerEpoch,
                 std::int64_t(9 * (1 + 5 + 1 + 4 + 1)));  // begin, prompt, separator, response, end
        QCOMPARE(found.longestRow, std::int64_t(12));
        // 3 micro-batches an epoch, 2 to a step: 1.5 steps an epoch, 4.5 in all, rounded up.
        QCOMPARE(found.plan.stepsPerEpoch, 1.5);
        QCOMPARE(found.plan.totalSteps, std::int64_t(5));
        QCOMPARE(found.plan.totalSteps, planSteps(job.settings, 3).totalSteps);
    }

    void computePreflight_rowsOfOtherLengths_padToTheLongestOfTheBatch() {
        TrainJob job = jobOf(8);
        job.settings.batchRows = 8;
        QCOMPARE(computePreflight(job, ByteTokenizer(), smallModel(), {}).paddedTokensPerEpoch,
                 std::int64_t(8 * 12));
        std::vector<Record> rows = *job.train;
        rows[3].output += std::string(20, 'x');
        job.train = std::make_shared<const std::vector<Record>>(rows);
        const Preflight found = computePreflight(job, ByteTokenizer(), smallModel(), {});
        QCOMPARE(found.tokensPerEpoch, std::int64_t(8 * 12 + 20));
        QCOMPARE(found.paddedTokensPerEpoch, std::int64_t(8 * 32));
        job.settings.batchRows = 1;  // a row alone needs no padding
        QCOMPARE(computePreflight(job, ByteTokenizer(), smallModel(), {}).paddedTokensPerEpoch,
                 std::int64_t(8 * 12 + 20));
    }

    void computePreflight_longAndHopelessRows_areListed() {
        TrainJob job = jobOf(4, std::string(40, 'x'));
        job.settings.cutoff = 20;
        const Preflight cut = computePreflight(job, ByteTokenizer(), smallModel(), {});
        QCOMPARE(cut.cutRows.size(), std::size_t(4));
        QCOMPARE(cut.tokensPerEpoch, std::int64_t(80));
        QCOMPARE(cut.longestRow, std::int64_t(48));
        job.settings.cutoff = 8;  // the prompt and its separator fill it
        job.settings.cutoff = 7;
        const Preflight none = computePreflight(job, ByteTokenizer(), smallModel(), {});
        QCOMPARE(none.trainRows, std::int64_t(0));
        QCOMPARE(none.emptyRows.size(), std::size_t(4));
        QCOMPARE(none.plan.totalSteps, std::int64_t(0));
    }

    void computePreflight_cutoffBeyondTheContext_isTheContext() {
        TrainJob job = jobOf(4, std::string(40, 'x'));
        ModelConfig model = smallModel();
        model.contextLength = 20;
        const Preflight found = computePreflight(job, ByteTokenizer(), model, {});
        QCOMPARE(found.cutoff, std::int64_t(20));
        QCOMPARE(found.cutRows.size(), std::size_t(4));
        model.contextLength = 256;
        job.settings.cutoff = 100;
        QCOMPARE(computePreflight(job, ByteTokenizer(), model, {}).cutoff, std::int64_t(100));
    }

    void computePreflight_measuredRate_givesTheTime() {
        TrainJob job = jobOf(8);
        job.settings.epochs = 2;
        job.settings.batchRows = 8;
        PreflightMachine machine;
        machine.measuredTokensPerSecond = 96.0;
        const Preflight found = computePreflight(job, ByteTokenizer(), smallModel(), machine);
        QVERIFY(found.secondsMeasured);
        QCOMPARE(found.time.training, 2.0);  // 2 epochs of 96 tokens
        // Two rows, three times; a forward pass is a third of a step.
        QCOMPARE(found.time.evaluations, 3 * 24.0 / (3 * 96.0));
        QVERIFY(found.time.loading > 0.0 && found.time.saving > 0.0);
        QVERIFY(found.secondsLeast == found.seconds && found.secondsMost == found.seconds);
        const Preflight computed = computePreflight(job, ByteTokenizer(), smallModel(), {2, std::nullopt});
        const Preflight oneThread = computePreflight(job, ByteTokenizer(), smallModel(), {1, std::nullopt});
        QVERIFY(!computed.secondsMeasured && computed.seconds > 0.0);
        QVERIFY(std::abs(oneThread.time.training / computed.time.training - 2.0) < 1e-9);
    }

    void time_computed_isARangeWithAnswersAndEvaluations() {
        TrainJob job = jobOf(8);
        job.settings.maxSteps = 40;
        job.settings.evaluateEvery = 10;
        const Preflight silent = computePreflight(job, ByteTokenizer(), smallModel(), {});
        QVERIFY(silent.time.evaluations > 0.0);
        QCOMPARE(silent.time.samples, 0.0);
        QCOMPARE(silent.secondsLeast, silent.seconds / kComputedShorter);
        QCOMPARE(silent.secondsMost, silent.seconds * kComputedLonger);
        job.settings.sampleEvery = 10;
        const Preflight asked = computePreflight(job, ByteTokenizer(), smallModel(), {});
        // Three prompts, five times, half a millisecond for each token at least.
        QVERIFY(asked.time.samples >= 15 * static_cast<double>(kSampleTokens) * 0.5e-3);
        QCOMPARE(asked.seconds, silent.seconds + asked.time.samples);
        job.samplePrompts.resize(6);
        QCOMPARE(computePreflight(job, ByteTokenizer(), smallModel(), {}).time.samples,
                 2.0 * asked.time.samples);
    }

    void computePreflight_sourceThatNoRowHas_isNamed() {
        TrainJob job = jobOf(4);
        job.settings.mixture = "nowhere.json=2";
        QCOMPARE(computePreflight(job, ByteTokenizer(), smallModel(), {}).unknownSources,
                 std::vector<std::string>{"nowhere.json"});
    }

    void estimateMemory_manyLogits_countsTheSliceOfTheEngine() {
        ModelConfig wide = smallModel(), wider = smallModel();
        wide.vocabSize = kLogitsAtOnce / 2000;  // two thousand rows fill the slice
        wider.vocabSize = 2 * wide.vocabSize;
        const auto activations = [](const ModelConfig& model, std::int64_t tokens) {
            return estimateMemory(model, {}, tokens, 0).activations;
        };
        QCOMPARE(activations(wider, 2000), activations(wide, 2000));
        QVERIFY(activations(wide, 1000) + 2 * static_cast<std::uint64_t>(kLogitsAtOnce) <
                activations(wide, 2000));
        // So many rows are taken at least, though they are more.
        wider.vocabSize = kLogitsAtOnce / 100;
        QVERIFY(activations(wider, 2000) >
                4 * static_cast<std::uint64_t>(leastLogitRows(false) * wider.vocabSize));
    }

    void estimateMemory_adapters_countsWhatTheyKeep() {
        TrainSettings thin, thick;
        thin.method = thick.method = "lora";
        thin.loraRank = 8;
        thick.loraRank = 72;
        const auto activations = [](const TrainSettings& settings) {
            return estimateMemory(smallModel(), settings, 1000, 0).activations;
        };
        const auto more = static_cast<double>(activations(thick) - activations(thin));
        // 64 more numbers for each of seven projections, a token and layer, in two bytes at least.
        QVERIFY(more >= 2.0 * 64 * 7 * 1000 * static_cast<double>(smallModel().layerCount));
    }

    void computePreflight_noRows_throwsNoTrainingRows() {
        TrainJob job = jobOf(2);
        job.train = std::make_shared<const std::vector<Record>>();
        STUDIO_COMPARE_ERROR_TEXT(computePreflight(job, ByteTokenizer(), smallModel(), {}),
                                  ErrorCode::NoTrainingRows, "no accepted rows in the train split");
    }

    void computePreflight_stopped_throwsCancelled() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            computePreflight(jobOf(50), ByteTokenizer(), smallModel(), {}, stop.get_token()), Cancelled);
    }

    void estimateMemory_parts_followTheSizes() {
        const ModelConfig model = smallModel();
        const MemoryEstimate one = estimateMemory(model, {}, 100, 20);
        const auto parameters = static_cast<std::uint64_t>(model.parameterCount());
        QCOMPARE(one.weights, 4 * parameters);
        QCOMPARE(one.optimizer, 8 * parameters);
        QCOMPARE(one.total(), one.weights + one.gradients + one.optimizer + one.activations + one.program);
        QVERIFY(estimateMemory(model, {}, 200, 20).activations > 1.9 * static_cast<double>(one.activations));
        // An evaluation takes many tokens at once, of which it keeps nothing.
        QVERIFY(estimateMemory(model, {}, 100, 100000).activations > one.activations);
        QCOMPARE(estimateMemory(model, {}, 100, 0).activations, one.activations);
    }

    void estimateMemory_settings_needLess() {
        const ModelConfig model = smallModel();
        const MemoryEstimate full = estimateMemory(model, {}, 4000, 20);
        TrainSettings lora;
        lora.method = "lora";
        const MemoryEstimate adapters = estimateMemory(model, lora, 4000, 20);
        QVERIFY(adapters.gradients < full.gradients / 2);
        QVERIFY(adapters.optimizer == 2 * adapters.gradients);
        TrainSettings frozen;
        frozen.freeze = "model.layers.[0].*";
        QVERIFY(estimateMemory(model, frozen, 4000, 20).gradients < full.gradients);
        TrainSettings small;
        small.optimizer = "adamw8bit";
        small.gradientCheckpointing = true;
        const MemoryEstimate less = estimateMemory(model, small, 4000, 20);
        QVERIFY(less.optimizer < full.optimizer / 3);
        QVERIFY(less.activations <= full.activations);
        small.optimizer = "sgd";
        small.momentum = 0.0;
        QCOMPARE(estimateMemory(model, small, 4000, 20).optimizer, std::uint64_t{0});
    }

    void microBatchTokens_budget_boundsThem() {
        std::vector<Example> rows(4);
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i].ids.assign(10 * (i + 1), 1);
        TrainSettings settings;
        settings.batchRows = 2;
        settings.accumulation = 2;
        QCOMPARE(microBatchTokens(rows, settings, 100), std::int64_t{70});
        settings.batchTokens = 50;
        QCOMPARE(microBatchTokens(rows, settings, 100), std::int64_t{50});
        settings.batchTokens = 5;  // the longest row is a part by itself
        QCOMPARE(microBatchTokens(rows, settings, 100), std::int64_t{40});
        settings.batchTokens = 5000;
        QCOMPARE(microBatchTokens(rows, settings, 100), std::int64_t{100});
    }

    void disk_checkpoints_areCounted() {
        TrainJob job = jobOf(50);
        job.settings.checkpointEvery = 0;
        const Preflight few = computePreflight(job, ByteTokenizer(), smallModel(), {});
        const auto weights = 4 * static_cast<std::uint64_t>(smallModel().parameterCount());
        // A line a step, and the rows of each.
        const auto rows = static_cast<std::uint64_t>(job.settings.batchRows * job.settings.accumulation);
        const auto metrics = (300 + 25 * rows) * static_cast<std::uint64_t>(few.plan.totalSteps) + 25 * 2;
        QCOMPARE(few.diskBytes, weights + 3 * weights + metrics);
        job.settings.checkpointEvery = 5;
        QCOMPARE(computePreflight(job, ByteTokenizer(), smallModel(), {}).diskBytes,
                 weights + 6 * weights + metrics);  // in twelve steps there are two
    }

    void disk_parts_followTheSettings() {
        TrainJob job = jobOf(50);
        job.settings.maxSteps = 100;
        job.settings.evaluateEvery = 10;
        job.settings.checkpointEvery = 10;
        job.settings.keepCheckpoints = 4;
        const auto weights = 4 * static_cast<std::uint64_t>(smallModel().parameterCount());
        const DiskNeed plain = computePreflight(job, ByteTokenizer(), smallModel(), {}).disk;
        QCOMPARE(plain.model, weights);
        QCOMPARE(plain.checkpoints, 5 * 3 * weights);
        QCOMPARE(plain.best, std::uint64_t{0});
        job.settings.keepBest = true;
        job.settings.optimizer = "adamw8bit";
        job.settings.sampleEvery = 50;
        const DiskNeed more = computePreflight(job, ByteTokenizer(), smallModel(), {}).disk;
        QCOMPARE(more.best, 3 * weights);
        QVERIFY(more.checkpoints < plain.checkpoints * 6 / 10);
        QCOMPARE(more.records, plain.records + 600 * 3 * 3);
        QCOMPARE(more.total(), more.model + more.checkpoints + more.best + more.records);
    }

    void time_fromAProbe_countsEveryPart() {
        TrainJob job = jobOf(8);  // 96 tokens an epoch
        job.settings.batchRows = 8;
        job.settings.maxSteps = 40;
        job.settings.evaluateEvery = 10;
        job.settings.sampleEvery = 20;
        job.settings.checkpointEvery = 10;
        PreflightMachine machine;
        machine.measuredTokensPerSecond = 1.0;  // a probe goes before an earlier run
        machine.probe = ProbeResult();
        machine.probe->tokensPerSecond = 960.0;
        machine.probe->evaluationTokensPerSecond = 24.0;  // of two rows: a second each
        machine.probe->sampleSeconds = 1.5;
        machine.probe->checkpointSeconds = 0.75;
        machine.probe->loadSeconds = 0.5;
        machine.probe->heaviestTokens = 96;
        machine.probe->peakMemoryBytes = 7'000'000;
        const Preflight found = computePreflight(job, ByteTokenizer(), smallModel(), machine);
        QVERIFY(found.secondsProbed && found.secondsMeasured);
        QCOMPARE(found.time.loading, 0.5);
        QCOMPARE(found.time.training, 4.0);
        QCOMPARE(found.time.evaluations, 5.0);
        QCOMPARE(found.time.samples, 4.5);
        QCOMPARE(found.time.saving, 3 * 0.75 + 0.25);  // the model is a third of a checkpoint
        QCOMPARE(found.seconds, found.time.total());
        QCOMPARE(found.heaviestTokens, std::int64_t{96});
        QCOMPARE(found.probedPeakBytes, std::uint64_t{7'000'000});
        machine.probe->heaviestTokens = 95;  // shorter rows were tried
        QCOMPARE(computePreflight(job, ByteTokenizer(), smallModel(), machine).probedPeakBytes,
                 std::uint64_t{0});
    }

    void time_computed_countsWhatIsComputedAgain() {
        TrainJob job = jobOf(8);
        job.validation = std::make_shared<const std::vector<Record>>();
        const auto steps = [&] {
            return computePreflight(job, ByteTokenizer(), smallModel(), {}).time.training;
        };
        const double plain = steps();
        job.settings.gradientCheckpointing = true;
        QVERIFY(std::abs(steps() / plain - 4.0 / 3.0) < 1e-9);
        job.settings.method = "lora";
        QVERIFY(std::abs(steps() / plain - 1.0) < 1e-9);
    }

    // Peaks of finetune bench checkpointing and lora, MiB: docs/decisions/0013.
    void estimateMemory_gpt2_isWhatWasMeasured_data() {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<bool>("recomputing");
        QTest::addColumn<double>("measured");
        QTest::newRow("4 x 256") << 1024 << false << 2768.0;
        QTest::newRow("8 x 512") << 4096 << false << 3857.0;
        QTest::newRow("8 x 512, blocks recomputed") << 4096 << true << 2625.0;
    }
    void estimateMemory_gpt2_isWhatWasMeasured() {
        if (!cpuMultipliesBfloat16()) QSKIP("measured where the CPU multiplies bfloat16");
        QFETCH(int, tokens);
        QFETCH(bool, recomputing);
        QFETCH(double, measured);
        TrainSettings settings;
        settings.precision = "bfloat16";
        settings.gradientCheckpointing = recomputing;
        const double told =
            static_cast<double>(estimateMemory(gpt2(), settings, tokens, 0).total()) / (1 << 20);
        QVERIFY2(std::abs(told / measured - 1.0) < 0.06, std::to_string(told).c_str());
    }

    // The head put in order is 77 MB of GPT-2: for products with 256 rows and more, forward from 512 on.
    void estimateMemory_headInOrder_isCountedByItsRows() {
        if (!cpuMultipliesBfloat16()) QSKIP("the head is put in order where the CPU multiplies bfloat16");
        TrainSettings settings;
        settings.precision = "bfloat16";
        ModelConfig model = gpt2();
        model.architecture = "LlamaForCausalLM";  // whose files need no turning at the end
        model.layerNorm = model.gelu = model.mlpBias = false;
        model.queryKeyValueBias = model.outputBias = model.learnedPositions = false;
        const double head = 2.0 * static_cast<double>(model.vocabSize * model.hiddenSize);
        // What one more row adds, in heads; a row by itself is below 0.01.
        const auto added = [&](std::int64_t rows, bool training) {
            const auto bytes = [&](std::int64_t count) {
                return static_cast<double>(
                    estimateMemory(model, settings, training ? count : 0, training ? 0 : count).activations);
            };
            return std::lround((bytes(rows) - bytes(rows - 1)) / head);
        };
        QCOMPARE(added(256, true), 1L);
        QCOMPARE(added(300, true), 0L);
        QCOMPARE(added(512, true), 1L);
        QCOMPARE(added(256, false), 0L);
        QCOMPARE(added(512, false), 1L);
        settings.gradientCheckpointing = true;  // for each slice anew: never twice at once
        QCOMPARE(added(256, true), 1L);
        QCOMPARE(added(512, true), 0L);
    }

    void estimateMemory_bfloat16AndTheEnd_areCounted() {
        ModelConfig model = smallModel();
        const auto parameters = static_cast<std::uint64_t>(model.parameterCount());
        TrainSettings settings;
        settings.precision = "bfloat16";
        const MemoryEstimate rounded = estimateMemory(model, settings, 100, 20);
        QCOMPARE(rounded.weights, (cpuMultipliesBfloat16() ? 6U : 4U) * parameters);  // the rounded copy
        if (cpuMultipliesBfloat16())
            QVERIFY(rounded.activations < estimateMemory(model, {}, 100, 20).activations);
        settings.method = "lora";
        settings.loraRank = 2;
        const MemoryEstimate adapters = estimateMemory(model, settings, 1, 1);
        QVERIFY(adapters.weights < 3 * parameters);       // what is frozen is there in bfloat16 alone
        QVERIFY(adapters.activations >= 4 * parameters);  // the base model once more, for the merge
        settings.keepBest = true;
        QVERIFY(estimateMemory(model, settings, 1, 1).activations > adapters.activations);
        settings = {};
        settings.precision = "float32";
        settings.keepBest = true;
        QCOMPARE(estimateMemory(model, settings, 1, 1).activations, 4 * parameters);
    }

    void trainingFlops_embeddingTable_countsOnlyWhereItIsTheOutput() {
        ModelConfig tied = smallModel();
        ModelConfig untied = tied;
        untied.tiedEmbeddings = false;
        QCOMPARE(trainingFlopsPerToken(tied, 10), trainingFlopsPerToken(untied, 10));
        QVERIFY(trainingFlopsPerToken(tied, 20) > trainingFlopsPerToken(tied, 10));
    }

    void availableMemory_here_isKnown() { QVERIFY(availableMemoryBytes() > 10'000'000); }
};

STUDIO_TEST(PreflightTest)
#include "preflight_test.moc"
