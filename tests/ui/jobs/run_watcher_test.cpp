// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/run_watcher.h"

#include "tests/support/assets.h"
#include "tests/support/fake_engine.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_run.h"

using namespace studio;
using namespace studio::ui;
using studio::test::WrittenRun;

class RunWatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void follow_runOfAnother_saysWhatAJobWouldSay() {
        const test::TemporaryFolder folder;
        WrittenRun run(folder / "run-1", 100);
        for (int step = 0; step <= 10; ++step) run.add(test::fakeLine(step, 100, 5));
        RunWatcher watcher;
        qint64 seen = 0;
        connect(&watcher, &RunWatcher::metricsArrived, this,
                [&](quint64, const QVector<MetricsEvent>& metrics) { seen += metrics.size(); });
        QSignalSpy started(&watcher, &RunWatcher::trainingStarted);
        QSignalSpy stages(&watcher, &RunWatcher::stageChanged);
        QSignalSpy restarted(&watcher, &RunWatcher::restarted);
        QSignalSpy finished(&watcher, &RunWatcher::finished);
        const quint64 job = watcher.follow(run.path());
        QTRY_COMPARE(seen, qint64{11});
        QCOMPARE(started.count(), 1);
        QCOMPARE(started.front().front().value<quint64>(), job);
        run.add(test::fakeLine(11, 100, 5));
        QTRY_COMPARE(seen, qint64{12});
        run.setState("paused", 11);
        QTRY_COMPARE(stages.count(), 2);
        RunFolder(run.path()).dropMetricsAfter(5);
        QTRY_COMPARE(restarted.count(), 1);
        QTRY_COMPARE(seen, qint64{18});
        run.finish();
        QTRY_COMPARE(finished.count(), 1);
        QTest::qWait(700);
        QCOMPARE(finished.count(), 1);
    }

    void leave_whileFollowing_saysNothingMore() {
        const test::TemporaryFolder folder;
        WrittenRun first(folder / "run-1", 100), second(folder / "run-2", 100);
        RunWatcher watcher;
        QSignalSpy metrics(&watcher, &RunWatcher::metricsArrived);
        QSignalSpy started(&watcher, &RunWatcher::trainingStarted);
        const quint64 before = watcher.follow(first.path());
        QTRY_COMPARE(started.count(), 1);
        const quint64 after = watcher.follow(second.path());
        QVERIFY(before != after);
        first.add(test::fakeLine(1, 100));
        second.add(test::fakeLine(2, 100));
        QTRY_COMPARE(metrics.count(), 1);
        QCOMPARE(metrics.front().front().value<quint64>(), after);
        watcher.leave();
        second.add(test::fakeLine(3, 100));
        QTest::qWait(700);
        QCOMPARE(metrics.count(), 1);
    }
};

STUDIO_TEST(RunWatcherTest)
#include "run_watcher_test.moc"
