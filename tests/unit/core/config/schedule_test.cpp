// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/schedule.h"

#include <cmath>

#include "tests/support/studio_test.h"

using namespace studio;

namespace {

TrainSettings settingsOf(const QString& schedule, double floorShare = 0.0) {
    TrainSettings settings;
    settings.learningRate = 0.01;
    settings.schedule = schedule.toStdString();
    settings.minLearningRateShare = floorShare;
    return settings;
}

bool near(double a, double b) {
    return std::abs(a - b) <= 1e-12;
}

}  // namespace

class ScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void warmup_anyShareAndSteps_isNeverBeyondTheEnd() {
        for (const std::int64_t steps : {1, 2, 3, 7, 100}) {
            for (const double share : {0.0, 0.03, 0.5, 1.0}) {
                for (const std::int64_t given : {0, 1, 5, 100000}) {
                    TrainSettings settings = settingsOf("cosine");
                    settings.maxSteps = steps;
                    settings.warmupShare = share;
                    settings.warmupSteps = given;
                    const StepPlan plan = planSteps(settings, 10);
                    QVERIFY(plan.warmupSteps >= 0 && plan.warmupSteps <= steps);
                    for (std::int64_t step = 1; step <= steps; ++step) {
                        const double rate = learningRateAt(settings, plan, step);
                        QVERIFY(rate >= 0.0 && rate <= settings.learningRate);
                    }
                }
            }
        }
    }

    void ends_everySchedule_areWhereTheyShouldBe_data() {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<double>("floorShare");
        QTest::addColumn<double>("middle");
        QTest::addColumn<double>("end");
        QTest::newRow("constant") << "constant" << 0.3 << 0.01 << 0.01;
        QTest::newRow("linear to nothing") << "linear" << 0.0 << 0.005 << 0.0;
        QTest::newRow("linear to a tenth") << "linear" << 0.1 << 0.0055 << 0.001;
        QTest::newRow("cosine to nothing") << "cosine" << 0.0 << 0.005 << 0.0;
        QTest::newRow("cosine to a tenth") << "cosine" << 0.1 << 0.0055 << 0.001;
    }

    void ends_everySchedule_areWhereTheyShouldBe() {
        QFETCH(QString, schedule);
        QFETCH(double, floorShare);
        QFETCH(double, middle);
        QFETCH(double, end);
        TrainSettings settings = settingsOf(schedule, floorShare);
        settings.maxSteps = 110;
        settings.warmupSteps = 10;
        const StepPlan plan = planSteps(settings, 50);
        QVERIFY(near(learningRateAt(settings, plan, 1), 0.001));  // a tenth of the peak, not nothing
        QVERIFY(near(learningRateAt(settings, plan, 5), 0.005));
        QVERIFY(near(learningRateAt(settings, plan, 10), 0.01));
        QVERIFY(near(learningRateAt(settings, plan, 60), middle));
        QVERIFY(near(learningRateAt(settings, plan, 110), end));
        // From the peak on it never rises.
        for (std::int64_t step = 11; step <= 110; ++step)
            QVERIFY(learningRateAt(settings, plan, step) <= learningRateAt(settings, plan, step - 1));
    }

    void ends_withoutWarmup_beginAtThePeak() {
        for (const char* schedule : {"constant", "linear", "cosine"}) {
            TrainSettings settings = settingsOf(schedule);
            settings.maxSteps = 40;
            settings.warmupShare = 0.0;
            const StepPlan plan = planSteps(settings, 50);
            QCOMPARE(learningRateAt(settings, plan, 1), 0.01);
            // The last step still learns something.
            QVERIFY(learningRateAt(settings, plan, 40) > 0.0);
        }
    }

    void warmup_isTheWholeRun_endsAtThePeak() {
        TrainSettings settings = settingsOf("cosine");
        settings.maxSteps = 8;
        settings.warmupSteps = 1000;
        const StepPlan plan = planSteps(settings, 50);
        QCOMPARE(learningRateAt(settings, plan, 8), 0.01);
    }

    void peakRates_changes_countFromTheirSteps() {
        PeakRates rates(0.5, {{9, 0.1}, {4, 0.25}});
        QCOMPARE(rates.at(1), 0.5);
        QCOMPARE(rates.at(3), 0.5);
        QCOMPARE(rates.at(4), 0.25);
        QCOMPARE(rates.at(8), 0.25);
        QCOMPARE(rates.at(9), 0.1);
        QCOMPARE(rates.last(), 0.1);
        rates.change(6, 0.2);  // what was to come later is over
        QCOMPARE(rates.at(9), 0.2);
        QCOMPARE(rates.first(), 0.5);
        rates.change(6, 0.25);  // the same as before it: no change
        QVERIFY(rates.changes() == (std::vector<RateChange>{{4, 0.25}}));
    }
};

STUDIO_TEST(ScheduleTest)
#include "schedule_test.moc"
