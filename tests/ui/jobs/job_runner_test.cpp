// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include <atomic>

#include "tests/support/fake_engine.h"
#include "tests/support/stall_meter.h"
#include "tests/support/studio_test.h"

using namespace studio;
using namespace studio::ui;
using studio::test::FakeEngine;
using namespace std::chrono_literals;

namespace {

EngineFactory engineOf(FakeEngine::Run run) {
    return [run] { return std::make_unique<FakeEngine>(run); };
}

JobOutcome finishedWith(std::int64_t steps, bool stoppedEarly = false) {
    TrainResult result;
    result.steps = steps;
    result.stoppedEarly = stoppedEarly;
    JobOutcome outcome;
    outcome.value = result;
    return outcome;
}

MetricsEvent metricsOf(std::int64_t step) {
    MetricsEvent event;
    event.line.step = step;
    return event;
}

}  // namespace

class JobRunnerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void start_manyMetrics_allArriveInOrderBeforeFinished() {
        constexpr std::int64_t kSteps = 120'000;  // more than the mailbox holds
        JobRunner runner(engineOf([](const Job&, JobObserver& observer, std::stop_token) {
            for (std::int64_t step = 1; step <= kSteps; ++step) observer.onEvent(metricsOf(step));
            return finishedWith(kSteps);
        }));
        QVector<qint64> steps;
        qint64 atEnd = -1;
        connect(&runner, &JobRunner::metricsArrived, this,
                [&](quint64, const QVector<MetricsEvent>& metrics) {
                    for (const MetricsEvent& event : metrics) steps.append(event.line.step);
                });
        connect(&runner, &JobRunner::finished, this,
                [&](quint64, const JobOutcome&) { atEnd = steps.size(); });
        QVERIFY(!runner.isBusy());
        runner.start(TrainJob());
        QVERIFY(runner.isBusy());
        QTRY_COMPARE_WITH_TIMEOUT(atEnd, kSteps, 20'000);
        for (qint64 i = 0; i < steps.size(); ++i) QCOMPARE(steps[i], i + 1);
        QVERIFY(!runner.isBusy());
    }

