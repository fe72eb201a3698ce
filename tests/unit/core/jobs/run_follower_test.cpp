// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/run_follower.h"

#include <cmath>
#include <fstream>
#include <memory>

#include "core/base/files.h"
#include "core/storage/run_control.h"
#include "core/storage/run_events.h"
#include "core/storage/run_lock.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// A run folder as its writer keeps it.
class KeptRun {
public:
    KeptRun() : m_folder(m_parent / "run-1") {
        fs::create_directories(m_folder);
        m_lock = std::make_unique<RunLock>(m_folder);
        setState("starting", 0);
    }
    const fs::path& path() const { return m_folder; }
    RunFolder folder() const { return RunFolder(m_folder); }
    void setState(const std::string& state, std::int64_t step, std::optional<double> left = {}) {
        RunStatus status;
        status.state = state;
        status.step = step;
        status.totalSteps = 20;
        status.secondsLeft = left;
        folder().writeStatus(status);
    }
    void fail(const RunFailure& failure) {
        RunStatus status;
        status.state = "failed";
        status.message = failure.cause;
        status.failure = failure;
        folder().writeStatus(status);
    }
    void begin() {
        folder().writeRun(OrderedJson::parse(R"({"kind":"train","settings":{},"base_model":{"path":"/base"},
            "template":{},"plan":{"total_steps":20},"data":{"sha256":"d","train":{"rows":57,
            "tokens":900,"cut_rows":[3,4],"rows_without_label":[]},"validation":{"rows":3}},
            "environment":{"parameters":260,"trained_parameters":260,"device":"cpu","precision":"float32",
            "threads":2}})"));
    }
    void step(std::int64_t number, double loss) {
        MetricsLine line;
        line.step = number;
        line.loss = loss;
        line.evalLoss = std::nan("");
        line.seconds = static_cast<double>(number);
        append(folder().metricsFile(), metricsJson(line).dump() + "\n");
    }
    void append(const fs::path& file, const std::string& text) {
        std::ofstream(file, std::ios::binary | std::ios::app) << text;
    }
    void finish(bool model, const std::string& state) {
        if (model) {
            fs::create_directories(m_folder / "model");
            append(m_folder / "model/config.json", "{}");
            OrderedJson run = folder().readRun();
            run["result"] = {
                {"steps", 20},      {"kept_step", 15}, {"first_eval_loss", 3.5},    {"last_eval_loss", 2.5},
                {"last_loss", 2.0}, {"seconds", 9.0},  {"tokens_per_second", 100.0}};
            folder().writeRun(run);
        }
        setState(state, 20);
    }
    void release() { m_lock.reset(); }

private:
    test::TemporaryFolder m_parent;
    fs::path m_folder;
    std::unique_ptr<RunLock> m_lock;
};

template <typename Event>
std::vector<Event> of(const RunFollower::Poll& poll) {
    std::vector<Event> found;
    for (const JobEvent& event : poll.events)
        if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
    return found;
}

}  // namespace

class RunFollowerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void poll_wholeRun_tellsWhatTheJobWouldTell() {
        KeptRun run;
        RunFollower follower(run.path());
        RunFollower::Poll poll = follower.poll();
        QCOMPARE(of<StageEvent>(poll).at(0).stage, std::string("loading"));
        QVERIFY(of<TrainingStarted>(poll).empty() && !poll.outcome);

        run.begin();
        run.setState("training", 2, 36.0);
        run.step(1, 3.0);
        run.step(2, 2.5);
        poll = follower.poll();
        QCOMPARE(of<StageEvent>(poll).at(0).stage, std::string("training"));
        const TrainingStarted started = of<TrainingStarted>(poll).at(0);
        QCOMPARE(started.totalSteps, std::int64_t{20});
        QCOMPARE(started.trainRows, std::int64_t{57});
        QCOMPARE(started.cutRows, std::int64_t{2});
        QCOMPARE(started.device, std::string("cpu"));
        const auto metrics = of<MetricsEvent>(poll);
        QCOMPARE(metrics.size(), std::size_t{2});
        QCOMPARE(metrics[1].line.loss, 2.5);
        QCOMPARE(metrics[1].secondsLeft, 36.0);

