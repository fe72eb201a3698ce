// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_report.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "tests/support/studio_test.h"

namespace {

using namespace studio;

BenchRow row(const std::string& bench, const std::string& contender, const std::string& precision,
             double tokensPerSecond, const std::string& task = {}) {
    BenchRow row;
    row.bench = bench;
    row.shape = "b";
    row.contender = contender;
    row.precision = precision;
    row.task = task;
    row.tokensPerSecond = tokensPerSecond;
    row.milliseconds = 1e6 / tokensPerSecond;
    return row;
}

BenchTarget target(const std::string& bench, BenchMeasure measure, double value, bool atLeast = true,
                   const std::string& against = {}, const std::string& precision = {}) {
    return {bench, "", precision, "", measure, against, atLeast, value};
}

/// The figure of that measure and reference; one without a measurement where there is none.
BenchComparison figure(const std::vector<BenchComparison>& all, BenchMeasure measure,
                       const std::string& against = {}) {
    for (const BenchComparison& one : all) {
        if (one.measure == measure && one.against == against) return one;
    }
    return {};
}

class BenchReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comparisons_training_areMadeAcrossPrecisions() {
        const std::vector<BenchRow> rows{
            row("train", "fused", "bfloat16", 900), row("train", "fused", "float32", 600),
            row("train", "PyTorch", "bfloat16", 600), row("train", "PyTorch", "float32", 400)};
        const auto all = comparisons(rows[0], rows, {});
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(figure(all, BenchMeasure::SpeedRatio, "PyTorch bfloat16").measured.value_or(0), 1.5);
        QCOMPARE(figure(all, BenchMeasure::SpeedRatio, "PyTorch float32").measured.value_or(0), 2.25);
        QVERIFY(comparisons(rows[2], rows, {}).empty());  // the others are what is compared with
    }

    void comparisons_decoding_areMadeInTheSamePrecisionAndTask() {
        std::vector<BenchRow> rows{row("decode", "fused", "int8", 300, "one sequence"),
                                   row("decode", "llama.cpp", "int8", 200, "one sequence"),
                                   row("decode", "llama.cpp", "float32", 100, "one sequence"),
                                   row("decode", "fused", "int8", 1200, "many together"),
                                   row("decode", "fused", "int8", 300, "many one by one"),
                                   row("decode", "fused", "float32", 100, "many one by one")};
        rows[3].comparedTo = "many one by one";
        const auto one = comparisons(rows[0], rows, {});
        QCOMPARE(one.size(), std::size_t{1});
        QCOMPARE(one[0].against, std::string("llama.cpp int8"));
        QCOMPARE(one[0].measured.value_or(0), 1.5);
        const auto together = comparisons(rows[3], rows, {});
        QCOMPARE(together.size(), std::size_t{1});
        QCOMPARE(together[0].measured.value_or(0), 4.0);
        QVERIFY(comparisons(rows[4], rows, {}).empty());
    }

    void comparisons_memory_isARatioAndAGrowth() {
        std::vector<BenchRow> rows{row("lora", "fused", "bfloat16", 100, "all"),
                                   row("lora", "fused", "bfloat16", 150, "adapters")};
        rows[0].peakBytes = 2000;
        rows[1].peakBytes = 900;
        rows[1].comparedTo = "all";
        QCOMPARE(
            figure(comparisons(rows[1], rows, {}), BenchMeasure::MemoryRatio, "all").measured.value_or(0),
            0.45);
        QCOMPARE(figure(comparisons(rows[1], rows, {}), BenchMeasure::SpeedRatio, "all").measured.value_or(0),
                 1.5);
        BenchRow run = row("memory", "fused", "float32", 100);
        run.firstBytes = 1000;
        run.lastBytes = 1020;
        const auto growth = figure(comparisons(run, {run}, {}), BenchMeasure::MemoryGrowth);
        QVERIFY(std::abs(growth.measured.value_or(9) - 0.02) < 1e-12);
        BenchRow told = row("forecast", "fused", "float32", 100);
        told.peakBytes = 1000;
        for (const std::uint64_t forecast : {900, 1100}) {
            told.forecastBytes = forecast;
            const auto off = figure(comparisons(told, {told}, {}), BenchMeasure::ForecastError);
            QVERIFY(std::abs(off.measured.value_or(9) - 0.1) < 1e-12);
        }
        QCOMPARE(benchRowFromJson(benchJson(told, {})).forecastBytes, std::uint64_t(1100));
        BenchRow load = row("models", "fused", "float32", 100, "load");
        load.fileBytes = 1000;
        load.loadBytes = 1040;
        load.loadedGigabytes = 2.5;
        const BenchRow again = benchRowFromJson(benchJson(load, {}));
        QCOMPARE(again.loadedGigabytes, 2.5);
        const auto share = figure(comparisons(again, {again}, benchTargets()), BenchMeasure::LoadMemory);
        QCOMPARE(share.measured.value_or(0), 1.04);
        QVERIFY(share.reached() == std::optional(true));
        told.peakBytes = 0;  // not measured alone
        QVERIFY(!figure(comparisons(told, {told}, {}), BenchMeasure::ForecastError).measured);
    }