    void start_tenThousandEventsASecond_longestStallAtMost50ms() {
        std::atomic<std::int64_t> sent = 0;
        JobRunner runner(engineOf([&sent](const Job&, JobObserver& observer, std::stop_token stop) {
            const auto begin = std::chrono::steady_clock::now();
            std::int64_t step = 0;
            while (!stop.stop_requested()) {
                std::this_thread::sleep_for(1ms);
                const auto due =
                    (std::chrono::steady_clock::now() - begin) / 100us;  // one each 100 µs: 10 kHz
                while (step < due) {
                    observer.onEvent(metricsOf(++step));
                    observer.onEvent(StageEvent{"training", step, 0});
                }
            }
            sent = step;
            return finishedWith(step, true);
        }));
        qint64 arrived = 0;
        int batches = 0;
        bool done = false;
        connect(&runner, &JobRunner::metricsArrived, this,
                [&](quint64, const QVector<MetricsEvent>& metrics) {
                    arrived += metrics.size();
                    ++batches;
                });
        connect(&runner, &JobRunner::finished, this, [&] { done = true; });
        runner.start(TrainJob());
        const double stall = test::StallMeter::longestStall(4000);
        runner.stop();
        QTRY_VERIFY_WITH_TIMEOUT(done, 5000);
        QVERIFY2(stall <= 50, qPrintable(QStringLiteral("longest stall %1 ms").arg(stall)));
        QCOMPARE(arrived, qint64(sent.load()));
        QVERIFY(arrived >= 15'000);
        QVERIFY2(batches < arrived / 100, "events must come in batches");
    }

    void textArrived_manyTokens_joinedForEachArm() {
        JobRunner runner(engineOf([](const Job&, JobObserver& observer, std::stop_token) {
            for (int i = 0; i < 1000; ++i) observer.onEvent(TextEvent{i % 2, i % 2 ? "b" : "a", i, 10.0});
            return JobOutcome();
        }));
        QString texts[2];
        int calls = 0;
        bool done = false;
        connect(&runner, &JobRunner::textArrived, this, [&](quint64, const TextEvent& text) {
            texts[text.arm] += QString::fromStdString(text.text);
            ++calls;
        });
        connect(&runner, &JobRunner::finished, this, [&] { done = true; });
        runner.start(GenerateJob());
        QTRY_VERIFY(done);
        QCOMPARE(texts[0], QString(500, QLatin1Char('a')));
        QCOMPARE(texts[1], QString(500, QLatin1Char('b')));
        QVERIFY(calls < 100);
    }

    void stop_runningAndQueued_bothEndAndQueuedIsCancelled() {
        std::atomic<int> runs = 0;
        JobRunner runner(engineOf([&runs](const Job&, JobObserver&, std::stop_token stop) {
            ++runs;
            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
            return finishedWith(7, true);
        }));
        QHash<quint64, JobOutcome::Kind> ended;
        connect(&runner, &JobRunner::finished, this,
                [&](quint64 job, const JobOutcome& outcome) { ended[job] = outcome.kind; });
        const quint64 first = runner.start(TrainJob());
        const quint64 second = runner.start(TrainJob());
        QTRY_COMPARE(runs.load(), 1);
        runner.stop();
        QTRY_COMPARE(ended.size(), 2);
        QCOMPARE(ended[first], JobOutcome::Kind::Finished);
        QCOMPARE(ended[second], JobOutcome::Kind::Cancelled);
        QCOMPARE(runs.load(), 1);
        QVERIFY(!runner.isBusy());
    }

    void start_afterStop_runsTheNextJob() {
        JobRunner runner(engineOf([](const Job&, JobObserver&, std::stop_token stop) {
            return finishedWith(stop.stop_requested() ? 0 : 5);
        }));
        runner.stop();
        std::int64_t steps = -1;
        connect(&runner, &JobRunner::finished, this, [&](quint64, const JobOutcome& outcome) {
            steps = std::get<TrainResult>(outcome.value).steps;
        });
        runner.start(TrainJob());
        QTRY_COMPARE(steps, std::int64_t(5));
    }

    void start_engineThrows_failedWithItsSentences() {
        JobRunner runner([]() -> std::unique_ptr<Engine> {
            throw Error(ErrorCode::EngineUnavailable, "libx.so cannot be loaded.", "Install it.",
                        {"libx.so"});
        });
        JobOutcome seen;
        bool done = false;
        connect(&runner, &JobRunner::finished, this, [&](quint64, const JobOutcome& outcome) {
            seen = outcome;
            done = true;
        });
        runner.start(CheckModelJob());
        QTRY_VERIFY(done);
        QCOMPARE(seen.kind, JobOutcome::Kind::Failed);
        QCOMPARE(seen.code, ErrorCode::EngineUnavailable);
        QCOMPARE(QString::fromStdString(seen.errorLine()),
                 QStringLiteral("libx.so cannot be loaded. Install it."));
    }

    void start_foreignExceptionInJob_isAnInternalFailure() {
        JobRunner runner(engineOf([](const Job&, JobObserver&, std::stop_token) -> JobOutcome {
            throw std::runtime_error("surprise");
        }));
        JobOutcome seen;
        bool done = false;
        connect(&runner, &JobRunner::finished, this, [&](quint64, const JobOutcome& outcome) {
            seen = outcome;
            done = true;
        });
        runner.start(CheckModelJob());
        QTRY_VERIFY(done);
        QCOMPARE(seen.code, ErrorCode::Internal);
        QVERIFY(QString::fromStdString(seen.cause).contains(QStringLiteral("surprise")));
    }

    void destructor_whileRunningAndMailboxFull_endsSoon() {
        auto runner =
            std::make_unique<JobRunner>(engineOf([](const Job&, JobObserver& observer, std::stop_token stop) {
                for (std::int64_t step = 1; !stop.stop_requested(); ++step) observer.onEvent(metricsOf(step));
                return finishedWith(1, true);
            }));
        runner->start(TrainJob());
        std::this_thread::sleep_for(300ms);  // nobody drains: the writer waits for room
        QElapsedTimer timer;
        timer.start();
        runner.reset();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    }

    void finished_slotDeletesRunner_nothingBreaks() {
        auto* runner = new JobRunner(engineOf([](const Job&, JobObserver& observer, std::stop_token) {
            observer.onEvent(metricsOf(1));
            return finishedWith(1);
        }));
        QPointer<JobRunner> alive(runner);
        connect(runner, &JobRunner::metricsArrived, this, [&] { delete runner; });
        runner->start(TrainJob());
        QTRY_VERIFY(!alive);
    }
};

STUDIO_TEST(JobRunnerTest)
#include "job_runner_test.moc"
