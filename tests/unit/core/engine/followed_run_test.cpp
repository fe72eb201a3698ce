// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/jobs/run_follower.h"
#include "core/storage/run_events.h"
#include "core/train/run_recorder.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

struct Kept final : JobObserver {
    std::vector<std::string> rules;
    void onEvent(const JobEvent& event) override {
        if (const auto* log = std::get_if<LogEvent>(&event)) rules.push_back(log->rule);
    }
};

MetricsLine lineOf(std::int64_t step, double seconds) {
    MetricsLine line;
    line.step = step;
    line.loss = 2.0;
    line.seconds = seconds;
    return line;
}

}  // namespace

/// What a run writes down for those who follow it from another process.
class FollowedRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recorder_logsPausesAndTimeLeft_reachTheFollower() {
        const test::TemporaryFolder folder;
        Kept kept, heard;
        RunRecorder recorder(folder / "run-1", kept);
        RunFollower follower(folder / "run-1");
        recorder.setTotalSteps(10);
        recorder.onStage("training");
        recorder.onMetrics(lineOf(1, 1.0), 9.0);
        recorder.log(LogEvent::Level::Warning, "rows_cut", "Three rows are cut.", {"3", "256"});
        recorder.onStage("paused");
        recorder.onNote("paused", "Paused after step 1.", {"1"});
        RunFollower::Poll poll = follower.poll();
        for (const JobEvent& event : poll.events) heard.onEvent(event);
        QCOMPARE(heard.rules, kept.rules);
        QCOMPARE(RunFolder(folder / "run-1").readStatus().state, std::string("paused"));
        QCOMPARE(RunFolder(folder / "run-1").readStatus().secondsLeft.value_or(0), 9.0);
        // The end of a pause is written at once: the next line may be long in coming.
        recorder.onStage("training");
        QCOMPARE(RunFolder(folder / "run-1").readStatus().state, std::string("training"));
        poll = follower.poll();
        QVERIFY(poll.events.size() == 1 && std::get<StageEvent>(poll.events[0]).stage == "training");
    }

    void recorder_failure_reachesTheFollowerAsTheSameError() {
        const test::TemporaryFolder folder;
        Kept kept;
        RunRecorder recorder(folder / "run-1", kept);
        recorder.onMetrics(lineOf(1, 1.0), 9.0);
        recorder.fail(
            Error(ErrorCode::LossNotFinite, "The loss is NaN at step 2.", "Halve the rate.", {"2", "5"}));
        const auto outcome = RunFollower(folder / "run-1").poll().outcome;
        QVERIFY(outcome && outcome->kind == JobOutcome::Kind::Failed);
        QVERIFY(outcome->code == ErrorCode::LossNotFinite);
        QCOMPARE(outcome->cause, std::string("The loss is NaN at step 2."));
        QCOMPARE(outcome->args, (std::vector<std::string>{"2", "5"}));
        QVERIFY(!RunFolder(folder / "run-1").readStatus().secondsLeft);
    }
};

STUDIO_TEST(FollowedRunTest)
#include "followed_run_test.moc"