    void reached_targets_areComparedInTheirDirection() {
        BenchRow one = row("train", "fused", "bfloat16", 900);
        one.ceilingShare = 0.7;
        one.stepShare = 0.04;
        const auto reached = [&](const BenchTarget& wanted) {
            return figure(comparisons(one, {one}, {wanted}), wanted.measure, wanted.against).reached();
        };
        QVERIFY(reached(target("train", BenchMeasure::CeilingShare, 0.7)) == std::optional(true));
        QVERIFY(reached(target("train", BenchMeasure::CeilingShare, 0.71)) == std::optional(false));
        QVERIFY(reached(target("train", BenchMeasure::StepShare, 0.05, false)) == std::optional(true));
        QVERIFY(reached(target("train", BenchMeasure::StepShare, 0.03, false)) == std::optional(false));
        // Not found on this machine, of another bench, of another precision.
        const BenchTarget missing = target("train", BenchMeasure::SpeedRatio, 1.0, true, "PyTorch float32");
        QVERIFY(!reached(missing).has_value());
        QCOMPARE(comparisons(one, {one}, {missing}).size(), std::size_t{3});
        const BenchTarget elsewhere = target("decode", BenchMeasure::SpeedRatio, 1.0, true, "x");
        QCOMPARE(comparisons(one, {one}, {elsewhere}).size(), std::size_t{2});
        QVERIFY(!figure(comparisons(one, {one},
                                    {target("train", BenchMeasure::CeilingShare, 0.1, true, "", "float32")}),
                        BenchMeasure::CeilingShare)
                     .target);
    }

    void json_everyRow_hasTheSameKeysAndComesBack() {
        BenchRow one = row("train", "fused", "bfloat16", 900, "task");
        one.ceilingShare = 0.7;
        one.ceilingGflops = 900;
        one.paddingShare = 0.0;
        one.peakBytes = 123456789;
        const std::vector<BenchRow> rows{one, row("train", "PyTorch", "float32", 300, "task")};
        const std::vector<BenchTarget> targets{
            target("train", BenchMeasure::SpeedRatio, 2.0, true, "PyTorch float32"),
            target("train", BenchMeasure::SpeedRatio, 2.0, true, "Nobody float32")};
        const OrderedJson json = benchJson(one, comparisons(one, rows, targets));
        const OrderedJson other = benchJson(rows[1], comparisons(rows[1], rows, targets));
        QCOMPARE(json.size(), other.size());
        QCOMPARE(json["ratio"]["PyTorch float32"].get<double>(), 3.0);
        QCOMPARE(json["padding_share"].get<double>(), 0.0);
        QVERIFY(json["step_share"].is_null() && json["first_bytes"].is_null());
        QCOMPARE(json["wanted"].size(), std::size_t{2});
        QCOMPARE(json["wanted"][0]["reached"].get<bool>(), true);
        QCOMPARE(json["wanted"][0]["at_least"].get<double>(), 2.0);
        QVERIFY(json["wanted"][1]["reached"].is_null() && json["wanted"][1]["measured"].is_null());
        const BenchRow back = benchRowFromJson(OrderedJson::parse(json.dump()));
        QCOMPARE(benchJson(back, comparisons(back, rows, targets)).dump(), json.dump());
    }

    void tables_someRows_leaveEmptyColumnsOutAndSayWhatIsReached() {
        BenchRow one = row("train", "fused", "bfloat16", 900);
        one.ceilingShare = 0.7;
        const std::vector<BenchTarget> targets{
            target("train", BenchMeasure::CeilingShare, 0.65),
            target("train", BenchMeasure::SpeedRatio, 2.0, true, "PyTorch float32")};
        std::ostringstream out, error;
        {
            Output output(out, error, {.columns = 120});
            printBenchTables(output, {one}, targets);
        }
        const std::string text = out.str();
        QVERIFY(text.find("peak MiB") == std::string::npos && text.find("task") == std::string::npos);
        QVERIFY(text.find("70.0 %    >= 65.0 %  yes") != std::string::npos);
        QVERIFY(text.find("not compared") != std::string::npos);
        QCOMPARE(benchSummary({one}, targets),
                 std::string("1 of 2 wanted figures is reached; 1 could not be compared."));
        QCOMPARE(benchSummary({one}, {targets[0]}), std::string("1 of 1 wanted figure is reached."));
    }

    void targets_all_areOfBenchesThatMeasureThem() {
        const std::vector<std::string> benches{"train",    "instruction", "lora",   "checkpointing",
                                               "overhead", "decode",      "memory", "startup",
                                               "forecast", "models"};
        for (const BenchTarget& one : benchTargets()) {
            QVERIFY2(std::find(benches.begin(), benches.end(), one.bench) != benches.end(),
                     one.bench.c_str());
            const bool ratio =
                one.measure == BenchMeasure::SpeedRatio || one.measure == BenchMeasure::MemoryRatio;
            QCOMPARE(ratio, !one.against.empty());
            QVERIFY(one.value >= 0.0);
        }
    }
};

STUDIO_TEST(BenchReportTest)
}  // namespace
#include "bench_report_test.moc"
