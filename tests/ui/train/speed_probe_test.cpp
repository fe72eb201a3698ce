// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/speed_probe.h"

#include <QPushButton>
#include <atomic>

#include "tests/ui/train/train_fixture.h"
#include "ui/train/preflight_panel.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"

using namespace studio;
using namespace studio::ui;
using studio::test::TemporaryFolder;
using studio::test::TrainFixture;

namespace {

const Check* checkWith(TrainFixture& fixture, const char* link) {
    for (const Check& check : fixture.page->setup().preflight().checks())
        if (check.link == QLatin1String(link)) return &check;
    return nullptr;
}

const Check* timeCheck(TrainFixture& fixture) {
    return checkWith(fixture, "Measure");
}

/// Probes until it is asked to stop.
struct LongProbe {
    std::atomic<bool> began{false}, stopped{false};

    test::FakeEngine::Run run() {
        return [this](const Job&, JobObserver&, const std::stop_token& stop) {
            began = true;
            while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            stopped = true;
            JobOutcome outcome;
            outcome.kind = JobOutcome::Kind::Cancelled;
            return outcome;
        };
    }
};

QString timeFigure(TrainFixture& fixture) {
    return fixture.page->setup().preflight().figure(1);
}

}  // namespace

class SpeedProbeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        // Never the cache of the user who runs the tests.
        m_cache = std::make_unique<test::TemporaryFolder>();
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache->path().string()));
    }

    void measure_asksForAFewSteps_andTheTimeFollows() {
        std::atomic<int> probes{0};
        TrainFixture fixture({}, 40, [&](const Job& job, JobObserver&, const std::stop_token&) {
            JobOutcome outcome;
            if (!std::holds_alternative<ProbeJob>(job)) return outcome;
            ++probes;
            ProbeResult result;
            result.steps = 3;
            result.secondsPerStep = 2.0;
            result.tokensPerSecond = 100.0;
            outcome.value = result;
            return outcome;
        });
        QTRY_VERIFY(timeCheck(fixture));
        const QString before = timeFigure(fixture);
        timeCheck(fixture)->follow();
        QTRY_COMPARE(probes.load(), 1);
        QTRY_VERIFY2(timeFigure(fixture) != before, qPrintable(before));
        QVERIFY(!timeCheck(fixture) && fixture.page->setup().startButton()->isEnabled());
        QVERIFY(timeFigure(fixture).startsWith(QLatin1String("about")));
        // Kept for the next time.
        fixture.page->setup().refresh();
        QTRY_VERIFY(fixture.page->setup().startButton()->isEnabled());
        QVERIFY(!timeCheck(fixture));
    }

    void measure_thatFails_saysWhyAndCanBeAskedAgain() {
        TrainFixture fixture({}, 40, [](const Job&, JobObserver&, const std::stop_token&) {
            JobOutcome outcome;
            outcome.kind = JobOutcome::Kind::Failed;
            outcome.code = ErrorCode::OutOfMemory;
            outcome.cause = "There is not enough memory.";
            outcome.nextStep = "Take fewer rows.";
            return outcome;
        });
        QTRY_VERIFY(timeCheck(fixture));
        timeCheck(fixture)->follow();
        QTRY_COMPARE(fixture.dialogs.errors.size(), 1);
        QTRY_VERIFY(timeCheck(fixture));
    }

    void start_whileMeasuring_goesFirst() {
        std::atomic<bool> began{false}, measured{false}, trained{false};
        TrainFixture fixture({}, 40, [&](const Job& job, JobObserver&, const std::stop_token& stop) {
            JobOutcome outcome;
            if (std::holds_alternative<ProbeJob>(job)) {
                began = true;
                while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
                measured = true;
                outcome.kind = JobOutcome::Kind::Cancelled;
                return outcome;
            }
            trained = true;
            outcome.value = TrainResult{};
            return outcome;
        });
        QTRY_VERIFY(timeCheck(fixture));
        timeCheck(fixture)->follow();
        QTRY_VERIFY(began && fixture.page->setup().startButton()->isEnabled());
        fixture.page->setup().startButton()->click();
        QTRY_VERIFY(measured && trained);
        QTRY_VERIFY(!fixture.page->isRunning());
        QVERIFY(fixture.dialogs.errors.isEmpty());
    }

    void start_rightAfterMeasure_measuresNothing() {
        std::atomic<int> probes{0}, trainings{0};
        TrainFixture fixture({}, 40, [&](const Job& job, JobObserver&, const std::stop_token&) {
            std::holds_alternative<ProbeJob>(job) ? ++probes : ++trainings;
            JobOutcome outcome;
            if (std::holds_alternative<TrainJob>(job)) outcome.value = TrainResult{};
            return outcome;
        });
        QTRY_VERIFY(timeCheck(fixture));
        timeCheck(fixture)->follow();
        fixture.page->setup().startButton()->click();
        QTRY_COMPARE(trainings.load(), 1);
        QTRY_VERIFY(!fixture.page->isRunning());
        QCOMPARE(probes.load(), 0);  // it was given up before its job began
    }

    void edit_takesTheOfferBackUntilItIsComputedAnew() {
        TrainFixture fixture({}, 40, {});
        QTRY_VERIFY(timeCheck(fixture));
        fixture.page->setup().form().setRunName(QStringLiteral("other"));
        QVERIFY(!timeCheck(fixture));
        QTRY_VERIFY(timeCheck(fixture));
    }

    void measure_stopped_endsAndCanBeAskedAgain() {
        LongProbe probe;
        TrainFixture fixture({}, 40, probe.run());
        QTRY_VERIFY(timeCheck(fixture));
        timeCheck(fixture)->follow();
        QTRY_VERIFY(probe.began);
        QVERIFY(!timeCheck(fixture) && checkWith(fixture, "Stop"));
        checkWith(fixture, "Stop")->follow();
        QTRY_VERIFY(probe.stopped);
        QTRY_VERIFY(timeCheck(fixture));
        QCOMPARE(fixture.dialogs.errors, QStringList());
    }

    void measure_anotherProject_endsIt() {
        LongProbe probe;
        TrainFixture fixture({}, 40, probe.run());
        QTRY_VERIFY(timeCheck(fixture));
        timeCheck(fixture)->follow();
        QTRY_VERIFY(probe.began);
        fixture.session.createProject(fixture.folder / "other.ftproj");
        QTRY_VERIFY(probe.stopped);
        QCOMPARE(fixture.dialogs.errors, QStringList());
    }

private:
    std::unique_ptr<test::TemporaryFolder> m_cache;
};

STUDIO_TEST(SpeedProbeTest)
#include "speed_probe_test.moc"
