// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <QPushButton>

#include "core/base/files.h"
#include "core/storage/run_control.h"
#include "tests/support/studio_driver.h"
#include "tests/support/studio_test.h"
#include "ui/session/model_paths.h"
#include "ui/shell/main_window.h"
#include "ui/train/run_view.h"
#include "ui/train/train_page.h"

using namespace studio;
using namespace studio::ui;
using studio::test::StudioDriver;

/// A run that the window leaves to a process of its own, with the real engine and the embedded model.
class GuiBackgroundTest : public QObject {
    Q_OBJECT

private:
    static constexpr int kLong = 240'000;
    static constexpr int kSteps = 60;

    static bool start(StudioDriver& driver, const QString& name, int steps) {
        driver.studio().start();
        return driver.setField("max_steps", QString::number(steps)) &&
               driver.setField("batch_rows", QStringLiteral("2")) && driver.setRunName(name) &&
               driver.startTraining();
    }
    static std::string weights(const std::filesystem::path& run) {
        return readFile(run / "model/model.safetensors");
    }

private Q_SLOTS:
    void close_goOnInTheBackground_endsWithTheSameModelAndIsFoundAgain() {
        if (embeddedModelFolder().empty()) QSKIP("the embedded base model is not part of this checkout");
        StudioDriver driver([] { return makeEngine(); });
        QVERIFY(start(driver, QStringLiteral("whole"), kSteps));
        QVERIFY(driver.waitForTraining(kLong));
        QVERIFY(start(driver, QStringLiteral("left"), kSteps));
        const auto runs = driver.studio().session().project().runsFolder();
        QTRY_VERIFY_WITH_TIMEOUT(driver.studio().train().runView().step() > 3, kLong);
        driver.dialogs().answer = 0;
        QVERIFY(!driver.studio().window().close());
        QCOMPARE(driver.dialogs().verbs.join(u'|'),
                 QStringLiteral("Go on in the background|Stop and keep|Stop and discard|Stay"));
        QTRY_VERIFY_WITH_TIMEOUT(!driver.studio().window().isVisible(), kLong);
        QVERIFY(!driver.studio().train().isRunning());
        QVERIFY(!std::filesystem::exists(runs / "left/model"));
        QVERIFY(runIsAtWork(runs / "left"));

        driver.restart();
        driver.studio().start();
        TrainPage& page = driver.studio().train();
        // It is looked for on another thread, and may have ended already.
        QTRY_VERIFY_WITH_TIMEOUT(page.isRunning() || page.state() == TrainPage::State::Finished, kLong);
        if (page.isRunning()) {
            QCOMPARE(page.runView().runName(), QStringLiteral("left"));
            QVERIFY(page.isFollowing() || page.isPreparing());
            QTRY_VERIFY_WITH_TIMEOUT(!page.isRunning(), kLong);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!runIsAtWork(runs / "left"), kLong);
        QCOMPARE(page.state(), TrainPage::State::Finished);
        QCOMPARE(page.runView().step(), qint64{kSteps});
        QVERIFY(weights(runs / "left") == weights(runs / "whole"));
        QVERIFY(readFile(runs / "left/process.log").find("goes on from step") != std::string::npos);
        QCOMPARE(driver.dialogs().errors, QStringList());
    }

