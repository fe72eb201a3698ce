// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_recorder.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/storage/row_losses.h"
#include "core/storage/run_control.h"
#include "core/storage/run_samples.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/small_disk.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

struct Heard final : JobObserver {
    std::vector<std::string> rules;
    std::vector<MetricsLine> lines;
    void onEvent(const JobEvent& event) override {
        if (const auto* log = std::get_if<LogEvent>(&event)) rules.push_back(log->rule);
        if (const auto* metrics = std::get_if<MetricsEvent>(&event)) lines.push_back(metrics->line);
    }
};

MetricsLine lineOf(std::int64_t step, double loss, double evalLoss = NAN) {
    MetricsLine line;
    line.step = step;
    line.loss = loss;
    line.evalLoss = evalLoss;
    line.gradNorm = std::isnan(loss) ? NAN : 0.5;
    line.seconds = static_cast<double>(step);
    return line;
}

using Begin = RunRecorder::Begin;

}  // namespace

class RunRecorderTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::TemporaryFolder> m_folder;
    Heard m_heard;

    fs::path run() const { return *m_folder / "run-1"; }

    /// A run that was stopped after a step, as another process left it.
    void leaveRun(const std::string& state, std::int64_t step) {
        RunRecorder recorder(run(), m_heard);
        recorder.setTotalSteps(10);
        for (std::int64_t i = 1; i <= step; ++i)
            recorder.onMetrics(lineOf(i, 3.0 - 0.1 * static_cast<double>(i)), 1.0);
        recorder.close(state, state == "failed" ? "for a reason" : "");
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<test::TemporaryFolder>();
        m_heard = {};
    }

    void newRun_nameTaken_isRefused() {
        fs::create_directories(run());
        STUDIO_COMPARE_ERROR(RunRecorder(run(), m_heard), ErrorCode::RunExists);
    }

    void again_whileAnotherHasIt_isRefused() {
        leaveRun("stopped", 4);
        RunRecorder first(run(), m_heard, Begin::Again);
        STUDIO_COMPARE_ERROR_TEXT(RunRecorder(run(), m_heard, Begin::Again), ErrorCode::RunBusy,
                                  "The run run-1 is in the hands of process");
        STUDIO_COMPARE_ERROR(RunRecorder(run(), m_heard, Begin::TakeOver), ErrorCode::RunBusy);
    }

    void again_failingBeforeItsFirstStep_leavesTheRunAsItWas_data() {
        QTest::addColumn<QString>("state");
        QTest::newRow("stopped") << "stopped";
        QTest::newRow("failed") << "failed";
        QTest::newRow("killed") << "training";
    }

    void again_failingBeforeItsFirstStep_leavesTheRunAsItWas() {
        QFETCH(QString, state);
        leaveRun(state.toStdString(), 4);
        RunFolder(run()).writeRun({{"result", {{"steps", 4}}}});
        const std::string status = readFile(run() / "status.json");
        const std::string document = readFile(run() / "run.json");
        const std::string metrics = readFile(run() / "metrics.jsonl");
        {
            RunRecorder recorder(run(), m_heard, Begin::Again);
            recorder.setTotalSteps(99);
            recorder.goOnAfter(3, 3);
            recorder.onStage("training");
            QCOMPARE(RunFolder(run()).readStatus().step, std::int64_t{4});
            RunFolder(run()).writeRun({{"settings", 1}});  // as one that goes on does, without its result
            recorder.abandon("failed", "no memory");
        }
        QCOMPARE(readFile(run() / "run.json"), document);
        QCOMPARE(readFile(run() / "status.json"), status);
        QCOMPARE(readFile(run() / "metrics.jsonl"), metrics);
    }

    void again_tornLines_areCountedAndSaid() {
        leaveRun("training", 4);
        std::ofstream(run() / "metrics.jsonl", std::ios::app) << "{\"step\":5,\"lo";
        RunRecorder recorder(run(), m_heard, Begin::Again);
        recorder.goOnAfter(4, 4);
        m_heard.rules.clear();
        recorder.onMetrics(lineOf(5, 2.0), 1.0);
        recorder.onMetrics(lineOf(6, 2.0), 1.0);
        QCOMPARE(m_heard.rules, (std::vector<std::string>{"metrics_torn"}));
        QVERIFY(readFile(run() / "events.jsonl").find("1 torn line") != std::string::npos);
        QCOMPARE(RunFolder(run()).readMetrics().size(), std::size_t{6});
    }

    void discard_removesWhatWasLearned_whateverComesAfter() {
        leaveRun("stopped", 4);
        RunFolder(run()).writeRun({{"kind", "train"}, {"result", {{"steps", 4}}}});
        fs::create_directories(run() / "checkpoints" / "step-4");
        fs::create_directories(run() / "checkpoints" / "best-2");
        RunRecorder recorder(run(), m_heard, Begin::Again);
        recorder.discard();
        recorder.abandon("stopped");
        QVERIFY(!fs::exists(run() / "checkpoints"));
        QCOMPARE(RunFolder(run()).readStatus().state, std::string("discarded"));
        QCOMPARE(RunFolder(run()).readStatus().step, std::int64_t{4});
        const OrderedJson document = RunFolder(run()).readRun();
        QVERIFY(document["result"]["discarded"].get<bool>());
        QCOMPARE(document["result_before"]["steps"].get<int>(), 4);  // of the model that stays
        QCOMPARE(RunFolder(run()).readMetrics().size(), std::size_t{4});
    }

    void again_failingAfterAStep_isAFailedRun() {
        leaveRun("stopped", 4);
        RunRecorder recorder(run(), m_heard, Begin::Again);
        recorder.goOnAfter(3, 3);
        recorder.onMetrics(lineOf(4, 9.0), 1.0);
        recorder.abandon("failed", "no memory");
        QCOMPARE(RunFolder(run()).readStatus().state, std::string("failed"));
        QCOMPARE(RunFolder(run()).readStatus().message, std::string("no memory"));
        const std::vector<MetricsLine> lines = RunFolder(run()).readMetrics();
        QCOMPARE(lines.size(), std::size_t{4});
        QCOMPARE(lines.back().loss, 9.0);
    }

    void again_rowsAndAnswersOfLaterSteps_areForgotten_data() {
        QTest::addColumn<int>("sampled");
        QTest::addColumn<int>("answers");
        QTest::newRow("answered before the stop") << 4 << 2;
        QTest::newRow("the stop came while answering") << 2 << 1;
    }

    void again_rowsAndAnswersOfLaterSteps_areForgotten() {
        QFETCH(int, sampled);
        QFETCH(int, answers);
        const auto append = [&](const fs::path& file, const std::string& line) {
            std::ofstream(file, std::ios::app) << line;
        };
        leaveRun("stopped", 6);
        for (const std::int64_t step : {2, 4, 6}) {
            append(batchesFile(run()), stepRowsLine({step, {{7, 1.5, 3}}}) + "\n");
            append(samplesFile(run()), runSampleLine({step, 7, "What is a stone", "A stone"}) + "\n");
        }
        append(batchesFile(run()), stepRowsLine({3, {{7, 1.5, 3}}}).substr(0, 15));  // of a killed process
        writeEvaluationRows(run(), {6, {{7, 1.5, 3}}});
        RunRecorder recorder(run(), m_heard, Begin::Again);
        recorder.goOnAfter(4, sampled);
        QVERIFY(readStepRows(run(), 6).has_value());  // nothing is forgotten before there is something new
        recorder.onRows({5, {{8, 1.25, 3}}});
        recorder.onMetrics(lineOf(5, 2.0), 1.0);
        QVERIFY(!readStepRows(run(), 6).has_value());
        QVERIFY(readStepRows(run(), 2).has_value() && readStepRows(run(), 4).has_value());
        QCOMPARE(readStepRows(run(), 5)->rows.front().rowId, std::int64_t{8});
        QVERIFY(!readEvaluationRows(run()).has_value());
        QCOMPARE(readRunSamples(run()).size(), static_cast<std::size_t>(answers));
        QCOMPARE(RunFolder(run()).readMetrics().size(), std::size_t{5});
    }

    void peakRate_isInTheStatus_andChangesAreDescribed() {
        std::vector<RateChange> described;
        RunRecorder recorder(run(), m_heard);
        recorder.describeRatesWith([&](const PeakRates& rates) { described = rates.changes(); });
        recorder.setPeakRate(0.5);
        recorder.onMetrics(lineOf(0, 2.0), 1.0);
        QCOMPARE(RunFolder(run()).readStatus().learningRate, 0.5);
        recorder.onPeakRates(PeakRates(0.5, {{4, 0.25}}));
        QCOMPARE(RunFolder(run()).readStatus().learningRate, 0.25);
        QVERIFY(described == (std::vector<RateChange>{{4, 0.25}}));
    }

    void handOverFailed_theWishIsWithdrawn() {
        RunRecorder recorder(run(), m_heard);
        const RunControl handOver{false, {}, RunControl::Stop::HandOver};
        writeRunControl(run(), handOver);
        QVERIFY(recorder.control() == handOver);
        recorder.onNote("hand_over_failed", "The run was not handed over.", {});
        QVERIFY(recorder.control() == RunControl{});
        QVERIFY(readRunControl(run()) == RunControl{});
        // What is asked next is heard, a pause or the same again.
        changeRunControl(run(), [](RunControl& control) { control.paused = true; });
        QTRY_VERIFY((recorder.control() == RunControl{true, {}, RunControl::Stop::No}));
        writeRunControl(run(), handOver);
        QTRY_VERIFY(recorder.control() == handOver);
    }

    void handOverFailed_anotherWishMeanwhile_stays() {
        RunRecorder recorder(run(), m_heard);
        writeRunControl(run(), {false, {}, RunControl::Stop::HandOver});
        QVERIFY(recorder.control().stop == RunControl::Stop::HandOver);
        writeRunControl(run(), {false, {}, RunControl::Stop::Keep});
        recorder.onNote("hand_over_failed", "The run was not handed over.", {});
        QTRY_VERIFY(recorder.control().stop == RunControl::Stop::Keep);
    }

    void handOverFailed_whatElseWasAsked_stays() {
        RunRecorder recorder(run(), m_heard);
        writeRunControl(run(), {false, 1e-4, RunControl::Stop::HandOver});
        recorder.onNote("hand_over_failed", "The run was not handed over.", {});
        QVERIFY(recorder.control() == (RunControl{false, 1e-4, RunControl::Stop::No}));
    }

    void settleEnd_discardThatIsNotObeyed_isSaidOnce() {
        {
            RunRecorder recorder(run(), m_heard);
            QVERIFY(recorder.settleEnd(true));
            QVERIFY(m_heard.rules.empty());
        }
        clearRunControl(run());
        RunRecorder recorder(run(), m_heard, Begin::Again);
        askToStop(run(), RunControl::Stop::Discard);
        askToStop(run(), RunControl::Stop::Keep);
        QVERIFY(!recorder.settleEnd(false) && !recorder.settleEnd(true));
        QCOMPARE(m_heard.rules, std::vector<std::string>{"discard_withdrawn"});
        QVERIFY(!readFile(run() / "events.jsonl").empty());
    }

    void again_evaluationMadeUpFor_isAddedToItsStep() {
        leaveRun("stopped", 4);
        RunRecorder recorder(run(), m_heard, Begin::Again);
        recorder.goOnAfter(4, 4);
        recorder.onMetrics(lineOf(4, NAN, 2.25), 1.0);
        recorder.onMetrics(lineOf(5, 2.0), 1.0);
        const std::vector<MetricsLine> lines = RunFolder(run()).readMetrics();
        QCOMPARE(lines.size(), std::size_t{5});
        QCOMPARE(lines[3].step, std::int64_t{4});
        QCOMPARE(lines[3].loss, 2.6);
        QCOMPARE(lines[3].evalLoss, 2.25);
        QCOMPARE(lines[3].gradNorm, 0.5);
        QCOMPARE(m_heard.lines[4].loss, 2.6);  // the observer hears the same
    }

    void again_statusMissingOrDamaged_theLockDecides_data() {
        QTest::addColumn<QString>("content");
        QTest::newRow("missing") << QString();
        QTest::newRow("damaged") << "{\"state\": \"trai";
        QTest::newRow("of another host") << R"({"state": "training", "step": 4, "process_id": 123,
                                                "process_mark": "another-host boot 1"})";
    }

    void again_statusMissingOrDamaged_theLockDecides() {
        QFETCH(QString, content);
        leaveRun("training", 4);
        if (content.isNull())
            fs::remove(run() / "status.json");
        else
            writeFileAtomically(run() / "status.json", content.toStdString());
        if (!lockDecides(run())) QSKIP("the temporary folder is on a network file system");
        RunRecorder recorder(run(), m_heard, Begin::Again);
        recorder.onMetrics(lineOf(5, 2.0), 1.0);
        recorder.close("stopped");
        QCOMPARE(RunFolder(run()).readStatus().step, std::int64_t{5});
    }

    void abandon_statusCannotBeWritten_doesNotThrow() {
        leaveRun("stopped", 4);
        RunRecorder recorder(run(), m_heard, Begin::Again);
        recorder.onMetrics(lineOf(5, 2.0), 1.0);
        fs::remove(run() / "status.json");
        fs::create_directories(run() / "status.json" / "in the way");
        recorder.abandon("failed", "the first error");
        QCOMPARE(m_heard.rules, (std::vector<std::string>{"status_not_written"}));
    }

    void watchDisk_tooLittleRoom_isSaidBeforeTheFirstStep() {
        RunRecorder recorder(run(), m_heard);
        recorder.watchDisk(1);
        QVERIFY(m_heard.rules.empty());
        recorder.watchDisk(std::uint64_t{1} << 62);
        QCOMPARE(m_heard.rules, (std::vector<std::string>{"disk_low"}));
        recorder.onMetrics(lineOf(1, 2.0), 1.0);
        QCOMPARE(m_heard.rules.size(), std::size_t{1});  // once
    }

    void fullDisk_linesComeWhenThereIsRoom() {
        STUDIO_ON_SMALL_DISK(m_folder->path(), 1 << 20, [&]() -> std::string {
            RunRecorder recorder(run(), m_heard);
            recorder.watchDisk(100 << 10);
            recorder.onMetrics(lineOf(1, 3.0), 1.0);
            if (!m_heard.rules.empty()) return "a warning with room on the disk";
            const fs::path filler = *m_folder / "filler";
            std::ofstream(filler) << std::string(2 << 20, 'x');
            recorder.onStage("saving");
            // A file system gives room by the page: the first lines may still find some.
            for (std::int64_t step = 2; step <= 100; ++step) recorder.onMetrics(lineOf(step, 2.0), 1.0);
            const auto& rules = m_heard.rules;
            if (std::count(rules.begin(), rules.end(), "disk_full") != 1)
                return "not one warning of the full disk";
            if (std::count(rules.begin(), rules.end(), "disk_low") != 1)
                return "not one warning of the low disk";
            if (RunFolder(run()).readMetrics().size() >= 100) return "the disk was not full";
            fs::remove(filler);
            recorder.onMetrics(lineOf(101, 1.0), 1.0);
            recorder.close("stopped");
            const std::vector<MetricsLine> lines = RunFolder(run()).readMetrics();
            for (std::size_t i = 0; i < lines.size(); ++i) {
                if (lines[i].step != static_cast<std::int64_t>(i + 1)) return "a line is not in its place";
            }
            if (RunFolder(run()).readStatus().state != "stopped") return "the status is not the last";
            return lines.size() == 101 ? "" : "lines are missing";
        });
    }
};

STUDIO_TEST(RunRecorderTest)
#include "run_recorder_test.moc"
