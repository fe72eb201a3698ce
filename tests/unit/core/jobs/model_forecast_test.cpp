// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/model_forecast.h"

#include "core/base/compute_limits.h"
#include "core/data/batch.h"
#include "core/jobs/training_size.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

ModelConfig model(std::int64_t hidden = 512, std::int64_t layers = 6, std::int64_t vocabulary = 32'000) {
    ModelConfig config;
    config.vocabSize = vocabulary;
    config.hiddenSize = hidden;
    config.intermediateSize = 4 * hidden;
    config.layerCount = layers;
    config.headCount = config.keyValueHeadCount = 8;
    config.headSize = hidden / 8;
    config.contextLength = 2048;
    config.tiedEmbeddings = true;
    return config;
}

std::uint64_t answering(const ModelConfig& config, std::int64_t length, std::int64_t rows,
                        const std::string& precision = "float32") {
    return estimateAnswering(config, {length, rows, precision}, "cpu").total();
}

constexpr std::uint64_t kGigabyte = 1'000'000'000;

}  // namespace

class ModelForecastTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void memoryFit_bounds_areThoseOfTheRule() {
        QCOMPARE(memoryFit(0, 100), MemoryFit::Fits);
        QCOMPARE(memoryFit(85, 100), MemoryFit::Fits);
        QCOMPARE(memoryFit(86, 100), MemoryFit::Tight);
        QCOMPARE(memoryFit(100, 100), MemoryFit::Tight);
        QCOMPARE(memoryFit(101, 100), MemoryFit::TooLarge);
        QCOMPARE(memoryFit(1, 0), MemoryFit::Unknown);
        QCOMPARE(std::string(memoryFitName(MemoryFit::TooLarge)), std::string("too_large"));
    }

    void memoryDevices_onThisMachine_beginWithTheProcessor() {
        const auto devices = memoryDevices();
        QVERIFY(!devices.empty());
        QCOMPARE(devices.front().name, std::string("cpu"));
        QVERIFY(devices.front().freeBytes > 0);
    }

    void answering_keysAndValues_growWithLengthAndRows() {
        const ModelConfig config = model();
        const auto cacheOf = [&](double tokens) { return 2.0 * 6 * 512 * 4 * tokens; };
        // The longest prompt is the same, one more answer has its own keys and values.
        const double more = double(answering(config, 1024, 3)) - double(answering(config, 1024, 2));
        QVERIFY(std::abs(more - cacheOf(1024)) < 1e6);
        QVERIFY(answering(config, 1024, 1) > answering(config, 512, 1) + std::uint64_t(cacheOf(500)));
        // Shared heads of keys and values keep less.
        ModelConfig shared = config;
        shared.keyValueHeadCount = 2;
        QVERIFY(answering(shared, 2048, 8) < answering(config, 2048, 8));
    }

    void answering_beyondContextAndWhatRunsAtOnce_costsNoMore() {
        const ModelConfig config = model();
        QCOMPARE(answering(config, 5000, 2), answering(config, 2048, 2));
        // Answers that would take more than a gigabyte of keys and values wait for each other.
        QCOMPARE(answering(config, 2048, 4000), answering(config, 2048, 400));
        QVERIFY(answering(config, 2048, 400) - answering(config, 2048, 1) <
                std::uint64_t(kCachedBytesAtOnce) + std::uint64_t(4 * 32'000 * kAnswersAtOnce));
    }

    void answering_weights_areThereOnce_data() {
        QTest::addColumn<int>("stored");
        QTest::addColumn<QString>("precision");
        QTest::addColumn<double>("ofFactors");  // bytes of a number
        QTest::addColumn<double>("ofTables");
        const int wide = static_cast<int>(TensorType::Float32), half = static_cast<int>(TensorType::Float16),
                  brain = static_cast<int>(TensorType::BFloat16);
        QTest::newRow("float32 in float32") << wide << "float32" << 4.0 << 4.0;
        QTest::newRow("float32 in bfloat16") << wide << "bfloat16" << 2.0 << 4.0;
        QTest::newRow("float32 in int8") << wide << "int8" << 5.0625 << 4.0;
        QTest::newRow("float16 in float32") << half << "float32" << 2.0 << 2.0;
        QTest::newRow("float16 in bfloat16") << half << "bfloat16" << 2.0 << 4.0;
        QTest::newRow("float16 in int8") << half << "int8" << 3.0625 << 2.0;
        QTest::newRow("bfloat16 in float32") << brain << "float32" << 2.0 << 2.0;
        QTest::newRow("bfloat16 in bfloat16") << brain << "bfloat16" << 2.0 << 2.0;
        QTest::newRow("bfloat16 in int8") << brain << "int8" << 3.0625 << 2.0;
    }

    void answering_weights_areThereOnce() {
        QFETCH(int, stored);
        QFETCH(QString, precision);
        QFETCH(double, ofFactors);
        QFETCH(double, ofTables);
        ModelConfig config = model();
        config.storedType = static_cast<TensorType>(stored);
        config.tiedEmbeddings = false;
        const double table = double(config.vocabSize) * double(config.hiddenSize);
        const double factors = double(config.parameterCount()) - table;  // and a few norms
        const double expected = ofFactors * factors + ofTables * table;
        if (precision == "bfloat16" && !cpuMultipliesBfloat16()) QSKIP("this CPU multiplies no bfloat16");
        const ForecastLoad load{256, 1, precision.toStdString()};
        const double told = double(estimateAnswering(config, load, "cpu").weights);
        QVERIFY2(std::abs(told / expected - 1.0) < 0.002, qPrintable(QString::number(told / expected)));
        // The rows of a tied embedding are read beside the same numbers as a factor.
        config.tiedEmbeddings = true;
        const bool apart = ofTables > ofFactors;
        const double tied = (apart ? ofFactors + ofTables : ofFactors) * table +
                            ofFactors * (double(config.parameterCount()) - table);
        const double toldTied = double(estimateAnswering(config, load, "cpu").weights);
        QVERIFY2(std::abs(toldTied / tied - 1.0) < 0.002, qPrintable(QString::number(toldTied / tied)));
    }

    void forecast_ofTrainings_isThatOfThePreflight() {
        const ModelConfig config = model();
        const ForecastLoad load{300, 4};
        const ModelForecast forecast = forecastMemory(config, load, {"cpu", 8 * kGigabyte});
        for (const char* method : {"lora", "full"}) {
            const TrainSettings settings = forecastSettings(method, load, "cpu");
            QCOMPARE(settings.batchRows, std::int64_t(4));
            QCOMPARE(settings.cutoff, std::int64_t(300));
            const UseForecast& use = method == std::string("lora") ? forecast.lora : forecast.full;
            QCOMPARE(use.memory.total(),
                     estimateMemory(config, settings, 4 * 300, kEvaluationTokens).total());
        }
        QVERIFY(forecast.answering.memory.total() < forecast.full.memory.total());
        QVERIFY(forecast.lora.memory.gradients < forecast.full.memory.gradients);
        QCOMPARE(forecast.length, std::int64_t(300));
        QCOMPARE(forecastMemory(config, {9999, 1}, {"cpu", 0}).length, std::int64_t(2048));
    }

    void forecast_verdicts_followWhatIsFree() {
        const ModelConfig config = model();
        const std::uint64_t full = forecastMemory(config, {}, {"cpu", 1}).full.memory.total();
        const auto fitWith = [&](double share) {
            return forecastMemory(config, {}, {"cpu", std::uint64_t(share * double(full))}).full.fit;
        };
        QCOMPARE(fitWith(2.0), MemoryFit::Fits);
        QCOMPARE(fitWith(1.1), MemoryFit::Tight);
        QCOMPARE(fitWith(0.9), MemoryFit::TooLarge);
        QCOMPARE(forecastMemory(config, {}, {"cpu", 0}).full.fit, MemoryFit::Unknown);
    }

    void forecast_ofAnAdapter_isItsBaseAndItsFactors() {
        const ModelConfig config = model();
        constexpr std::int64_t kNumbers = 5'000'000;
        for (const char* precision : {"float32", "bfloat16", "int8"}) {
            const ForecastLoad load{300, 4, precision};
            const UseForecast base = forecastMemory(config, load, {"cpu", 8 * kGigabyte}).answering;
            const ModelForecast adapter = forecastAdapter(config, kNumbers, load, {"cpu", 8 * kGigabyte});
            // Beside products in bfloat16 there is a rounded copy of them.
            const bool copied = precision == std::string("bfloat16") && cpuMultipliesBfloat16();
            QCOMPARE(adapter.answering.memory.total(), base.memory.total() + (copied ? 6 : 4) * kNumbers);
            QCOMPARE(adapter.answering.memory.activations, base.memory.activations);
            QCOMPARE(adapter.answering.fit, MemoryFit::Fits);
            QVERIFY(!adapter.trains);
        }
        QCOMPARE(forecastAdapter(config, kNumbers, {9999, 1}, {"cpu", 0}).length, std::int64_t(2048));
        // A base that fits may leave no room for its adapter.
        const std::uint64_t alone = forecastMemory(config, {}, {"cpu", 0}).answering.memory.total();
        QCOMPARE(forecastMemory(config, {}, {"cpu", alone}).answering.fit, MemoryFit::Tight);
        QCOMPARE(forecastAdapter(config, kNumbers, {}, {"cpu", alone}).answering.fit, MemoryFit::TooLarge);
    }
};

STUDIO_TEST(ModelForecastTest)
#include "model_forecast_test.moc"
