// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <atomic>

#include "tests/support/written_run.h"
#include "tests/ui/train/obedient_run.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/train/event_model.h"
#include "ui/train/field_editor.h"
#include "ui/train/learning_rate_dialog.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"

using namespace studio;
using namespace studio::ui;
using studio::test::eventsOf;
using studio::test::obedient;
using studio::test::ObedientTraining;
using studio::test::startTraining;
using studio::test::TrainFixture;
using studio::test::WrittenRun;
using namespace std::chrono_literals;

namespace {

QPushButton* actionOf(TrainFixture& fixture, const QString& text) {
    for (auto* button : fixture.page->runView().note().findChildren<QPushButton*>())
        if (button->text().startsWith(text) && !button->isHidden()) return button;
    return nullptr;
}

/// Of 100, with an evaluation every ten.
void addTwentySteps(WrittenRun& run) {
    for (int step = 0; step <= 20; ++step) run.add(test::fakeLine(step, 100, 10));
}

}  // namespace

/// A run at work is given another rate, handed over and found again.
class RunControlPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void learningRate_key_asksChecksAndSaysItInTheEvents() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient());
        TrainPage& page = *fixture.page;
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.askForLearningRate();
        QVERIFY(!page.rateDialog());  // no run has one
        startTraining(fixture);
        if (QTest::currentTestFailed()) return;
        page.runView().setFocus();
        QTest::keyClick(&page, Qt::Key_L);
        LearningRateDialog* dialog = page.rateDialog();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!dialog->acceptButton()->isEnabled());  // it is the present one
        for (const char* wrong : {"0.5", "-1", "nan", "", "fast"}) {
            dialog->line()->setText(QLatin1String(wrong));
            QVERIFY2(!dialog->acceptButton()->isEnabled(), wrong);
            QVERIFY2(dialog->line()->property("bad").toBool(), wrong);
        }
        dialog->line()->setText(QStringLiteral("4e-5"));
        dialog->halveButton()->click();
        QCOMPARE(dialog->line()->text().toDouble(), 2e-5);
        dialog->line()->setText(QStringLiteral("1.25e-5"));
        dialog->acceptButton()->click();
        QVERIFY(!eventsOf(fixture).filter(QStringLiteral("1.25e-5 asked for")).isEmpty());
        QTRY_VERIFY(!eventsOf(fixture).filter(QStringLiteral("peak learning rate is 1.25e-05")).isEmpty());
        QTRY_VERIFY(!page.rateDialog());
        page.askForLearningRate();
        QCOMPARE(page.rateDialog()->line()->text().toDouble(), 1.25e-5);
        page.stopAndKeep();
        QTRY_COMPARE(page.state(), TrainPage::State::Stopped);
        QTRY_VERIFY(!page.rateDialog());
    }

    void handOver_whileTraining_leavesACheckpointAndCanBeResumed() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient());
        startTraining(fixture);
        if (QTest::currentTestFailed()) return;
        QSignalSpy handed(fixture.page.get(), &TrainPage::handedOver);
        const QString name = fixture.page->runView().runName();
        fixture.page->handOver();
        QCOMPARE(fixture.page->state(), TrainPage::State::HandingOver);
        QVERIFY(!fixture.page->stopButton()->isEnabled());
        QTRY_COMPARE(handed.count(), 1);
        QCOMPARE(handed.front().at(1).toString(), name);
        QVERIFY(!fixture.page->isRunning());
        QVERIFY(newestCheckpoint(fixture.session.project().runsFolder() / name.toStdString()) > 3);
    }

    void diverged_offersHalfTheRateFromTheCheckpoint() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainJob seen;
        TrainFixture fixture(model, 60, [&seen](const Job& job, JobObserver& observer, std::stop_token stop) {
            seen = std::get<TrainJob>(job);
            if (seen.resume) return ObedientTraining(seen, observer, std::move(stop)).run(5, 0us);
            std::filesystem::create_directories(seen.runFolder / "checkpoints/step-205");
            RunFolder(seen.runFolder).writeRun({{"settings", toJson(seen.settings)}, {"method", "full"}});
            throw Error(ErrorCode::LossNotFinite, "The loss is NaN at step 207.", "Halve the rate.", {"207"});
        });
        QVERIFY(fixture.start());
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Failed);
        QVERIFY(fixture.page->runView().note().text().contains(QStringLiteral("step 207")));
        const double rate = seen.settings.learningRate;
        QPushButton* half = actionOf(fixture, QStringLiteral("Go on from step 205 with half the rate"));
        QVERIFY(half);
        half->click();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        QVERIFY(seen.resume);
        QCOMPARE(seen.changes.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(seen.changes[0]).startsWith(QStringLiteral("learning_rate=")));
        QCOMPARE(QString::fromStdString(seen.changes[0]).section(u'=', 1).toDouble(), rate / 2);
        QCOMPARE(seen.train->size() + seen.validation->size(), std::size_t{60});
        QVERIFY(!seen.dataHash.empty());
    }

    void attach_runOfAnother_isSeenAndAskedThroughItsFolder() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        const auto project = fixture.session.project().folder();
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.setState("training", 20, 32.0);
        fixture.session.closeProject();
        QCOMPARE(fixture.page->state(), TrainPage::State::Setup);
        fixture.session.openProject(project);
        TrainPage& page = *fixture.page;
        QTRY_COMPARE(page.state(), TrainPage::State::Training);
        QVERIFY(page.isRunning() && page.isFollowing() && !page.isSetupShown());
        QTRY_COMPARE(page.runView().step(), qint64{20});
        QCOMPARE(page.runView().runName(), QStringLiteral("run-7"));
        QCOMPARE(page.runView().chart().plot().trainLoss().size(), 20);
        QCOMPARE(page.runView().secondsLeft(), 32.0);
        page.togglePause();
        QCOMPARE(page.state(), TrainPage::State::Pausing);
        QVERIFY(readRunControl(run.path())->paused);
        run.setState("paused", 20);
        QTRY_COMPARE(page.state(), TrainPage::State::Paused);
        page.togglePause();
        QVERIFY(!readRunControl(run.path())->paused);
        run.setState("training", 21);
        QTRY_COMPARE(page.state(), TrainPage::State::Training);
        page.stopAndKeep();
        QVERIFY(readRunControl(run.path())->stop == RunControl::Stop::Keep);
        QSignalSpy ended(&page, &TrainPage::runEnded);
        run.finish();
        QTRY_COMPARE(page.state(), TrainPage::State::Finished);
        QCOMPARE(ended.count(), 0);  // it was asked for
        QVERIFY(!page.isRunning());
    }

    void activated_runOfAnother_isFoundWithoutWaiting() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        TrainPage& page = *fixture.page;
        QTest::qWait(100);  // what the page wanted to know at the start
        QSignalSpy turned(&page, &Page::sidePaneChanged);
        page.activated();
        QTest::qWait(200);
        QCOMPARE(turned.count(), 0);  // nothing was found, and nothing moved
        QVERIFY(page.isSetupShown());
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.setState("training", 20);
        page.activated();
        QCOMPARE(page.state(), TrainPage::State::Setup);  // the folders are read on another thread
        QTRY_COMPARE(page.state(), TrainPage::State::Training);
        QVERIFY(page.isFollowing() && !page.isSetupShown());
        run.finish();
        QTRY_COMPARE(page.state(), TrainPage::State::Finished);
    }

    void activated_ownRunBegunMeanwhile_isNotLeft() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient());
        QTRY_VERIFY(fixture.page->setup().startButton()->isEnabled());
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        run.setState("training", 20);
        fixture.page->attach();
        fixture.page->setup().startButton()->click();
        QTRY_VERIFY(fixture.page->runView().step() > 3);
        QVERIFY(!fixture.page->isFollowing());
        QVERIFY(fixture.page->runView().runName() != QStringLiteral("run-7"));
        fixture.page->stopAndKeep();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Stopped);
    }

    void attach_rateChangedBefore_dialogHasTheOneInForce() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.peak = 1.25e-5;
        run.setState("training", 20);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Training);
        fixture.page->askForLearningRate();
        QVERIFY(fixture.page->rateDialog());
        QCOMPARE(fixture.page->rateDialog()->line()->text().toDouble(), 1.25e-5);
    }

    void attach_pausedRun_saysWhetherItsCheckpointIsOfThisStep() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        for (const std::int64_t checkpoint : {15, 20}) {
            TrainFixture fixture(model, 60, obedient(5, 0us));
            WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
            addTwentySteps(run);
            run.addCheckpoint(checkpoint);
            run.setState("paused", 20);
            fixture.page->attach();
            QTRY_COMPARE(fixture.page->state(), TrainPage::State::Paused);
            QTRY_COMPARE(fixture.page->runView().step(), qint64{20});
            const QString hint = fixture.page->nextStepBar().step().hint;
            QVERIFY2(hint.contains(QStringLiteral("in a checkpoint")) == (checkpoint == 20),
                     qPrintable(hint));
        }
    }

    void attach_folderRemoved_isNoLongerToBeSeen() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.setState("training", 20);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->runView().step(), qint64{20});
        QSignalSpy said(fixture.page.get(), &Page::statusMessage);
        QSignalSpy ended(fixture.page.get(), &TrainPage::runEnded);
        std::filesystem::rename(run.path(), fixture.folder / "aside");
        QTRY_VERIFY(!fixture.page->isRunning());
        QCOMPARE(fixture.page->state(), TrainPage::State::Setup);
        QVERIFY(said.back().front().toString().contains(QStringLiteral("no longer on the disk")));
        QCOMPARE(ended.count(), 0);
    }

    void attach_discardOfARunWithACheckpoint_leavesItsRecord() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.addCheckpoint(15);
        run.setState("training", 20);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->runView().step(), qint64{20});
        fixture.dialogs.answer = 1;
        QSignalSpy said(fixture.page.get(), &Page::statusMessage);
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QVERIFY(readRunControl(run.path())->stop == RunControl::Stop::Discard);
        // As the process that trains it does.
        std::filesystem::remove_all(run.path() / "checkpoints");
        run.setState("discarded", 20);
        run.release();
        QTRY_VERIFY(!fixture.page->isRunning());
        QVERIFY(std::filesystem::exists(run.path() / "run.json"));
        QVERIFY(said.back().front().toString().contains(QStringLiteral("its record stays in Runs")));
    }

    void attach_discardOfANewRun_leavesItsRecordToo() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.setState("training", 20);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->runView().step(), qint64{20});
        fixture.dialogs.answer = 1;
        QSignalSpy said(fixture.page.get(), &Page::statusMessage);
        QTest::mouseClick(fixture.page->stopButton(), Qt::LeftButton);
        QVERIFY(fixture.dialogs.question.details.contains(QStringLiteral("stays in Runs")));
        run.setState("discarded", 20);  // its process still has the lock
        QTRY_VERIFY(!fixture.page->isRunning());
        QVERIFY(std::filesystem::exists(run.path() / "metrics.jsonl"));
        QVERIFY(said.back().front().toString().contains(QStringLiteral("its record stays in Runs")));
    }

    void attach_discardedByAnother_saysAfterWhichStep() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.addCheckpoint(15);
        run.setState("training", 20);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->runView().step(), qint64{20});
        run.setState("discarded", 20);  // the checkpoints go after this was said
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Stopped);
        QCOMPARE(fixture.page->runView().note().text(),
                 QStringLiteral("Discarded after step 20; what it had learned is gone."));
        QCOMPARE(eventsOf(fixture).front(), QStringLiteral("Discarded after step 20"));
        QVERIFY(!actionOf(fixture, QStringLiteral("Resume")));
        QVERIFY(!fixture.page->nextStepBar().step().enabled);  // there is no model
        QVERIFY(std::filesystem::exists(run.path() / "run.json"));
    }

    void attach_settingsTouchedMeanwhile_leavesThemInSight() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        for (const bool typed : {true, false}) {
            TrainFixture fixture(model, 60, obedient(5, 0us));
            TrainPage& page = *fixture.page;
            WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
            run.setState("training", 20);
            page.attach();
            if (typed)
                QTest::keyClicks(page.setup().form().editor("epochs")->findChild<QLineEdit*>(),
                                 QStringLiteral("7"));
            else
                page.newRunButton()->click();  // the look goes on, for the run at work
            QTRY_COMPARE(page.state(), TrainPage::State::Training);
            QVERIFY(page.isFollowing() && page.isSetupShown());
            QVERIFY(page.showRunButton()->isVisible());
            page.showRunButton()->click();
            QVERIFY(!page.isSetupShown());
            run.finish();
            QTRY_COMPARE(page.state(), TrainPage::State::Finished);
        }
    }

    void open_anotherProject_leavesTheRunAtOnce() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        TrainPage& page = *fixture.page;
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.setState("training", 20);
        page.attach();
        QTRY_COMPARE(page.state(), TrainPage::State::Training);
        QSignalSpy rows(&page, &TrainPage::rowsRequested);
        Q_EMIT page.runView().rowsRequested({1}, QStringLiteral("here"));
        QCOMPARE(rows.count(), 1);
        fixture.session.createProject(fixture.folder / "other.ftproj");
        QCOMPARE(page.state(), TrainPage::State::Setup);
        QVERIFY(page.isSetupShown() && !page.isRunning());
        Q_EMIT page.runView().rowsRequested({1}, QStringLiteral("there"));
        QCOMPARE(rows.count(), 1);
    }

    void attach_stoppedWithACheckpoint_saysWhereItStands() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.addCheckpoint(15);
        run.setState("training", 20);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->runView().step(), qint64{20});
        run.setState("stopped", 20);
        run.release();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Stopped);
        const QString note = fixture.page->runView().note().text();
        QVERIFY2(note.contains(QStringLiteral("left at step 15")), qPrintable(note));
        QVERIFY(actionOf(fixture, QStringLiteral("Resume from step 15")));
    }

    void diverged_whileAnotherProjectIsOpen_offersNoWayOn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        std::atomic<bool> go{false};
        TrainFixture fixture(
            model, 60, [&go](const Job& job, JobObserver&, std::stop_token stop) -> JobOutcome {
                const auto& train = std::get<TrainJob>(job);
                std::filesystem::create_directories(train.runFolder / "checkpoints/step-205");
                while (!go && !stop.stop_requested()) std::this_thread::sleep_for(1ms);
                throw Error(ErrorCode::LossNotFinite, "The loss is NaN at step 207.", "Halve the rate.",
                            {"207"});
            });
        QVERIFY(fixture.start());
        fixture.session.createProject(fixture.folder / "other.ftproj");
        go = true;
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Failed);
        QVERIFY(fixture.page->runView().note().text().contains(QStringLiteral("step 207")));
        QVERIFY(!actionOf(fixture, QStringLiteral("Go on from step")));
    }

    void attach_processIsGone_isInterruptedAndResumes() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainJob seen;
        TrainFixture fixture(model, 60, [&seen](const Job& job, JobObserver& observer, std::stop_token stop) {
            seen = std::get<TrainJob>(job);
            return ObedientTraining(seen, observer, std::move(stop)).run(25, 0us);
        });
        WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        addTwentySteps(run);
        run.setState("training", 20);
        run.addCheckpoint(15);
        fixture.page->attach();
        QTRY_COMPARE(fixture.page->runView().step(), qint64{20});
        QSignalSpy ended(fixture.page.get(), &TrainPage::runEnded);
        run.release();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Interrupted);
        QCOMPARE(ended.count(), 1);
        QVERIFY(fixture.page->runView().note().text().contains(QStringLiteral("interrupted at step 20")));
        QPushButton* resume = actionOf(fixture, QStringLiteral("Resume from step 15"));
        QVERIFY(resume);
        resume->click();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        QVERIFY(seen.resume && seen.changes.empty());
        QCOMPARE(seen.runName, std::string("run-7"));
    }

    void open_interruptedRun_isShownWithItsNote() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient(5, 0us));
        const auto project = fixture.session.project().folder();
        {
            WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
            addTwentySteps(run);
            run.setState("training", 20);
            run.addCheckpoint(15);
        }
        fixture.session.closeProject();
        fixture.session.openProject(project);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Interrupted);
        QVERIFY(fixture.page->runView().note().text().contains(QStringLiteral("interrupted at step 20")));
        QTRY_VERIFY(actionOf(fixture, QStringLiteral("Resume from step 15")));
        QVERIFY(!fixture.page->isRunning());
    }
};

STUDIO_TEST(RunControlPageTest)
#include "run_control_page_test.moc"
