// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"
#include "tests/support/training_process.h"

using namespace studio;
using studio::test::sameBits;
using studio::test::TrainingProcess;
using studio::test::twelveSteps;

/// A run that another process is to go on with.
class HandOverTest : public QObject {
    Q_OBJECT

private:
    static RunControl handOver() {
        RunControl control;
        control.stop = RunControl::Stop::HandOver;
        return control;
    }

private Q_SLOTS:
    void handOver_betweenSteps_leavesACheckpointThatEndsInTheSameBits() {
        const test::TemporaryFolder folder;
        TrainingProcess whole(twelveSteps(4));
        whole.trainer.run({});
        CheckpointStore store(folder.path());
        {
            TrainingProcess run(twelveSteps(4));
            run.trainer.keepCheckpoints(store);
            run.recorder.asked = [&] { return run.trainer.stepsDone() >= 5 ? handOver() : RunControl{}; };
            const TrainerResult result = run.trainer.run({});
            QVERIFY(result.end == TrainerResult::End::Stop && result.handedOver && !result.discarded);
            QCOMPARE(result.steps, std::int64_t{5});
            QCOMPARE(store.steps(), std::vector<std::int64_t>{5});
        }
        TrainingProcess again(twelveSteps(4));
        again.trainer.keepCheckpoints(store);
        QVERIFY(again.resume());
        QCOMPARE(again.trainer.stepsDone(), std::int64_t{5});
        again.trainer.run({});
        QVERIFY(sameBits(whole.model->arena().values(), again.model->arena().values()));
    }

    void handOver_stopAskedWhileItsCheckpointIsSaved_goesBefore() {
        using Stop = RunControl::Stop;
        for (const Stop meanwhile : {Stop::Keep, Stop::Discard, Stop::No}) {
            const test::TemporaryFolder folder;
            CheckpointStore store(folder.path());
            TrainingProcess run(twelveSteps(4));
            run.trainer.keepCheckpoints(store);
            run.recorder.asked = [&] { return run.trainer.stepsDone() == 5 ? handOver() : RunControl{}; };
            run.recorder.atHandOver = [&] {
                RunControl control;
                control.stop = meanwhile;
                return control;
            };
            const TrainerResult result = run.trainer.run({});
            QVERIFY(!result.handedOver);
            QCOMPARE(result.discarded, meanwhile == Stop::Discard);
            QCOMPARE(result.steps, std::int64_t{meanwhile == Stop::No ? 12 : 5});
        }
    }

    void handOver_beforeTheFirstStep_waitsForIt() {
        const test::TemporaryFolder folder;
        CheckpointStore store(folder.path());
        TrainingProcess run(twelveSteps(4));
        run.trainer.keepCheckpoints(store);
        run.recorder.asked = [] { return handOver(); };
        const TrainerResult result = run.trainer.run({});
        QVERIFY(result.handedOver);
        QCOMPARE(result.steps, std::int64_t{1});
        QCOMPARE(store.steps(), std::vector<std::int64_t>{1});
    }

    void handOver_noCheckpointPossible_goesOnAndSaysSoOnce() {
        TrainingProcess run(twelveSteps(4));  // keeps none
        run.recorder.asked = [] { return handOver(); };
        const TrainerResult result = run.trainer.run({});
        QVERIFY(result.end == TrainerResult::End::Plan && !result.handedOver);
        QCOMPARE(result.steps, std::int64_t{12});
        QCOMPARE(run.recorder.notes, std::vector<std::string>{"hand_over_failed"});
    }

    void handOver_newestStateCannotBeSaved_isRefusedAndObeyedWhenAskedAgain() {
        const test::TemporaryFolder folder;
        const std::filesystem::path place = folder / "checkpoints", away = folder / "away";
        CheckpointStore store(place);
        TrainSettings settings = twelveSteps(4);
        settings.checkpointEvery = 2;
        TrainingProcess run(settings);
        run.trainer.keepCheckpoints(store);
        run.recorder.asked = [&]() -> RunControl {
            const std::int64_t step = run.trainer.stepsDone();
            if (step == 3) {  // the checkpoint of step 2 is there, but none can be made
                std::filesystem::rename(place, away);
                writeFileAtomically(place, "in the way");
                return handOver();
            }
            if (step == 5) {
                std::filesystem::remove(place);
                std::filesystem::rename(away, place);
            }
            return step == 7 ? handOver() : RunControl{};
        };
        const TrainerResult result = run.trainer.run({});
        QCOMPARE(run.recorder.notes, std::vector<std::string>{"hand_over_failed"});
        QVERIFY(result.handedOver);
        QCOMPARE(result.steps, std::int64_t{7});
        QCOMPARE(store.steps().front(), std::int64_t{7});
    }

    void handOver_whilePaused_endsThePause() {
        const test::TemporaryFolder folder;
        CheckpointStore store(folder.path());
        TrainingProcess run(twelveSteps(4));
        run.trainer.keepCheckpoints(store);
        int polls = 0;
        run.recorder.asked = [&] {
            RunControl control;
            control.paused = run.trainer.stepsDone() == 3;
            if (control.paused && ++polls > 2) control.stop = RunControl::Stop::HandOver;
            return control;
        };
        QVERIFY(run.trainer.run({}).handedOver);
        QCOMPARE(store.steps(), std::vector<std::int64_t>{3});
    }
};

STUDIO_TEST(HandOverTest)
#include "hand_over_test.moc"
