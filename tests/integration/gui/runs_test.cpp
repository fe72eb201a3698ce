// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPushButton>

#include "tests/support/made_runs.h"
#include "tests/support/no_engine.h"
#include "tests/support/studio_driver.h"
#include "tests/support/studio_test.h"
#include "ui/compare/compare_page.h"
#include "ui/runs/runs_page.h"
#include "ui/session/model_paths.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/shell/studio_status_bar.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
#include "ui/train/train_page.h"

using namespace studio;
using namespace studio::ui;
using studio::test::MadeRun;
using studio::test::noEngine;
using studio::test::StudioDriver;
namespace fs = std::filesystem;

/// Runs in the real window: what leaves the page arrives where it should.
class GuiRunsTest : public QObject {
    Q_OBJECT

private:
    static fs::path open(StudioDriver& driver) {
        driver.studio().start();
        const fs::path runs = driver.studio().session().project().runsFolder();
        MadeRun one{.name = "one", .created = 1'000};
        one.settings.learningRate = 3e-5;
        one.base = embeddedModelFolder();
        MadeRun two{.name = "two", .created = 2'000};
        for (const MadeRun& run : {one, two}) test::makeRun(runs, run);
        driver.studio().window().showPage(PageId::Runs);
        settle(driver);
        return runs;
    }
    static void settle(StudioDriver& driver) {
        if (!QTest::qWaitFor([&] { return !driver.studio().runs().isReading(); }, 20'000))
            qFatal("the runs are not read");
    }

private Q_SLOTS:
    void delete_isUndoneFromTheStatusBarAndByCtrlZ() {
        StudioDriver driver(noEngine());
        const fs::path runs = open(driver);
        RunsPage& page = driver.studio().runs();
        StudioStatusBar& bar = driver.studio().window().statusLine();
        const auto undoButton = [&]() -> QPushButton* {
            for (QPushButton* button : bar.findChildren<QPushButton*>())
                if (button->isVisible() && button->text() == QStringLiteral("Undo")) return button;
            return nullptr;
        };
        page.select(QStringLiteral("one"));
        page.deleteSelected();
        QVERIFY(!fs::exists(runs / "one"));
        QVERIFY(bar.leftText().contains(QStringLiteral("one")));
        QVERIFY(undoButton());
        undoButton()->click();
        QVERIFY(fs::exists(runs / "one"));
        settle(driver);

        page.select(QStringLiteral("two"));
        page.deleteSelected();
        // Another message stands there now: its place must not undo this.
        bar.showMessage(QStringLiteral("Something else"), QStringLiteral("Undo"));
        undoButton()->click();
        QVERIFY(!fs::exists(runs / "two"));
        QVERIFY(driver.choose(QStringLiteral("Undo deletion of runs")));
        QVERIFY(fs::exists(runs / "two"));
        QCOMPARE(driver.dialogs().errors, QStringList());
    }

    void repeat_fillsTheTrainPage() {
        StudioDriver driver(noEngine());
        open(driver);
        driver.studio().runs().select(QStringLiteral("one"));
        driver.studio().runs().repeatButton()->click();
        QCOMPARE(driver.studio().window().currentPage(), PageId::Train);
        SettingsForm& form = driver.studio().train().setup().form();
        QTRY_COMPARE(form.settings().learningRate, 3e-5);
        QCOMPARE(form.runName(), QStringLiteral("one-1"));
        QVERIFY(driver.studio().session().currentTemplate().withInput.find("Alpaca text") !=
                std::string::npos);
    }

    void compareAnswers_takesTheTickedRuns() {
        StudioDriver driver(noEngine());
        open(driver);
        driver.studio().runs().model().setTicked(QStringList{"one", "two"});
        driver.studio().runs().compareButton()->click();
        QCOMPARE(driver.studio().window().currentPage(), PageId::Compare);
        ComparePage& compare = driver.studio().compare();
        QCOMPARE(compare.arm(0).model()->title, QStringLiteral("one"));
        QCOMPARE(compare.arm(1).model()->title, QStringLiteral("two"));
    }

    void keys_ofThePages_leadThere() {
        StudioDriver driver(noEngine());
        open(driver);
        MainWindow& window = driver.studio().window();
        window.showPage(PageId::Data);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(window.currentPage(), PageId::Models);
        QTest::keyClick(&window, Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(window.currentPage(), PageId::Runs);
        QTest::keyClick(&window, Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(window.currentPage(), PageId::Compare);
    }
};

STUDIO_TEST(GuiRunsTest)
#include "runs_test.moc"
