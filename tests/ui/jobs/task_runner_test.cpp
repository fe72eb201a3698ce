// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/task_runner.h"

#include "core/base/progress.h"

#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::ui;
using namespace std::chrono_literals;

class TaskRunnerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void run_result_arrivesOnTheCallersThread() {
        TaskRunner tasks;
        int result = 0;
        QThread* arrivedOn = nullptr;
        std::thread::id workedOn;
        tasks.run<int>(
            [&](const std::stop_token&) {
                workedOn = std::this_thread::get_id();
                return 42;
            },
            [&](const int& value) {
                result = value;
                arrivedOn = QThread::currentThread();
            },
            [](const Error&) { QFAIL("no error was thrown"); });
        QVERIFY(tasks.isBusy());
        QTRY_COMPARE(result, 42);
        QCOMPARE(arrivedOn, thread());
        QVERIFY(workedOn != std::this_thread::get_id());
        QVERIFY(!tasks.isBusy());
    }

    void run_again_onlyTheNewestArrives() {
        TaskRunner tasks;
        QVector<int> results;
        for (int i = 0; i < 20; ++i) {
            tasks.run<int>(
                [i](const std::stop_token& stop) {
                    for (int wait = 0; wait < 50 && !stop.stop_requested(); ++wait)
                        std::this_thread::sleep_for(1ms);
                    throwIfStopped(stop);
                    return i;
                },
                [&](const int& value) { results.append(value); }, [](const Error&) {});
        }
        QTRY_VERIFY(!results.isEmpty());
        QTest::qWait(100);
        QCOMPARE(results, QVector<int>{19});
    }

    void run_error_arrivesAsError() {
        TaskRunner tasks;
        QString line;
        tasks.run<int>(
            [](const std::stop_token&) -> int { throw Error(ErrorCode::BadFormat, "Cause.", "Next."); },
            [](const int&) { QFAIL("there is no result"); },
            [&](const Error& error) { line = QString::fromUtf8(error.what()); });
        QTRY_COMPARE(line, QStringLiteral("Cause. Next."));
    }

    void cancel_running_nothingArrives() {
        TaskRunner tasks;
        bool arrived = false;
        tasks.run<int>([](const std::stop_token&) { return 1; }, [&](const int&) { arrived = true; },
                       [](const Error&) {});
        tasks.cancel();
        QTest::qWait(100);
        QVERIFY(!arrived);
        QVERIFY(!tasks.isBusy());
    }
};

STUDIO_TEST(TaskRunnerTest)
#include "task_runner_test.moc"
