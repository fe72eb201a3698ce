// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <algorithm>
#include <chrono>
#include <optional>

#include "core/base/error.h"
#include "tests/support/studio_test.h"
#include "tests/support/training_process.h"

using namespace studio;
using test::sameBits;
using test::TrainingProcess;
namespace fs = std::filesystem;

namespace {

TrainSettings settingsOf() {
    return test::twelveSteps(2);
}

}  // namespace

/// What is asked of a training while it goes on, and what becomes of it when it is stopped or killed.
class TrainingControlTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path path() const { return m_folder->path().toStdString(); }

    static void discardAfterStep3(TrainingProcess& run) {
        run.recorder.asked = [&run] {
            RunControl control;
            if (run.trainer.stepsDone() == 3) control.stop = RunControl::Stop::Discard;
            return control;
        };
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void control_learningRate_countsFromTheNextStepAndSurvivesAResume() {
        TrainSettings settings = settingsOf();
        settings.schedule = "constant";
        settings.warmupShare = 0.0;
        CheckpointStore store(path());
        {
            TrainingProcess run(settings);
            run.trainer.keepCheckpoints(store);
            run.recorder.asked = [&] {
                RunControl control;
                if (run.trainer.stepsDone() >= 4) control.learningRate = 0.002;
                if (run.trainer.stepsDone() >= 6) control.stop = RunControl::Stop::Keep;
                return control;
            };
            QVERIFY(run.trainer.run({}).end == TrainerResult::End::Stop);
            for (const MetricsLine& line : run.recorder.lines)
                if (line.step > 0) QCOMPARE(line.learningRate, line.step <= 4 ? 0.01 : 0.002);
            QCOMPARE(run.recorder.notes, std::vector<std::string>{"learning_rate_changed"});
        }
        TrainingProcess again(settings);
        again.trainer.keepCheckpoints(store);
        QVERIFY(again.resume());
        again.trainer.run({});
        QCOMPARE(again.recorder.lines.back().learningRate, 0.002);
    }

    void control_rateThatNoStepUsed_isNoChangeAndCountsAfterAResume_data() {
        QTest::addColumn<bool>("paused");
        QTest::newRow("with the stop") << false;
        QTest::newRow("in a pause, whose checkpoint is there") << true;
    }

    void control_rateThatNoStepUsed_isNoChangeAndCountsAfterAResume() {
        QFETCH(bool, paused);
        TrainSettings settings = settingsOf();
        settings.schedule = "constant";
        settings.warmupShare = 0.0;
        CheckpointStore store(path());
        {
            TrainingProcess run(settings);
            run.trainer.keepCheckpoints(store);
            int polls = 0;
            run.recorder.asked = [&] {
                RunControl control;
                if (run.trainer.stepsDone() < 4) return control;
                control.paused = paused;
                if (paused && ++polls < 4) return control;
                control.learningRate = 0.002;
                control.stop = RunControl::Stop::Keep;
                return control;
            };
            QVERIFY(run.trainer.run({}).end == TrainerResult::End::Stop);
            QVERIFY(run.trainer.peakRates().changes().empty());
            QCOMPARE(run.recorder.notes.back(), std::string("learning_rate_unused"));
            QCOMPARE(store.steps(), std::vector<std::int64_t>{4});
        }
        TrainingProcess again(settings);
        again.trainer.keepCheckpoints(store);
        QVERIFY(again.resume());
        again.trainer.run({});
        for (const MetricsLine& line : again.recorder.lines)
            if (line.step > 4) QCOMPARE(line.learningRate, 0.002);
        QVERIFY(again.trainer.peakRates().changes() == (std::vector<RateChange>{{5, 0.002}}));
    }

    void control_rateChangedThenKilled_goesOnWithTheSameBits() {
        // The rate changes before step 6; the process is killed after step 9, its checkpoint is of step 4.
        const auto asking = [](TrainingProcess& run) {
            run.recorder.asked = [&run] {
                RunControl control;
                if (run.trainer.stepsDone() >= 5) control.learningRate = 0.003;
                return control;
            };
        };
        TrainingProcess whole(settingsOf());
        asking(whole);
        whole.trainer.run({});
        const std::vector<RateChange> changes = whole.trainer.peakRates().changes();
        QVERIFY(changes == (std::vector<RateChange>{{6, 0.003}}));

        for (const std::int64_t every : {4, 7}) {
            CheckpointStore store(path() / std::to_string(every));
            TrainSettings settings = settingsOf();
            settings.checkpointEvery = every;
            {
                TrainingProcess killed(settings);
                killed.trainer.keepCheckpoints(store);
                asking(killed);
                std::stop_source stop, discard;
                killed.trainer.discardOn(discard.get_token());  // as a kill: no checkpoint at the end
                killed.recorder.onLine = [&](const MetricsLine& line) {
                    if (line.step == (every == 4 ? 7 : 9)) discard.request_stop(), stop.request_stop();
                };
                killed.trainer.run(stop.get_token());
            }
            QCOMPARE(store.steps(), std::vector<std::int64_t>{every});
            TrainingProcess again(settings);
            again.trainer.keepCheckpoints(store);
            again.trainer.setRateChanges(changes);  // from run.json; control.json is gone
            QVERIFY(again.resume());
            again.trainer.run({});
            QVERIFY(sameBits(whole.model->arena().values(), again.model->arena().values()));
        }
    }

    void setLearningRate_whenResumed_replacesWhatWasToComeLater() {
        CheckpointStore store(path());
        TrainSettings settings = settingsOf();
        settings.schedule = "constant";
        settings.warmupShare = 0.0;
        settings.checkpointEvery = 4;
        settings.maxSteps = 7;
        {
            TrainingProcess first(settings);
            first.trainer.keepCheckpoints(store);
            first.trainer.run({});
        }
        settings.maxSteps = 12;
        TrainingProcess again(settings);
        again.trainer.keepCheckpoints(store);
        again.trainer.setRateChanges({{2, 0.005}, {6, 0.003}});
        QVERIFY(again.resume());
        again.trainer.setLearningRate(0.001);
        QVERIFY(again.trainer.peakRates().changes() == (std::vector<RateChange>{{2, 0.005}, {5, 0.001}}));
        again.trainer.run({});
        for (const MetricsLine& line : again.recorder.lines)
            if (line.step > 4) QCOMPARE(line.learningRate, 0.001);
    }

    void samples_cutShortByAStop_areMadeUpFor() {
        CheckpointStore store(path());
        TrainSettings settings = settingsOf();
        settings.sampleEvery = 3;
        {
            TrainingProcess first(settings);
            first.trainer.keepCheckpoints(store);
            std::stop_source stop;
            first.recorder.onStageChange = [&](const std::string& stage) {
                if (stage == "sampling" && first.trainer.stepsDone() == 6) throw Cancelled();
            };
            QVERIFY(first.trainer.run(stop.get_token()).end == TrainerResult::End::Stop);
            QCOMPARE(first.recorder.samples, (std::vector<std::int64_t>{0, 3}));
        }
        TrainingProcess again(settings);
        again.trainer.keepCheckpoints(store);
        QVERIFY(again.resume());
        QCOMPARE(again.trainer.stepsDone(), std::int64_t{6});
        QCOMPARE(again.trainer.sampledStep(), std::int64_t{3});
        again.trainer.run({});
        QCOMPARE(again.recorder.samples, (std::vector<std::int64_t>{6, 9, 12}));
    }

    void control_pauseEndedByAStop_countsNotAsTime() {
        CheckpointStore store(path());
        TrainingProcess run(settingsOf());
        run.trainer.keepCheckpoints(store);
        std::stop_source stop;
        std::optional<std::chrono::steady_clock::time_point> began;
        run.recorder.asked = [&] {
            RunControl control;
            control.paused = run.trainer.stepsDone() == 5;
            if (!control.paused) return control;
            if (!began) began = std::chrono::steady_clock::now();
            if (std::chrono::steady_clock::now() - *began > std::chrono::seconds(2)) stop.request_stop();
            return control;
        };
        const auto started = std::chrono::steady_clock::now();
        const TrainerResult result = run.trainer.run(stop.get_token());
        const double all = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        QVERIFY(result.end == TrainerResult::End::Stop);
        QVERIFY2(result.seconds < all - 1.8, qPrintable(QString::number(result.seconds)));
    }

    void control_pause_savesWaitsAndChangesNothing() {
        TrainingProcess whole(settingsOf());
        whole.trainer.run({});
        CheckpointStore store(path());
        TrainingProcess run(settingsOf());
        run.trainer.keepCheckpoints(store);
        int polls = 0;
        run.recorder.asked = [&] {
            RunControl control;
            control.paused = run.trainer.stepsDone() == 5 && ++polls < 4;
            return control;
        };
        run.trainer.run({});
        QVERIFY(polls >= 4);
        QCOMPARE(run.recorder.notes, (std::vector<std::string>{"paused", "continued"}));
        QVERIFY(std::count(run.recorder.stages.begin(), run.recorder.stages.end(), "paused") == 1);
        QCOMPARE(store.steps(), std::vector<std::int64_t>{5});
        QVERIFY(sameBits(whole.model->arena().values(), run.model->arena().values()));
    }

    void control_pauseEndedByADiscard_saysNotThatItGoesOn() {
        CheckpointStore store(path());
        TrainingProcess run(settingsOf());
        run.trainer.keepCheckpoints(store);
        int polls = 0;
        run.recorder.asked = [&] {
            RunControl control;
            control.paused = run.trainer.stepsDone() == 5;
            if (control.paused && ++polls > 3) control.stop = RunControl::Stop::Discard;
            return control;
        };
        QVERIFY(run.trainer.run({}).discarded);
        QCOMPARE(run.recorder.notes, (std::vector<std::string>{"paused"}));
    }

    void discard_overruledInTheSameMoment_keepsACheckpoint() {
        CheckpointStore store(path());
        TrainingProcess run(settingsOf());
        run.trainer.keepCheckpoints(store);
        discardAfterStep3(run);
        run.recorder.settle = [](bool) { return false; };
        const TrainerResult result = run.trainer.run({});
        QVERIFY(result.end == TrainerResult::End::Stop && !result.discarded);
        QCOMPARE(run.recorder.ends, std::vector<bool>{true});
        QCOMPARE(store.steps(), std::vector<std::int64_t>{3});
        TrainingProcess whole(settingsOf());
        whole.trainer.run({});
        QCOMPARE(whole.recorder.ends, std::vector<bool>{false});
    }

    void control_discard_endsWithoutACheckpoint() {
        CheckpointStore store(path());
        TrainingProcess run(settingsOf());
        run.trainer.keepCheckpoints(store);
        discardAfterStep3(run);
        const TrainerResult result = run.trainer.run({});
        QVERIFY(result.discarded);
        QVERIFY(store.steps().empty());
    }
};

STUDIO_TEST(TrainingControlTest)
#include "training_control_test.moc"
