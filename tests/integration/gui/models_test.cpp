// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMenu>
#include <QPushButton>

#include "tests/support/no_engine.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_driver.h"
#include "tests/support/studio_test.h"
#include "ui/compare/compare_page.h"
#include "ui/models/models_page.h"
#include "ui/session/model_paths.h"
#include "ui/shell/main_menu.h"
#include "ui/shell/main_window.h"
#include "ui/shell/studio_status_bar.h"

using namespace studio;
using namespace studio::ui;
using studio::test::noEngine;
using studio::test::StudioDriver;
namespace fs = std::filesystem;

/// Models in the real window: what leaves the page arrives where it should.
class GuiModelsTest : public QObject {
    Q_OBJECT

private:
    static void settle(StudioDriver& driver) {
        if (!QTest::qWaitFor([&] { return !driver.studio().models().isReading(); }, 20'000))
            qFatal("the models are not read");
    }
    /// Opens the page with one model of the user's.
    static fs::path open(StudioDriver& driver) {
        driver.studio().start();
        const fs::path model = driver.folder() / "little";
        test::writeSmallModel(model, 32, 128);
        driver.studio().window().showPage(PageId::Models);
        settle(driver);
        driver.dialogs().folder = QString::fromStdString(model.string());
        driver.studio().models().openButton()->click();
        settle(driver);
        return fs::canonical(model);
    }

private Q_SLOTS:
    void remove_isUndoneFromTheStatusBarAndTheMenu() {
        StudioDriver driver(noEngine());
        const fs::path model = open(driver);
        ModelsPage& page = driver.studio().models();
        StudioStatusBar& bar = driver.studio().window().statusLine();
        for (const bool byMenu : {false, true}) {
            page.select(model);
            page.removeCurrent();
            settle(driver);
            QCOMPARE(page.model().rowOf(model), -1);
            QVERIFY(fs::exists(model / "model.safetensors"));
            QPushButton* undo = nullptr;
            for (QPushButton* button : bar.findChildren<QPushButton*>())
                if (button->isVisible() && button->text() == QStringLiteral("Undo")) undo = button;
            QVERIFY(undo);
            if (byMenu)
                QVERIFY(driver.choose(QStringLiteral("Undo removal of a model")));
            else
                undo->click();
            settle(driver);
            QVERIFY(page.model().rowOf(model) >= 0);
        }
    }

    void trainAndCompare_takeTheModelWithThem() {
        StudioDriver driver(noEngine());
        const fs::path model = open(driver);
        ModelsPage& page = driver.studio().models();
        page.select(model);
        page.trainButton()->click();
        QCOMPARE(driver.studio().window().currentPage(), PageId::Train);
        QVERIFY(sameFolder(driver.studio().session().baseModel(), model));
        if (embeddedModelFolder().empty()) QSKIP("this build has no embedded model to compare with");
        driver.studio().window().showPage(PageId::Models);
        settle(driver);
        page.select(model);
        Q_EMIT page.compareMenu()->aboutToShow();
        QAction* embedded = nullptr;
        for (QAction* action : page.compareMenu()->actions())
            if (action->text() == QStringLiteral("Embedded base model")) embedded = action;
        QVERIFY(embedded);
        embedded->trigger();
        QCOMPARE(driver.studio().window().currentPage(), PageId::Compare);
        ComparePage& compare = driver.studio().compare();
        QVERIFY(sameFolder(compare.arm(0).model()->folder, embeddedModelFolder()));
        QVERIFY(sameFolder(compare.arm(1).model()->folder, model));
    }

    void list_nextDayAndInAnotherProject_isTheSame() {
        StudioDriver driver(noEngine());
        const fs::path model = open(driver);
        driver.restart();
        driver.studio().start();
        driver.dialogs().saveTo = QString::fromStdString((driver.folder() / "Other").string());
        QVERIFY(driver.choose(QStringLiteral("New project…")));
        driver.studio().window().showPage(PageId::Models);
        settle(driver);
        QVERIFY(driver.studio().models().model().rowOf(model) >= 0);
    }
};

STUDIO_TEST(GuiModelsTest)
#include "models_test.moc"
