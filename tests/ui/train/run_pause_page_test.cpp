// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPushButton>

#include "tests/ui/train/obedient_run.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/page_head.h"

using namespace studio;
using namespace studio::ui;
using studio::test::eventsOf;
using studio::test::obedient;
using studio::test::startTraining;
using studio::test::TrainFixture;

/// A run at work is paused and goes on.
class RunPausePageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pause_pressed_standsStillAndGoesOn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient());
        startTraining(fixture);
        if (QTest::currentTestFailed()) return;
        TrainPage& page = *fixture.page;
        QSignalSpy progress(&page, &TrainPage::progressChanged);
        QCOMPARE(page.pauseButton()->text(), QStringLiteral("Pause"));
        QTest::mouseClick(page.pauseButton(), Qt::LeftButton);
        QVERIFY(page.state() == TrainPage::State::Pausing || page.state() == TrainPage::State::Paused);
        QTRY_COMPARE(page.state(), TrainPage::State::Paused);
        QTest::qWait(150);
        const qint64 step = page.runView().step();
        QTest::qWait(300);
        QCOMPARE(page.runView().step(), step);
        QCOMPARE(page.head().badge().content().text, QStringLiteral("Paused"));
        QCOMPARE(progress.back().at(2).toString(), QStringLiteral("paused"));
        QCOMPARE(page.pauseButton()->text(), QStringLiteral("Go on"));
        QVERIFY(eventsOf(fixture).filter(QStringLiteral("Paused after step")).size() == 1);
        QTest::mouseClick(page.pauseButton(), Qt::LeftButton);
        QTRY_COMPARE(page.state(), TrainPage::State::Training);
        QTRY_VERIFY(page.runView().step() > step + 5);
        QCOMPARE(page.pauseButton()->text(), QStringLiteral("Pause"));
        // As often as one likes.
        QTRY_VERIFY(page.pauseButton()->isEnabled());
        QTest::mouseClick(page.pauseButton(), Qt::LeftButton);
        QTRY_COMPARE(page.state(), TrainPage::State::Paused);
        QTRY_VERIFY(page.pauseButton()->isEnabled());
        QTest::mouseClick(page.pauseButton(), Qt::LeftButton);
        QTRY_COMPARE(page.state(), TrainPage::State::Training);
        QTRY_VERIFY(page.pauseButton()->isEnabled());
        page.stopAndKeep();
        QTRY_COMPARE(page.state(), TrainPage::State::Stopped);
        QVERIFY(!page.pauseButton()->isVisible());
    }

    void pause_byKey_keepsTheFocus() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient());
        startTraining(fixture);
        if (QTest::currentTestFailed()) return;
        TrainPage& page = *fixture.page;
        page.pauseButton()->setFocus();
        QTest::keyClick(page.pauseButton(), Qt::Key_Space);
        QTRY_COMPARE(page.state(), TrainPage::State::Paused);
        QTRY_COMPARE(page.window()->focusWidget(), page.pauseButton());
        QTest::keyClick(page.window()->focusWidget(), Qt::Key_Space);
        QTRY_COMPARE(page.state(), TrainPage::State::Training);
        QTRY_COMPARE(page.window()->focusWidget(), page.pauseButton());
        page.stopAndKeep();
        QTRY_COMPARE(page.state(), TrainPage::State::Stopped);
    }

    void stop_whilePaused_saysThatItIsPaused() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, obedient());
        startTraining(fixture);
        if (QTest::currentTestFailed()) return;
        fixture.page->togglePause();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Paused);
        fixture.dialogs.answer = 2;
        fixture.page->stopButton()->click();
        QCOMPARE(fixture.dialogs.verbs.back(), QStringLiteral("Leave it paused"));
        QCOMPARE(fixture.page->state(), TrainPage::State::Paused);
        fixture.dialogs.answer = 0;
        fixture.page->stopButton()->click();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Stopped);
    }
};

STUDIO_TEST(RunPausePageTest)
#include "run_pause_page_test.moc"
