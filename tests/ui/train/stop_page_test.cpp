// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPushButton>
#include <atomic>

#include "core/storage/run_control.h"
#include "core/storage/run_trash.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/charts/loss_chart.h"
#include "ui/train/event_model.h"
#include "ui/train/run_view.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;
using studio::test::fakeTraining;
using studio::test::startOf;
using studio::test::TrainFixture;
using studio::test::trainingOf;
using namespace std::chrono_literals;

namespace {

/// What the engine writes at the end.
void endedAs(const char* state, const std::filesystem::path& run) {
    RunStatus status;
    status.state = state;
    RunFolder(run).writeStatus(status);
}

JobOutcome cancelled() {
    JobOutcome outcome;
    outcome.kind = JobOutcome::Kind::Cancelled;
    return outcome;
}

}  // namespace

/// A run of the window's own is stopped: what is asked, what is kept, and that no other run is touched.
class StopPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stop_whileTraining_asksAndKeeps() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, trainingOf(100'000, 1ms));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_VERIFY(fixture.page->runView().step() > 5);
        fixture.dialogs.answer = 2;
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QCOMPARE(fixture.dialogs.questions.size(), 1);
        QCOMPARE(fixture.dialogs.question.safeAnswer, 2);
        QCOMPARE(fixture.dialogs.verbs[0], QStringLiteral("Stop and keep"));
        QCOMPARE(fixture.dialogs.verbs[1], QStringLiteral("Stop and discard"));
        QCOMPARE(fixture.dialogs.verbs[2], QStringLiteral("Go on training"));
        QVERIFY(fixture.page->isRunning());
        fixture.dialogs.answer = 0;
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Stopped);
        QVERIFY(fixture.page->runView().note().text().contains(QStringLiteral("saved")));
    }

    void stopAndDiscard_whileTraining_movesTheRecordToTheTrash() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        bool heard = false;
        std::filesystem::path folder;
        TrainFixture fixture(model, 60, [&](const Job& job, JobObserver& observer, std::stop_token stop) {
            const auto& train = std::get<TrainJob>(job);
            std::filesystem::create_directories(train.runFolder / "model");
            folder = train.runFolder;
            JobOutcome outcome = fakeTraining(train, observer, stop, 100'000, 1ms);
            heard = train.discard.stop_requested();
            endedAs("discarded", train.runFolder);
            return outcome;
        });
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_VERIFY(fixture.page->runView().step() > 5);
        QVERIFY(std::filesystem::exists(folder));
        fixture.dialogs.answer = 1;
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Setup);
        QVERIFY(heard);
        QVERIFY(!std::filesystem::exists(folder));
        QCOMPARE(listTrash(folder.parent_path()).size(), std::size_t{1});
        QCOMPARE(listTrash(folder.parent_path()).front().name, folder.filename().string());
        QVERIFY(!fixture.page->isRunning());
        QTRY_VERIFY(startOf(fixture)->isEnabled());
    }

    void stopAndDiscard_aStopThatKeepsWasAskedElsewhere_isRefusedOrKeepsTheRun() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        std::filesystem::path folder;
        TrainFixture fixture(model, 60, [&](const Job& job, JobObserver& observer, std::stop_token stop) {
            const auto& train = std::get<TrainJob>(job);
            std::filesystem::create_directories(train.runFolder / "model");
            folder = train.runFolder;
            JobOutcome outcome = fakeTraining(train, observer, stop, 100'000, 1ms);
            endedAs("stopped", train.runFolder);
            return outcome;
        });
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_VERIFY(fixture.page->runView().step() > 5);
        askToStop(folder, RunControl::Stop::Keep);
        fixture.page->stopAndDiscard();
        QVERIFY(fixture.page->isRunning() && fixture.page->state() != TrainPage::State::Stopping);
        clearRunControl(folder);
        fixture.page->stopAndDiscard();  // the other stop comes after this one
        QTRY_VERIFY(!fixture.page->isRunning());
        QVERIFY(std::filesystem::exists(folder));
        QVERIFY(listTrash(folder.parent_path()).empty());
    }

    void stopQuestion_openBeforeTheFirstStep_keepsWhatWasMadeMeanwhile() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        std::atomic<bool> go{false};
        TrainFixture fixture(model, 60, [&go](const Job& job, JobObserver& observer, std::stop_token stop) {
            while (!go && !stop.stop_requested()) std::this_thread::sleep_for(1ms);
            return fakeTraining(std::get<TrainJob>(job), observer, stop, 100'000, 1ms);
        });
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        fixture.dialogs.hold = true;
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QCOMPARE(fixture.dialogs.verbs.size(), 3);
        go = true;
        QTRY_VERIFY(fixture.page->runView().step() > 5);
        QVERIFY(fixture.dialogs.stands());
        fixture.dialogs.held(0);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Stopped);
        QVERIFY(fixture.page->runView().note().text().contains(QStringLiteral("saved")));
    }

    void stopAndKeep_noStepMade_discardsAndSaysSo() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        std::filesystem::path folder;
        std::atomic<bool> began{false};
        TrainFixture fixture(model, 60, [&](const Job& job, JobObserver&, std::stop_token stop) {
            folder = std::get<TrainJob>(job).runFolder;
            std::filesystem::create_directories(folder);
            began = true;
            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
            endedAs("stopped", folder);
            return cancelled();
        });
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QSignalSpy said(fixture.page.get(), &Page::statusMessage);
        QTRY_VERIFY(began);
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Setup);
        QCOMPARE(said.count(), 1);
        QVERIFY(said.front().front().toString().startsWith(QStringLiteral("No step was made")));
        QVERIFY(!folder.empty() && !std::filesystem::exists(folder));
        QCOMPARE(listTrash(folder.parent_path()).size(), std::size_t{1});
    }

    void stopBeforeItBegan_nameTakenByAnother_leavesThatRunAlone() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        for (const int answer : {0, 1}) {
            std::filesystem::path folder;
            std::atomic<bool> began{false};
            TrainFixture fixture(model, 60, [&](const Job& job, JobObserver&, std::stop_token stop) {
                folder = std::get<TrainJob>(job).runFolder;
                began = true;
                while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                return cancelled();
            });
            QTRY_VERIFY(startOf(fixture)->isEnabled());
            QTest::mouseClick(startOf(fixture), Qt::LeftButton);
            QTRY_VERIFY(began);
            std::filesystem::create_directories(folder / "model");
            RunStatus other;
            other.state = "finished";
            other.processId = 1;
            RunFolder(folder).writeStatus(other);
            fixture.dialogs.answer = answer;
            QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
            QTRY_COMPARE(fixture.page->state(), TrainPage::State::Setup);
            QVERIFY(std::filesystem::exists(folder / "model"));
            QVERIFY(listTrash(folder.parent_path()).empty());
            QCOMPARE(fixture.dialogs.errors, QStringList());
        }
    }

    void stopQuestion_runEnds_isWithdrawn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, trainingOf(300, 1ms));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        fixture.dialogs.hold = true;
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QVERIFY(fixture.dialogs.stands());
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        QVERIFY(!fixture.dialogs.stands());
    }
};

STUDIO_TEST(StopPageTest)
#include "stop_page_test.moc"
