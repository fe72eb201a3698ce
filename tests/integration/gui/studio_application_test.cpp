// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QMenuBar>
#include <QPushButton>
#include <fstream>

#include "app/gui/notifier.h"
#include "app/gui/sample_project.h"
#include "core/base/files.h"
#include "tests/support/no_engine.h"
#include "tests/support/studio_driver.h"
#include "tests/support/studio_test.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/data/data_page.h"
#include "ui/data/record_table_model.h"
#include "ui/shell/main_window.h"
#include "ui/shell/studio_status_bar.h"
#include "ui/train/run_view.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;
using studio::test::noEngine;
using studio::test::StudioDriver;

/// The composition root: what is opened at the start, the menu, languages, and closing while something runs.
class StudioApplicationTest : public QObject {
    Q_OBJECT

private:
    /// Trains slowly until it is stopped.
    static EngineFactory slowEngine() {
        return []() -> std::unique_ptr<Engine> {
            return std::make_unique<test::FakeEngine>(
                [](const Job& job, JobObserver& observer, std::stop_token stop) {
                    return test::fakeTraining(std::get<TrainJob>(job), observer, stop, 100'000,
                                              std::chrono::milliseconds(5));
                });
        };
    }
    static QString text(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

    static void startSlowTraining(StudioDriver& driver, const std::filesystem::path& model) {
        driver.studio().start();
        QVERIFY(driver.openModel(model));
        QVERIFY(driver.startTraining());
        QTRY_VERIFY_WITH_TIMEOUT(driver.studio().train().runView().step() > 3, 20'000);
    }

private Q_SLOTS:
    void start_firstTime_opensTheSampleWithinASecond() {
        StudioDriver driver(noEngine());
        QElapsedTimer clock;
        clock.start();
        driver.restart();
        driver.studio().start();
        QVERIFY(QTest::qWaitForWindowExposed(&driver.studio().window()));
        qInfo("window after %lld ms", static_cast<long long>(clock.elapsed()));
        QCOMPARE(driver.studio().session().project().name(), std::string("Countries"));
        QCOMPARE(driver.studio().data().model()->rowCount(), 459);
        QVERIFY(driver.studio().window().windowTitle().contains(QStringLiteral("Countries.ftproj")));
        QVERIFY(!driver.studio().window().statusLine().leftText().isEmpty());
        QCOMPARE(driver.dialogs().errors, QStringList());
    }

    void start_secondTime_opensTheLastProject() {
        StudioDriver driver(noEngine());
        driver.studio().start();
        QVERIFY(driver.studio().createProject(text(driver.folder() / "Mine.ftproj")));
        driver.restart();
        driver.studio().start();
        QCOMPARE(driver.studio().session().project().name(), std::string("Mine"));
        QVERIFY(driver.choose(QStringLiteral("Countries.ftproj")));  // among the recent ones
        QTRY_COMPARE(driver.studio().session().project().name(), std::string("Countries"));
    }

    void start_damagedProject_saysSoInTheWindowAndOffersTheSample() {
        const auto damaged = [](const std::filesystem::path& folder) {
            std::filesystem::create_directories(folder);
            std::ofstream(folder / "project.sqlite")
                << "this is no database, and it is long enough to be read as one";
        };
        StudioDriver driver(noEngine());
        damaged(driver.folder() / "Broken.ftproj");
        StartOptions options;
        options.project = text(driver.folder() / "Broken.ftproj");
        driver.restart(options);
        driver.studio().start();
        QVERIFY(driver.studio().window().isVisible());
        QVERIFY(!driver.studio().session().isOpen());
        NoteBar* note = driver.studio().data().note();
        QVERIFY(note->isVisible());
        QVERIFY2(note->text().contains(QStringLiteral("Broken.ftproj")), qPrintable(note->text()));
        for (auto* button : note->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Open the sample project")) button->click();
        QVERIFY(driver.studio().session().isOpen());
        QVERIFY(!note->isVisible());

        // With a project open the next failure leaves it open.
        QVERIFY(!driver.studio().openProject(text(driver.folder() / "Broken.ftproj")));
        QCOMPARE(driver.dialogs().errors.size(), 1);
        QCOMPARE(driver.studio().session().project().name(), std::string("Countries"));
    }

    void start_missingProject_makesNone() {
        StudioDriver driver(noEngine());
        StartOptions options;
        options.project = text(driver.folder() / "Nowhere.ftproj");
        driver.restart(options);
        driver.studio().start();
        QVERIFY(!driver.studio().session().isOpen());
        QVERIFY(driver.studio().data().note()->isVisible());
        QVERIFY(!std::filesystem::exists(driver.folder() / "Nowhere.ftproj"));
    }

    void newProject_existingFolder_isRefusedAndNothingChanges() {
        StudioDriver driver(noEngine());
        driver.studio().start();
        driver.dialogs().saveTo = text(driver.folder() / "Countries.ftproj");
        QVERIFY(driver.choose(QStringLiteral("New project…")));
        QCOMPARE(driver.dialogs().errors.size(), 1);
        QCOMPARE(driver.studio().session().project().counts().all, std::int64_t(459));
    }

    void undo_afterAnEdit_isInTheMenu() {
        StudioDriver driver(noEngine());
        driver.studio().start();
        ProjectSession& session = driver.studio().session();
        const auto ids = session.project().ids({});
        session.removeRecords({ids.front()});
        QCOMPARE(session.project().counts().all, std::int64_t(458));
        QVERIFY(driver.choose(QStringLiteral("Undo")));
        QCOMPARE(session.project().counts().all, std::int64_t(459));
        QVERIFY(driver.choose(QStringLiteral("Redo")));
        QCOMPARE(session.project().counts().all, std::int64_t(458));
        QVERIFY(driver.studio().window().statusLine().leftText().size() > 0);
    }

    void undo_onAnotherPage_leavesTheRowsAlone() {
        StudioDriver driver(noEngine());
        driver.studio().start();
        ProjectSession& session = driver.studio().session();
        session.removeRecords({session.project().ids({}).front()});
        MainWindow& window = driver.studio().window();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (const PageId page :
             {PageId::Prompts, PageId::Models, PageId::Train, PageId::Runs, PageId::Compare}) {
            window.showPage(page);
            QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
            QCOMPARE(session.project().counts().all, std::int64_t(458));
            QVERIFY(!driver.choose(QStringLiteral("Undo")));
        }
        window.showPage(PageId::Data);
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(session.project().counts().all, std::int64_t(459));
    }

    void language_switched_retranslatesTheWindowAndIsKept() {
        StudioDriver driver(noEngine());
        driver.studio().start();
        const auto fileMenu = [&] {
            return driver.studio().window().findChild<QMenuBar*>()->actions().front()->text();
        };
        QCOMPARE(fileMenu(), QStringLiteral("&File"));
        driver.studio().setLanguage(QStringLiteral("zh_TW"));
        QTRY_VERIFY(fileMenu().contains(QStringLiteral("檔案")));
        driver.studio().setLanguage(QStringLiteral("zh_CN"));
        QTRY_VERIFY(fileMenu().contains(QStringLiteral("文件")));
        QCOMPARE(driver.settings().value(QStringLiteral("window/language")).toString(),
                 QStringLiteral("zh_CN"));
        driver.studio().setLanguage(QStringLiteral("en"));
        QTRY_COMPARE(fileMenu(), QStringLiteral("&File"));
        QCOMPARE(QCoreApplication::translate("studio::ui::DataPage", "%Ln row(s)", nullptr, 459),
                 QStringLiteral("459 rows"));
    }

    void close_whileTraining_asksAndGoesOn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        StudioDriver driver(slowEngine());
        startSlowTraining(driver, model);
        if (QTest::currentTestFailed()) return;
        driver.dialogs().answer = -1;  // the safe answer: go on
        QVERIFY(!driver.studio().window().close());
        QCOMPARE(driver.dialogs().questions.size(), 1);
        QCOMPARE(driver.dialogs().verbs.join(u'|'),
                 QStringLiteral("Go on in the background|Stop and keep|Stop and discard|Stay"));
        QVERIFY(driver.studio().window().isVisible());
        QVERIFY(driver.studio().train().isRunning());
        QVERIFY(driver.studio().window().statusLine().hasJob());
    }

    void close_trainingEndsMeanwhile_questionIsWithdrawn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        StudioDriver driver(slowEngine());
        startSlowTraining(driver, model);
        if (QTest::currentTestFailed()) return;
        driver.dialogs().hold = true;
        QVERIFY(!driver.studio().window().close());
        QVERIFY(driver.dialogs().stands());
        driver.studio().train().stopAndKeep();
        QTRY_VERIFY_WITH_TIMEOUT(!driver.studio().train().isRunning(), 20'000);
        QVERIFY(!driver.dialogs().stands());
        QVERIFY(driver.studio().window().isVisible());
    }

    void close_whileTraining_stopsKeepsAndCloses() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        StudioDriver driver(slowEngine());
        startSlowTraining(driver, model);
        if (QTest::currentTestFailed()) return;
        driver.dialogs().answer = 1;
        QVERIFY(!driver.studio().window().close());
        QTRY_VERIFY_WITH_TIMEOUT(!driver.studio().window().isVisible(), 20'000);
        QVERIFY(!driver.studio().train().isRunning());
        QVERIFY(!driver.studio().window().statusLine().hasJob());
    }

    void runEnds_windowNotActive_theDesktopIsTold() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        struct Listener : Notifier {
            void notify(const QString& title, const QString& text) override { said << title << text; }
            QStringList said;
        } listener;
        StudioDriver driver([]() -> std::unique_ptr<Engine> {
            return std::make_unique<test::FakeEngine>(
                [](const Job& job, JobObserver& observer, std::stop_token stop) {
                    return test::fakeTraining(std::get<TrainJob>(job), observer, stop, 50,
                                              std::chrono::milliseconds(10));
                });
        });
        driver.setNotifier(&listener);
        driver.restart();
        driver.studio().start();
        QVERIFY(driver.openModel(model));
        QVERIFY(driver.startTraining());
        driver.studio().window().hide();
        QVERIFY(driver.waitForTraining(20'000));
        QCOMPARE(listener.said.size(), 2);
        QVERIFY(listener.said[0].endsWith(QStringLiteral("has ended")));
        QVERIFY(listener.said[1].startsWith(QStringLiteral("Finished")));
        driver.studio().window().show();
        QVERIFY(driver.choose(QStringLiteral("Notify when a run ends")));
        QVERIFY(driver.setRunName(QStringLiteral("quiet")));
        QVERIFY(driver.startTraining());
        driver.studio().window().hide();
        QVERIFY(driver.waitForTraining(20'000));
        QCOMPARE(listener.said.size(), 2);
        QCOMPARE(driver.settings().value(QStringLiteral("window/notify")).toBool(), false);
    }
};

STUDIO_TEST(StudioApplicationTest)
#include "studio_application_test.moc"
