// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_page.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "tests/support/bracket_translator.h"
#include "tests/support/stall_meter.h"
#include "tests/support/tab_walk.h"
#include "tests/support/written_run.h"
#include "tests/ui/train/train_fixture.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/loss_plot.h"
#include "ui/train/event_model.h"
#include "ui/train/field_editor.h"
#include "ui/train/preflight_panel.h"
#include "ui/train/run_view.h"
#include "ui/train/settings_form.h"
#include "ui/train/setup_view.h"
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

QLineEdit* lineOf(TrainFixture& fixture, const char* field) {
    return fixture.page->setup().form().editor(field)->findChild<QLineEdit*>();
}

void type(QLineEdit* line, const QString& text) {
    line->selectAll();
    QTest::keyClicks(line, text);
}

}  // namespace

class TrainPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void open_projectWithRows_preflightAllowsStart() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, trainingOf(10));
        QVERIFY(!startOf(fixture)->isEnabled());
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        PreflightPanel& preflight = fixture.page->setup().preflight();
        QCOMPARE(preflight.errorCount(), 0);
        // 57 train rows (3 are kept for validation) by 16, 3 epochs
        QCOMPARE(preflight.figure(0), QStringLiteral("12"));
        QVERIFY(preflight.figure(1).startsWith(QStringLiteral("roughly ")));
        QVERIFY(preflight.figure(2).startsWith(QStringLiteral("about ")));
        const auto& checks = preflight.checks();
        QVERIFY(std::any_of(checks.begin(), checks.end(), [](const Check& check) {
            return check.title.contains(QStringLiteral("3 validation row")) &&
                   check.title.contains(QStringLiteral("taken from train"));
        }));
    }

    void cutoff_tooSmall_cutRowsAreCountedAndShown() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(10));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        type(lineOf(fixture, "cutoff"), QStringLiteral("128"));
        QVERIFY(!startOf(fixture)->isEnabled());  // what was computed is no longer what stands there
        PreflightPanel& preflight = fixture.page->setup().preflight();
        const auto cutCheck = [&]() -> const Check* {
            for (const Check& check : preflight.checks()) {
                if (check.kind != Check::Kind::Ok && check.link == QStringLiteral("Show rows")) return &check;
            }
            return nullptr;
        };
        QTRY_VERIFY(cutCheck());
        QCOMPARE(fixture.session.cutoff(), qint64(128));
        QSignalSpy away(fixture.page.get(), &TrainPage::rowsRequested);
        cutCheck()->follow();
        QCOMPARE(away.count(), 1);
        const auto rows = away.front().at(0).value<QVector<qint64>>();
        QVERIFY(rows.size() > 1);
        QVERIFY(cutCheck()->title.startsWith(QStringLiteral("%1 row").arg(rows.size())));
        QCOMPARE(away.front().at(1).toString(), QStringLiteral("longer than 128 tokens"));
    }

    void rowsThatCannotBeUsed_areCountedByReason() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(10));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        auto records = fixture.session.project().records({});
        for (auto& record : records) record.split = Split::Train;
        records[0].output = " ";
        records[1].split = Split::None;
        fixture.session.updateRecords(records, QStringLiteral("split"));
        const auto titles = [&] {
            QStringList all;
            for (const Check& check : fixture.page->setup().preflight().checks())
                if (check.kind == Check::Kind::Warning) all << check.title;
            return all;
        };
        QTRY_COMPARE(titles().size(), 2);
        QCOMPARE(titles()[0], QStringLiteral("1 row(s) without a response are not used"));
        QCOMPARE(titles()[1], QStringLiteral("1 accepted row(s) in no split are not used"));
        QSignalSpy asked(fixture.page.get(), &TrainPage::rowsRequested);
        fixture.page->setup().preflight().checks()[1].follow();
        QCOMPARE(asked.front().at(0).value<QVector<qint64>>(), QVector<qint64>{records[1].id});
        for (auto& record : records) record.output.clear();
        fixture.session.updateRecords(records, QStringLiteral("edit"));
        QTRY_VERIFY(!startOf(fixture)->isEnabled());
        QTRY_COMPARE(fixture.page->setup().preflight().checks().front().title,
                     QStringLiteral("No train row has a response"));
    }

    void cutoff_beyondTheModelsContext_isAnError() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(10));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QCOMPARE(fixture.session.modelContext(), qint64(512));
        type(lineOf(fixture, "cutoff"), QStringLiteral("513"));
        QTRY_COMPARE(fixture.page->setup().preflight().errorCount(), 1);
        QVERIFY(!startOf(fixture)->isEnabled());
        QCOMPARE(fixture.session.cutoff(), qint64(512));
        type(lineOf(fixture, "cutoff"), QStringLiteral("512"));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
    }

    void invalidSettings_allAtOnce_blockStartAndJump() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(10));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        type(lineOf(fixture, "learning_rate"), QStringLiteral("0.5"));
        type(lineOf(fixture, "epochs"), QStringLiteral("many"));
        PreflightPanel& preflight = fixture.page->setup().preflight();
        QTRY_COMPARE(preflight.errorCount(), 2);
        QVERIFY(!startOf(fixture)->isEnabled());
        QVERIFY(lineOf(fixture, "learning_rate")->property("bad").toBool());
        QVERIFY(lineOf(fixture, "epochs")->property("bad").toBool());
        QVERIFY(!lineOf(fixture, "cutoff")->property("bad").toBool());
        const auto labels = fixture.page->setup().form().findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text() == QStringLiteral("0.5 is outside 1e-8 to 0.1.");
        }));
        type(lineOf(fixture, "learning_rate"), QStringLiteral("1e-4"));
        type(lineOf(fixture, "epochs"), QStringLiteral("1"));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QVERIFY(!lineOf(fixture, "epochs")->property("bad").toBool());
        QVERIFY(fixture.page->setup().command().contains(QStringLiteral("--set learning_rate=1e-4")));
    }

    void runName_taken_isAnError() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(10));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        std::filesystem::create_directories(fixture.session.project().runsFolder() / "mine");
        fixture.page->setup().form().setRunName(QStringLiteral("mine"));
        QTRY_COMPARE(fixture.page->setup().preflight().errorCount(), 1);
        QVERIFY(!startOf(fixture)->isEnabled());
        bool framed = false;
        for (const QLineEdit* line : fixture.page->setup().form().findChildren<QLineEdit*>())
            framed = framed || (line->text() == QStringLiteral("mine") && line->property("bad").toBool());
        QVERIFY(framed);
    }

    void emptyProject_noRows_saysSoAndLeadsToData() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 0, trainingOf(10));
        const auto& checks = fixture.page->setup().preflight().checks();
        QTRY_VERIFY(!checks.empty());
        const auto noRows = std::find_if(checks.begin(), checks.end(), [](const Check& check) {
            return check.link == QStringLiteral("Open Data");
        });
        QVERIFY(noRows != checks.end());
        QSignalSpy away(fixture.page.get(), &Page::goTo);
        noRows->follow();
        QCOMPARE(away.front().front().value<PageId>(), PageId::Data);
        QVERIFY(!startOf(fixture)->isEnabled());
    }

    void hollowModel_isAnErrorWithTheReason() {
        test::TemporaryFolder hollow;
        TrainFixture fixture(hollow.path(), 5, trainingOf(10));
        PreflightPanel& preflight = fixture.page->setup().preflight();
        QTRY_VERIFY(preflight.errorCount() > 0);
        const auto& checks = preflight.checks();
        QVERIFY(std::any_of(checks.begin(), checks.end(), [](const Check& check) {
            return check.kind == Check::Kind::Error &&
                   check.detail.contains(QStringLiteral("tokenizer.model"));
        }));
        QVERIFY(!startOf(fixture)->isEnabled());
    }

    void start_wholeRun_figuresChartEventsAndNextStep() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, trainingOf(411));
        new QAbstractItemModelTester(&fixture.page->runView().events(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     fixture.page.get());
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QVERIFY(fixture.page->isRunning());
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        RunView& run = fixture.page->runView();
        QCOMPARE(run.chart().plot().trainLoss().size(), 411);
        QCOMPARE(run.chart().plot().evalLoss().size(), 12);  // 0, 41, …, 410, 411
        QCOMPARE(run.figure(RunView::Step), QStringLiteral("411"));
        QCOMPARE(run.figure(RunView::Epoch), QStringLiteral("3.00"));
        QVERIFY(run.events().rowCount() >= 14);
        QVERIFY(run.note().text().contains(QStringLiteral("from 3.70 to 2.36")));
        QVERIFY(fixture.page->nextStepBar().step().enabled);
        QCOMPARE(fixture.page->nextStepBar().step().target, PageId::Compare);
        QVERIFY(!fixture.page->stopButton()->isVisible());
        QTest::mouseClick(fixture.page->newRunButton(), Qt::LeftButton);
        QCOMPARE(fixture.page->state(), TrainPage::State::Setup);
    }

    void events_otherLanguage_saidAnew() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, trainingOf(20));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        const EventModel& events = fixture.page->runView().events();
        QCOMPARE(events.index(0).data().toString(), QStringLiteral("Finished"));
        const test::BracketTranslator translator;
        QCOMPARE(events.index(0).data().toString(), QStringLiteral("‹Finished›"));
        QTRY_VERIFY(fixture.page->runView().note().text().startsWith(u'‹'));
    }

    void failure_showsSentenceWithDetails() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, [](const Job&, JobObserver&, std::stop_token) -> JobOutcome {
            throw Error(ErrorCode::LossNotFinite, "The loss is NaN at step 7.", "Halve the learning rate.",
                        {"7"});
        });
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Failed);
        QCOMPARE(fixture.page->runView().note().text(),
                 QStringLiteral("The loss is NaN at step 7. Halve the learning rate."));
        QVERIFY(!fixture.page->nextStepBar().step().enabled);
    }

    void start_job_carriesSettingsRowsAndTemplate() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainJob seen;
        TrainFixture fixture(model, 40, [&seen](const Job& job, JobObserver& observer, std::stop_token stop) {
            seen = std::get<TrainJob>(job);
            return fakeTraining(seen, observer, stop, 3, 0us);
        });
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        fixture.page->setup().form().setRunName(QStringLiteral("round-1"));
        type(lineOf(fixture, "batch_rows"), QStringLiteral("4"));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        QCOMPARE(QString::fromStdString(seen.runName), QStringLiteral("round-1"));
        QCOMPARE(seen.settings.batchRows, std::int64_t(4));
        QCOMPARE(seen.train->size() + seen.validation->size(), std::size_t(40));
        QVERIFY(seen.validationTakenFromTrain);
        QVERIFY(!seen.dataHash.empty());
        QCOMPARE(seen.promptTemplate, fixture.session.currentTemplate());
        QCOMPARE(seen.runFolder, fixture.session.project().runsFolder() / "round-1");
    }

    void flood_tenThousandMetricsASecond_windowStaysAlive() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 20, trainingOf(60'000, 100us));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_VERIFY(fixture.page->runView().step() > 0);
        const double stall = test::StallMeter::longestStall(4000);
        QVERIFY2(stall <= 50, qPrintable(QStringLiteral("longest stall %1 ms").arg(stall)));
        QVERIFY2(fixture.page->runView().step() > 10'000, "the flood goes on");
        fixture.page.reset();  // the runner outlives the page, and its job is stopped with it
    }

    void allSettings_switch_showsMoreAndLosesNothing() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        QVERIFY(!form.editor("weight_decay")->isVisibleTo(&form));
        QVERIFY(form.editor("epochs")->isVisibleTo(&form));
        form.focusField("weight_decay");
        QVERIFY(form.editor("weight_decay")->isVisibleTo(&form));
        type(lineOf(fixture, "weight_decay"), QStringLiteral("0.25"));
        QTRY_COMPARE(form.settings().weightDecay, 0.25);
        QCOMPARE(form.changedCount(), 1);
        form.resetToRecipe();
        QTRY_COMPARE(form.changedCount(), 0);
    }

    void tab_fromTheTop_reachesEverythingInReadingOrder() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        QVERIFY(QTest::qWaitForWindowActive(fixture.page.get()));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QCOMPARE(test::tabWalkProblem(fixture.page.get()), QString());
        fixture.page->setup().form().focusField("weight_decay");  // all settings; most are scrolled away
        QCOMPARE(test::tabWalkProblem(fixture.page.get()), QString());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        QCOMPARE(test::tabWalkProblem(fixture.page.get()), QString());
    }

    void reset_pressedTwice_bringsTheProjectsSettingsBack() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        SettingsForm& form = fixture.page->setup().form();
        type(lineOf(fixture, "epochs"), QStringLiteral("7"));
        QPushButton* reset = fixture.page->resetButton();
        reset->click();
        QCOMPARE(reset->text(), QStringLiteral("Take back the reset"));
        QTRY_COMPARE(form.settings().epochs, TrainSettings().epochs);
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        reset->click();
        QCOMPARE(reset->text(), QStringLiteral("Reset to recipe"));
        QTRY_COMPARE(form.settings().epochs, 7.0);
        QCOMPARE(lineOf(fixture, "epochs")->text(), QStringLiteral("7"));
        reset->click();
        type(lineOf(fixture, "batch_rows"), QStringLiteral("4"));  // the reset is accepted
        QCOMPARE(reset->text(), QStringLiteral("Reset to recipe"));
    }

    void newRun_pressed_focusesTheFirstField() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        QVERIFY(QTest::qWaitForWindowActive(fixture.page.get()));
        QVERIFY(!fixture.page->sidePane());
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        QVERIFY(fixture.page->sidePane());
        QTest::mouseClick(fixture.page->newRunButton(), Qt::LeftButton);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Run name"));
    }

    void rate_notANumber_leavesNoCommand() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QVERIFY(!fixture.page->setup().command().isEmpty());
        type(lineOf(fixture, "learning_rate"), QStringLiteral("nan"));
        QTRY_COMPARE(fixture.page->setup().preflight().errorCount(), 1);
        QCOMPARE(fixture.page->setup().command(), QString());
        type(lineOf(fixture, "learning_rate"), QStringLiteral("3e-4"));
        QTRY_VERIFY(fixture.page->setup().command().contains(QStringLiteral("learning_rate=3e-4")));
    }

    void settings_reopened_areKeptWithTheProject() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        type(lineOf(fixture, "epochs"), QStringLiteral("7"));
        QTRY_COMPARE(fixture.page->setup().form().settings().epochs, 7.0);
        const auto folder = fixture.session.project().folder();
        fixture.session.closeProject();
        QCOMPARE(fixture.page->setup().form().settings().epochs, TrainSettings().epochs);
        fixture.session.openProject(folder);
        QCOMPARE(fixture.page->setup().form().settings().epochs, 7.0);
        QCOMPARE(lineOf(fixture, "epochs")->text(), QStringLiteral("7"));
    }

    void attach_runWhoseProcessGoesBeforeItsFirstStep_isSaidInWords() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 10, trainingOf(3));
        test::WrittenRun run(fixture.session.project().runsFolder() / "run-7", 100);
        fixture.page->attach();
        QTRY_VERIFY(fixture.page->isRunning());
        run.release();
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Interrupted);
        const QString note = fixture.page->runView().note().text();
        QVERIFY2(note.contains(QStringLiteral("interrupted before its first step")), qPrintable(note));
    }

    void exportCsv_throughDialog_writesTheFile() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        TrainFixture fixture(model, 60, trainingOf(50));
        QTRY_VERIFY(startOf(fixture)->isEnabled());
        QTest::mouseClick(startOf(fixture), Qt::LeftButton);
        QTRY_COMPARE(fixture.page->state(), TrainPage::State::Finished);
        fixture.dialogs.saveTo = QString::fromStdString((fixture.folder / "out.csv").string());
        Q_EMIT fixture.page->runView().csvRequested();
        QFile file(fixture.dialogs.saveTo);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 52);
        fixture.dialogs.saveTo = QString::fromStdString((fixture.folder / "no/such/out.png").string());
        Q_EMIT fixture.page->runView().pngRequested();
        QCOMPARE(fixture.dialogs.errors.size(), 1);
    }
};

STUDIO_TEST(TrainPageTest)
#include "train_page_test.moc"
