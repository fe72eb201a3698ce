// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <thread>

#include "core/storage/run_control.h"
#include "tests/support/sanitizers.h"
#include "tests/support/small_runs.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

/// The learning rate of a whole run, as it is asked for, used and written down.
class TrainingRateTest : public QObject, private test::SmallRuns {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        STUDIO_NEEDS_SENTENCEPIECE_BESIDE_TORCH();
        beginAnew();
    }

    void control_newRate_isInRunAndStatusAndCountsAgainAfterAResume() {
        TrainJob job = jobOf("rates");
        job.settings.learningRate = 1e-3;
        job.settings.schedule = "constant";
        job.settings.warmupShare = 0.0;
        std::stop_source stop;
        m_heard.onAny = [&](const JobEvent& event) {
            const auto* metrics = std::get_if<MetricsEvent>(&event);
            if (!metrics) return;
            // The folder is looked at five times a second.
            if (metrics->line.step == 2) {
                writeRunControl(job.runFolder, {false, 2e-4, RunControl::Stop::No});
                std::this_thread::sleep_for(std::chrono::milliseconds(250));
            }
            if (metrics->line.step == 3) stop.request_stop();
        };
        runTraining(job, m_heard, stop.get_token());
        m_heard.onAny = {};
        OrderedJson changes = OrderedJson::array();
        changes.push_back({{"step", 3}, {"from", 1e-3}, {"to", 2e-4}});
        QCOMPARE(runJson("rates")["settings"]["learning_rate"].get<double>(), 2e-4);
        QVERIFY(runJson("rates")["learning_rate_changes"] == changes);
        QCOMPARE(RunFolder(job.runFolder).readStatus().learningRate, 2e-4);
        // A process that was killed before it saved step 3: only the checkpoint of step 2 is there.
        fs::remove_all(job.runFolder / "checkpoints" / "step-3");
        job.resume = true;
        runTraining(job, m_heard, {});
        for (const MetricsLine& line : RunFolder(job.runFolder).readMetrics())
            if (line.step > 0) QCOMPARE(line.learningRate, line.step <= 2 ? 1e-3 : 2e-4);
        QVERIFY(runJson("rates")["learning_rate_changes"] == changes);
        QCOMPARE(runJson("rates")["resumed"][0]["learning_rate"].get<double>(), 2e-4);
    }

    void control_newRateAndAStopAtOnce_isAChangeOnceTheRunGoesOn() {
        TrainJob job = jobOf("late");
        job.settings.learningRate = 1e-3;
        m_heard.onAny = [&](const JobEvent& event) {
            const auto* metrics = std::get_if<MetricsEvent>(&event);
            if (!metrics || metrics->line.step != 2) return;
            writeRunControl(job.runFolder, {false, 2e-4, RunControl::Stop::Keep});
            std::this_thread::sleep_for(std::chrono::milliseconds(250));
        };
        QCOMPARE(runTraining(job, m_heard, {}).steps, std::int64_t{2});
        m_heard.onAny = {};
        QVERIFY(!runJson("late").contains("learning_rate_changes"));
        QCOMPARE(runJson("late")["settings"]["learning_rate"].get<double>(), 1e-3);
        job.resume = true;
        runTraining(job, m_heard, {});
        QCOMPARE(runJson("late")["learning_rate_changes"][0]["step"].get<int>(), 3);
        QCOMPARE(runJson("late")["settings"]["learning_rate"].get<double>(), 2e-4);
    }

    void resume_newRate_isWrittenDownAsAChange() {
        for (const char* name : {"slower", "killed"}) {
            TrainJob job = jobOf(name);
            job.settings.learningRate = 1e-3;
            runUntil(job, 3);
            job.resume = true;
            // Asked for now, or in a pause of the process that was killed before it made a step.
            if (name == std::string("slower"))
                job.changes = {"learning_rate=1e-4"};
            else
                writeRunControl(job.runFolder, {true, 1e-4, RunControl::Stop::No});
            runTraining(job, m_heard, {});
            QCOMPARE(runJson(name)["settings"]["learning_rate"].get<double>(), 1e-4);
            OrderedJson changes = OrderedJson::array();
            changes.push_back({{"step", 4}, {"from", 1e-3}, {"to", 1e-4}});
            QVERIFY(runJson(name)["learning_rate_changes"] == changes);
        }
    }
};

STUDIO_TEST(TrainingRateTest)
#include "training_rate_test.moc"