        run.append(run.folder().metricsFile(), "{\"step\":3,");
        run.append(samplesFile(run.path()), runSampleLine({3, 5, "Q", "A"}) + "\n");
        run.append(eventsFile(run.path()), runEventLine({3, true, "disk_low", "Low.", {"1 GB"}}) + "\n");
        poll = follower.poll();
        QVERIFY(of<MetricsEvent>(poll).empty() && of<TrainingStarted>(poll).empty());
        QCOMPARE(of<SampleEvent>(poll).at(0).sample.text, std::string("A"));
        const LogEvent log = of<LogEvent>(poll).at(0);
        QCOMPARE(log.rule, std::string("disk_low"));
        QVERIFY(log.level == LogEvent::Level::Warning);
        QCOMPARE(log.args, std::vector<std::string>{"1 GB"});
        run.append(run.folder().metricsFile(), "\"loss\":2.25}\n");
        QCOMPARE(of<MetricsEvent>(follower.poll()).at(0).line.loss, 2.25);

        run.setState("paused", 3);
        QCOMPARE(of<StageEvent>(follower.poll()).at(0).stage, std::string("paused"));
        run.finish(true, "finished");
        run.release();
        poll = follower.poll();
        QVERIFY(poll.outcome && poll.outcome->kind == JobOutcome::Kind::Finished);
        const auto result = std::get<TrainResult>(poll.outcome->value);
        QCOMPARE(result.steps, std::int64_t{20});
        QCOMPARE(result.keptStep, std::int64_t{15});
        QCOMPARE(result.lastEvalLoss, 2.5);
        QVERIFY(!result.stoppedEarly);
        QCOMPARE(result.modelFolder, run.path() / "model");
        poll = follower.poll();
        QVERIFY(!poll.outcome && poll.events.empty());  // told once
    }

    void poll_stopped_withAndWithoutAModel() {
        KeptRun kept;
        kept.begin();
        kept.finish(true, "stopped");
        const auto outcome = RunFollower(kept.path()).poll().outcome;
        QVERIFY(outcome && std::get<TrainResult>(outcome->value).stoppedEarly);
        KeptRun handedOver;
        handedOver.begin();
        handedOver.finish(false, "stopped");
        const auto nothing = RunFollower(handedOver.path()).poll().outcome;
        QVERIFY(nothing && nothing->kind == JobOutcome::Kind::Cancelled);
        QVERIFY(std::holds_alternative<std::monostate>(nothing->value));
    }

    void poll_stoppedWithTheModelOfAnEarlierPart_hasNoValue() {
        KeptRun run;
        run.begin();
        run.finish(true, "stopped");
        OrderedJson again = run.folder().readRun();
        again.erase("result");  // as a resume does
        run.folder().writeRun(again);
        const auto outcome = RunFollower(run.path()).poll().outcome;
        QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Cancelled);
        run.setState("finished", 20);
        QVERIFY(std::holds_alternative<TrainResult>(RunFollower(run.path()).poll().outcome->value));
    }

    void poll_handedOver_waitsForTheNextProcess() {
        KeptRun run;
        run.begin();
        writeRunControl(run.path(), {false, {}, RunControl::Stop::HandOver});
        run.setState("stopped", 4);
        RunFollower follower(run.path());
        QVERIFY(!follower.poll().outcome);
        QVERIFY(!follower.poll().outcome);
        // The next process.
        run.setState("starting", 4);
        clearRunControl(run.path());
        const RunFollower::Poll poll = follower.poll();
        QVERIFY(!poll.outcome);
        QCOMPARE(of<StageEvent>(poll).at(0).stage, std::string("loading"));
        run.finish(true, "finished");
        QVERIFY(follower.poll().outcome.has_value());
    }

    void poll_handedOverToNobody_endsAfterTheWait() {
        KeptRun run;
        run.begin();
        writeRunControl(run.path(), {false, {}, RunControl::Stop::HandOver});
        run.setState("stopped", 4);
        RunFollower follower(run.path(), std::chrono::milliseconds(100));
        QVERIFY(!follower.poll().outcome);
        // It goes on and is handed over again: the wait begins anew.
        run.setState("training", 5);
        QVERIFY(!follower.poll().outcome);
        QTest::qWait(120);
        run.setState("stopped", 6);
        QVERIFY(!follower.poll().outcome);
        QTest::qWait(120);
        const auto outcome = follower.poll().outcome;
        QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Cancelled);
    }

    void poll_withoutAStatusAndNobodyAtWork_endsSayingSo() {
        for (const bool damaged : {false, true}) {
            KeptRun run;
            run.begin();
            run.setState("training", 4);
            RunFollower follower(run.path());
            QVERIFY(!follower.poll().outcome);
            if (damaged)
                writeFileAtomically(run.path() / "status.json", "{");
            else
                fs::remove(run.path() / "status.json");
            run.step(5, 2.0);
            RunFollower::Poll poll = follower.poll();
            QVERIFY(!poll.outcome);  // somebody has the lock
            QCOMPARE(of<MetricsEvent>(poll).size(), std::size_t{1});
            run.release();
            QVERIFY(!follower.poll().outcome);  // its last status may be on its way
            QTest::qWait(1100);
            poll = follower.poll();
            QVERIFY(poll.interrupted && poll.outcome && poll.outcome->kind == JobOutcome::Kind::Failed);
            QVERIFY(poll.outcome->cause.find(damaged ? "status.json cannot be read"
                                                     : "status.json is missing") != std::string::npos);
            QVERIFY(poll.outcome->nextStep.starts_with("Start a new run"));
        }
    }

    void poll_finishedWithoutItsStatus_endsAsItsOtherFilesTell() {
        KeptRun run;
        run.begin();
        run.step(1, 3.0);
        run.finish(true, "finished");
        fs::remove(run.path() / "status.json");
        run.release();
        RunFollower follower(run.path());
        QVERIFY(!follower.poll().outcome);  // its last status may be on its way
        QTest::qWait(1100);
        const RunFollower::Poll poll = follower.poll();
        QVERIFY(!poll.interrupted && poll.outcome && poll.outcome->kind == JobOutcome::Kind::Finished);
        QCOMPARE(std::get<TrainResult>(poll.outcome->value).lastEvalLoss, 2.5);
        QCOMPARE(of<MetricsEvent>(poll).size(), std::size_t{1});
        QCOMPARE(of<TrainingStarted>(poll).size(), std::size_t{1});
    }

    void poll_finishedWithoutItsDescription_failsInsteadOfUntrueFigures() {
        for (const char* description : {"", "{\"result\":"}) {
            KeptRun run;
            run.begin();
            run.finish(true, "finished");
            fs::remove(run.path() / "run.json");
            if (*description) writeFileAtomically(run.path() / "run.json", description);
            const auto outcome = RunFollower(run.path()).poll().outcome;
            QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Failed);
            QVERIFY(outcome->cause.starts_with("The run's description is "));
        }
    }

    void poll_discardedWithTheModelOfAnEarlierPart_hasNoValue() {
        KeptRun run;
        run.begin();
        run.finish(true, "discarded");
        const auto outcome = RunFollower(run.path()).poll().outcome;
        QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Cancelled);
        QVERIFY(std::holds_alternative<std::monostate>(outcome->value));
    }

    void poll_folderGone_ends() {
        KeptRun run;
        run.begin();
        run.setState("training", 4);
        RunFollower follower(run.path());
        RunFollower never(run.path());
        QVERIFY(!follower.poll().outcome);
        fs::remove(run.path() / "status.json");
        QVERIFY(!follower.poll().outcome);  // the folder is there: the status may come again
        fs::remove_all(run.path());
        for (RunFollower* each : {&follower, &never}) {
            const auto outcome = each->poll().outcome;
            QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Cancelled);
            QVERIFY(!each->poll().outcome);  // told once
        }
    }

    void poll_failed_hasTheErrorOfTheOtherProcess() {
        KeptRun run;
        run.fail({"loss_not_finite", "The loss is NaN at step 7.", "Halve the rate.", {"7", "1, 2"}});
        const auto outcome = RunFollower(run.path()).poll().outcome;
        QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Failed);
        QVERIFY(outcome->code == ErrorCode::LossNotFinite);
        QCOMPARE(outcome->errorLine(), std::string("The loss is NaN at step 7. Halve the rate."));
        QCOMPARE(outcome->args.at(0), std::string("7"));
    }

    void poll_lockFreeBeforeTheFirstStep_saysThatInWords() {
        KeptRun run;
        run.begin();
        run.release();
        const auto outcome = RunFollower(run.path()).poll().outcome;
        QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Failed);
        QVERIFY2(outcome->cause.ends_with(" is gone: interrupted before its first step."),
                 outcome->cause.c_str());
    }

    void poll_lockFreeWhileTraining_isInterruptedAtItsStep() {
        KeptRun run;
        run.begin();
        run.setState("training", 4);
        run.step(4, 2.0);
        run.step(5, 2.0);
        RunFollower follower(run.path());
        QVERIFY(!follower.poll().outcome);
        run.release();
        const RunFollower::Poll last = follower.poll();
        const auto outcome = last.outcome;
        QVERIFY(last.interrupted && outcome && outcome->kind == JobOutcome::Kind::Failed);
        QVERIFY(outcome->cause.find("interrupted at step 5") != std::string::npos);
        QCOMPARE(outcome->args, std::vector<std::string>{"5"});
        QVERIFY(outcome->nextStep.starts_with("Start a new run"));
        fs::create_directories(run.path() / "checkpoints/step-4");
        const auto again = RunFollower(run.path()).poll().outcome;
        QVERIFY(again && again->nextStep.find("--resume") != std::string::npos);
        OrderedJson damaged = run.folder().readRun();
        damaged["settings"] = 3;
        run.folder().writeRun(damaged);
        const auto refused = RunFollower(run.path()).poll().outcome;
        QVERIFY(refused && refused->nextStep.find("--resume") == std::string::npos);
        QVERIFY(refused->nextStep.find("has no usable settings") != std::string::npos);
    }

    void poll_goesOnFromAnEarlierStep_tellsAllAgain() {
        KeptRun run;
        run.begin();
        run.setState("training", 3);
        for (int step = 1; step <= 3; ++step) run.step(step, 3.0);
        RunFollower follower(run.path());
        QCOMPARE(of<MetricsEvent>(follower.poll()).size(), std::size_t{3});
        run.folder().dropMetricsAfter(1);
        run.step(2, 1.0);
        const RunFollower::Poll poll = follower.poll();
        QVERIFY(poll.restarted);
        QCOMPARE(of<TrainingStarted>(poll).size(), std::size_t{1});
        const auto metrics = of<MetricsEvent>(poll);
        QCOMPARE(metrics.size(), std::size_t{2});
        QCOMPARE(metrics[1].line.loss, 1.0);
        QVERIFY(!follower.poll().restarted);
    }

    void poll_folderNotThereYet_waits() {
        const test::TemporaryFolder folder;
        RunFollower follower(folder / "later");
        const RunFollower::Poll poll = follower.poll();
        QVERIFY(poll.events.empty() && !poll.outcome && !poll.restarted);
    }
};

STUDIO_TEST(RunFollowerTest)
#include "run_follower_test.moc"