    void detachedRun_closeAsksNothing_andControlReachesIt() {
        if (embeddedModelFolder().empty()) QSKIP("the embedded base model is not part of this checkout");
        StudioDriver driver([] { return makeEngine(); });
        QVERIFY(start(driver, QStringLiteral("far"), 100'000));
        const auto run = driver.studio().session().project().runsFolder() / "far";
        QTRY_VERIFY_WITH_TIMEOUT(driver.studio().train().runView().step() > 3, kLong);
        driver.dialogs().answer = 0;
        driver.studio().window().close();
        QTRY_VERIFY_WITH_TIMEOUT(!driver.studio().window().isVisible(), kLong);
        driver.restart();
        driver.studio().start();
        TrainPage& page = driver.studio().train();
        QTRY_COMPARE_WITH_TIMEOUT(page.state(), TrainPage::State::Training, kLong);
        QVERIFY(page.isFollowing());
        driver.dialogs().questions.clear();
        page.togglePause();
        QTRY_COMPARE_WITH_TIMEOUT(page.state(), TrainPage::State::Paused, kLong);
        QVERIFY(driver.studio().window().close());
        QCOMPARE(driver.dialogs().questions, QStringList());
        QVERIFY(runIsAtWork(run));

        driver.restart();
        driver.studio().start();
        TrainPage& again = driver.studio().train();
        QTRY_COMPARE_WITH_TIMEOUT(again.state(), TrainPage::State::Paused, kLong);
        again.togglePause();
        QTRY_COMPARE_WITH_TIMEOUT(again.state(), TrainPage::State::Training, kLong);
        again.stopAndKeep();
        QTRY_COMPARE_WITH_TIMEOUT(again.state(), TrainPage::State::Stopped, kLong);
        QVERIFY(std::filesystem::exists(run / "model/model.safetensors"));
        QVERIFY(!runIsAtWork(run));
    }

    void close_windowThatStayedAfterAHandOver_asksAgain() {
        if (embeddedModelFolder().empty()) QSKIP("the embedded base model is not part of this checkout");
        StudioDriver driver([] { return makeEngine(); });
        QVERIFY(start(driver, QStringLiteral("left"), kSteps));
        const auto runs = driver.studio().session().project().runsFolder();
        QTRY_VERIFY_WITH_TIMEOUT(driver.studio().train().runView().step() > 3, kLong);
        driver.dialogs().answer = 0;
        QVERIFY(!driver.studio().window().close());
        QTRY_VERIFY_WITH_TIMEOUT(!driver.studio().window().isVisible(), kLong);
        // As where what was typed could not be stored.
        driver.studio().window().show();
        QTRY_VERIFY_WITH_TIMEOUT(!runIsAtWork(runs / "left"), kLong);
        TrainPage& page = driver.studio().train();
        QTRY_VERIFY_WITH_TIMEOUT(!page.isRunning(), kLong);
        QVERIFY(driver.setField("max_steps", QStringLiteral("100000")));
        QVERIFY(driver.setRunName(QStringLiteral("next")));
        QVERIFY(driver.startTraining());
        QTRY_VERIFY_WITH_TIMEOUT(page.runView().step() > 3, kLong);
        driver.dialogs().questions.clear();
        driver.dialogs().answer = 3;
        QVERIFY(!driver.studio().window().close());
        QCOMPARE(driver.dialogs().questions, QStringList{QStringLiteral("A training is running")});
        page.stopAndKeep();
        QTRY_COMPARE_WITH_TIMEOUT(page.state(), TrainPage::State::Stopped, kLong);
        QVERIFY(driver.studio().window().isVisible());
    }

    void close_backgroundProgramMissing_saysSoAndTheRunCanBeResumed() {
        if (embeddedModelFolder().empty()) QSKIP("the embedded base model is not part of this checkout");
        StudioDriver driver([] { return makeEngine(); });
        driver.setFinetune(QStringLiteral("/nowhere/finetune"));
        driver.restart();
        QVERIFY(start(driver, QStringLiteral("left"), 100'000));
        QTRY_VERIFY_WITH_TIMEOUT(driver.studio().train().runView().step() > 3, kLong);
        driver.dialogs().answer = 0;
        QVERIFY(!driver.studio().window().close());
        QTRY_COMPARE_WITH_TIMEOUT(driver.dialogs().errors.size(), 1, kLong);
        QVERIFY(driver.studio().window().isVisible());
        TrainPage& page = driver.studio().train();
        QCOMPARE(page.state(), TrainPage::State::Stopped);
        const auto folder = driver.studio().session().project().runsFolder() / "left";
        page.resumeRun(RunFolder(folder).summary());
        QTRY_COMPARE_WITH_TIMEOUT(page.state(), TrainPage::State::Training, kLong);
        page.stopAndKeep();
        QTRY_COMPARE_WITH_TIMEOUT(page.state(), TrainPage::State::Stopped, kLong);
    }
};

STUDIO_TEST(GuiBackgroundTest)
#include "background_test.moc"
