// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_page.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

#include "tests/support/bracket_translator.h"
#include "tests/support/desktop_font.h"
#include "tests/support/tab_walk.h"
#include "tests/ui/runs/runs_fixture.h"
#include "ui/charts/overlay_chart.h"
#include "ui/runs/details_view.h"
#include "ui/runs/settings_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/next_step_bar.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_control.h"

using namespace studio;
using namespace studio::ui;
using test::RunsFixture;
namespace fs = std::filesystem;

namespace {

using Column = RunTableModel::Column;

QStringList sortedBy(RunsFixture& fixture, int column, Qt::SortOrder order) {
    fixture.page->table()->sortByColumn(column, order);
    return fixture.listed();
}

}  // namespace

class RunsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void list_showsWhatTheFoldersSay() {
        RunsFixture fixture;
        QCOMPARE(fixture.listed(), QStringList({"round-3-full", "round-3-lora", "round-3-hot", "round-2-full",
                                                "round-2-300", "round-1-lora"}));
        QCOMPARE(fixture.page->sidebarNote(), QStringLiteral("6"));
        QCOMPARE(fixture.cell("round-3-full", Column::RowsColumn), QStringLiteral("2,181"));
        QCOMPARE(fixture.cell("round-3-lora", Column::MethodColumn), QStringLiteral("LoRA r 16"));
        QCOMPARE(fixture.cell("round-3-lora", Column::RateColumn), QStringLiteral("2e-4"));
        QCOMPARE(fixture.cell("round-3-full", Column::TimeColumn), QStringLiteral("3:04"));
        QCOMPARE(fixture.cell("round-3-hot", Column::StateColumn), QStringLiteral("Diverged"));
        QCOMPARE(fixture.cell("round-3-hot", Column::EvalLossColumn), QStringLiteral("–"));
        QVERIFY(fixture.cell("round-3-hot", Column::StateColumn, Qt::ToolTipRole).contains("step 108"));
        QVERIFY(fixture.cell("round-3-full", Column::EvalLossColumn, Qt::AccessibleTextRole)
                    .contains(QStringLiteral("the lowest")));
        QVERIFY(fixture.page->table()->isColumnHidden(Column::ExactColumn));
        QVERIFY(fixture.page->table()->isColumnHidden(Column::TagsColumn));
        QVERIFY(fixture.page->nextStepBar().step().hint.contains(QStringLiteral("round-3-full")));
    }

    void exactMatch_ofOneRun_showsItsColumn() {
        RunsFixture fixture;
        writeRunScore(fixture.runs() / "round-2-300", {54, 120, 1});
        fixture.page->reload();
        fixture.settle();
        QVERIFY(!fixture.page->table()->isColumnHidden(Column::ExactColumn));
        QCOMPARE(fixture.cell("round-2-300", Column::ExactColumn), QStringLiteral("45.0"));
        QCOMPARE(fixture.cell("round-3-full", Column::ExactColumn), QStringLiteral("–"));
    }

    void sort_byFigures_putsRunsWithoutOneLast() {
        RunsFixture fixture;
        QCOMPARE(sortedBy(fixture, Column::EvalLossColumn, Qt::AscendingOrder).front(), "round-3-full");
        QCOMPARE(fixture.listed().back(), "round-3-hot");
        QCOMPARE(sortedBy(fixture, Column::EvalLossColumn, Qt::DescendingOrder).front(), "round-1-lora");
        QCOMPARE(fixture.listed().back(), "round-3-hot");
        QCOMPARE(sortedBy(fixture, Column::RowsColumn, Qt::AscendingOrder).back().left(7), "round-3");
        QCOMPARE(sortedBy(fixture, Column::NameColumn, Qt::AscendingOrder).front(), "round-1-lora");
    }

    void filter_byNameTagOrState() {
        RunsFixture fixture;
        writeRunNotes(fixture.runs() / "round-2-300", {"a small one", {"baseline"}});
        fixture.page->reload();
        fixture.settle();
        const auto filtered = [&](const char* text) {
            fixture.page->filter()->setText(QString::fromLatin1(text));
            QTest::qWait(250);
            return fixture.listed();
        };
        QCOMPARE(filtered("lora"), QStringList({"round-3-lora", "round-1-lora"}));
        QCOMPARE(filtered("BASELINE"), QStringList{"round-2-300"});
        QCOMPARE(filtered("diverged"), QStringList{"round-3-hot"});
        QCOMPARE(filtered("finished round-2"), QStringList({"round-2-full", "round-2-300"}));
        QCOMPARE(filtered("zzz"), QStringList());
        QCOMPARE(filtered("").size(), 6);
        QVERIFY(!fixture.page->table()->isColumnHidden(Column::TagsColumn));
    }

    void ticks_putRunsOnTheChart_withSixStylesAtMost() {
        RunsFixture fixture;
        RunTableModel& model = fixture.page->model();
        QCOMPARE(model.ticked(),
                 QStringList({"round-3-full", "round-3-lora", "round-3-hot", "round-2-full"}));
        QCOMPARE(fixture.page->chart()->plot().curveCount(), 4);
        fixture.page->select(QStringLiteral("round-3-lora"));
        fixture.page->table()->setFocus();
        QTest::keyClick(fixture.page->table(), Qt::Key_Space);
        QVERIFY(!model.isTicked(QStringLiteral("round-3-lora")));
        QCOMPARE(fixture.page->chart()->plot().curveCount(), 3);
        // The style that became free is given to the next one; the others keep theirs.
        QCOMPARE(model.styleOf(QStringLiteral("round-3-hot")), 2);
        QVERIFY(model.setTicked(QStringLiteral("round-2-300"), true));
        QCOMPARE(model.styleOf(QStringLiteral("round-2-300")), 1);
        test::makeRun(fixture.runs(), {.name = "seventh", .created = 1});
        fixture.page->reload();
        fixture.settle();
        for (const char* name : {"round-3-lora", "round-1-lora"})
            QVERIFY(model.setTicked(QString::fromLatin1(name), true));
        QSignalSpy said(fixture.page.get(), &Page::statusMessage);
        QVERIFY(!model.setTicked(QStringLiteral("seventh"), true));
        QCOMPARE(said.count(), 1);
        QCOMPARE(fixture.page->chart()->plot().curveCount(), 6);
    }

    void tick_byClick_isTaken() {
        RunsFixture fixture;
        QTableView* table = fixture.page->table();
        const QModelIndex cell =
            fixture.page->sorted().index(fixture.page->sorted().rowOf("round-2-300"), Column::TickColumn);
        const QRect rect = table->visualRect(cell);
        for (int x = rect.left() + 2; x < rect.right() && !fixture.page->model().isTicked("round-2-300");
             x += 4)
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, QPoint(x, rect.center().y()));
        QVERIFY(fixture.page->model().isTicked(QStringLiteral("round-2-300")));
    }

    void settings_ofTickedRuns_showOnlyWhatDiffers() {
        RunsFixture fixture;
        SettingsTableModel& model = fixture.page->settings()->model();
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.columnCount(), 5);
        QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("3-full"));
        QStringList fields;
        for (int row = 0; row < model.rowCount(); ++row) fields << model.index(row, 0).data().toString();
        QVERIFY(fields.contains(QStringLiteral("learning_rate")) &&
                fields.contains(QStringLiteral("train_rows")));
        QVERIFY(!fields.contains(QStringLiteral("seed")));
        const int rate = static_cast<int>(fields.indexOf(QStringLiteral("learning_rate")));
        QCOMPARE(model.index(rate, 1).data().toString(), QStringLiteral("2e-5"));
        QCOMPARE(model.index(rate, 2).data().toString(), QStringLiteral("2e-4"));
        QVERIFY(model.index(rate, 2).data(Qt::AccessibleTextRole).toString().contains("differs"));
        QVERIFY(fixture.page->differencesBox()->text().contains(
            QStringLiteral("%1 of").arg(model.difference().differing())));
        const QString same = fixture.page->settings()->sameSentence();
        QVERIFY2(same.contains(QStringLiteral("seed 42")) && same.contains(QStringLiteral("cutoff 128")),
                 qPrintable(same));
        QVERIFY2(same.contains(QStringLiteral("not comparable")), qPrintable(same));  // other data
        fixture.page->differencesBox()->setChecked(false);
        QVERIFY(model.rowCount() > 20);
        fixture.page->model().setTicked(QStringList{"round-3-full", "round-3-hot"});
        QVERIFY(fixture.page->settings()->sameSentence().contains(QStringLiteral("Only then")));
        fixture.page->model().setTicked(QStringList{});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!fixture.page->chart()->emptyText().isEmpty());
    }

    void details_showLineageAndKeepNotes() {
        RunsFixture fixture;
        fixture.page->select(QStringLiteral("round-2-full"));
        fixture.page->table()->setFocus();
        QTest::keyClick(fixture.page->table(), Qt::Key_Return);
        DetailsView* details = fixture.page->details();
        QVERIFY(details->noteEdit()->isVisible());
        QVERIFY(details->lineText(QStringLiteral("lineage")).startsWith(QStringLiteral("round-1-lora")));
        // Also where the table has no room for the time.
        const QString time = fixture.cell("round-2-full", Column::TimeColumn);
        QVERIFY(!time.isEmpty() &&
                details->lineText(QStringLiteral("steps")).endsWith(QStringLiteral(" · ") + time));
        details->noteEdit()->setPlainText(QStringLiteral("Twice the rows.\nIt helped."));
        details->tagEdit()->setFocus();
        QTest::keyClicks(details->tagEdit(), QStringLiteral("more data, keep"));
        QTest::keyClick(details->tagEdit(), Qt::Key_Return);
        QTRY_COMPARE(readRunNotes(fixture.runs() / "round-2-full"),
                     RunNotes({"Twice the rows.\nIt helped.", {"more data", "keep"}}));
        fixture.settle();
        QCOMPARE(fixture.cell("round-2-full", Column::TagsColumn), QStringLiteral("more data, keep"));
        // Another run is looked at before the delay is over: nothing is lost.
        details->noteEdit()->setPlainText(QStringLiteral("Again."));
        fixture.page->select(QStringLiteral("round-1-lora"));
        QCOMPARE(readRunNotes(fixture.runs() / "round-2-full").note, std::string("Again."));
        QCOMPARE(details->noteEdit()->toPlainText(), QString());
        QVERIFY(details->lineText(QStringLiteral("children")).contains(QStringLiteral("round-2-full")));
        details->tagEdit()->setText(QString(60, u'x'));
        details->flush();
        QVERIFY(!details->tagProblem().isEmpty());
    }

    void runAtWork_isFollowed() {
        RunsFixture fixture;
        test::MadeRun made{.name = "working", .created = 1'800'000'000};
        made.state = "training";
        made.totalSteps = 400;
        made.hasModel = false;
        const RunFolder folder = test::makeRun(fixture.runs(), made);
        auto held = std::make_unique<RunLock>(folder.path());
        fixture.page->reload();
        fixture.settle();
        QCOMPARE(fixture.cell("working", Column::StateColumn), QStringLiteral("Running"));
        {
            LineAppender metrics(folder.metricsFile());
            for (std::int64_t step = 41; step <= 60; ++step)
                metrics.append(metricsJson(test::madeLine(made, step)).dump());
        }
        fixture.page->model().setTicked(QStringLiteral("working"), true);
        const auto newest = [&] {
            const int row = fixture.page->model().rowOf(QStringLiteral("working"));
            return fixture.page->model().runAt(row)->metrics->back().step;
        };
        QTRY_COMPARE_WITH_TIMEOUT(newest(), 60, 5000);
        held.reset();  // its process is gone, and no file says so
        QTRY_COMPARE_WITH_TIMEOUT(fixture.cell("working", Column::StateColumn), QStringLiteral("Interrupted"),
                                  8000);
    }

    void pausedAndDiscarded_haveTheirWordsAndNoResume() {
        RunsFixture fixture;
        test::MadeRun paused{.name = "waiting", .created = 1'800'000'000};
        paused.state = "paused";
        test::MadeRun discarded{.name = "dropped", .created = 1'800'000'001};
        discarded.state = "discarded";
        discarded.hasModel = false;
        test::makeRun(fixture.runs(), discarded);
        const RunLock held(test::makeRun(fixture.runs(), paused).path());
        fixture.page->reload();
        fixture.settle();
        QCOMPARE(fixture.cell("waiting", Column::StateColumn), QStringLiteral("Paused"));
        QCOMPARE(fixture.cell("dropped", Column::StateColumn), QStringLiteral("Discarded"));
        for (const auto& [run, why] :
             {std::pair{"waiting", "at work"}, std::pair{"dropped", "was discarded"}}) {
            fixture.page->select(QString::fromLatin1(run));
            QVERIFY(!fixture.page->resumeButton()->isEnabled());
            QVERIFY(fixture.page->resumeButton()->toolTip().contains(QString::fromLatin1(why)));
        }
        fixture.page->sorted().setText(QStringLiteral("paused"));
        QCOMPARE(fixture.listed(), QStringList{"waiting"});
    }

    void buttons_followTheChosenRun() {
        RunsFixture fixture;
        fixture.page->select(QStringLiteral("round-3-full"));
        QVERIFY(!fixture.page->resumeButton()->isEnabled());
        QVERIFY(fixture.page->resumeButton()->toolTip().contains(QStringLiteral("all its steps")));
        fixture.page->select(QStringLiteral("round-3-hot"));
        QVERIFY(fixture.page->resumeButton()->isEnabled());
        QSignalSpy resumed(fixture.page.get(), &RunsPage::resumeRequested);
        fixture.dialogs.answer = 1;
        fixture.page->resumeButton()->click();
        QCOMPARE(resumed.count(), 1);
        QCOMPARE(resumed.front()[0].value<RunSummary>().name, std::string("round-3-hot"));
        QCOMPARE(resumed.front()[1].value<std::vector<std::string>>(),
                 std::vector<std::string>{"learning_rate=0.0001"});
        fixture.dialogs.answer = 2;
        fixture.page->resumeButton()->click();
        QCOMPARE(resumed.count(), 1);
        QSignalSpy repeated(fixture.page.get(), &RunsPage::repeatRequested);
        QTest::keyClick(fixture.page->table(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(repeated.count(), 1);
        QSignalSpy opened(fixture.page.get(), &RunsPage::folderRequested);
        fixture.page->openButton()->click();
        QVERIFY(opened.front().front().toString().endsWith(QStringLiteral("runs/round-3-hot")));
    }

    void compare_takesTwoSelectedElseTheTickedElseTheCurrent() {
        RunsFixture fixture;
        const fs::path runs = fixture.runs();
        fixture.page->model().setTicked(QStringList{"round-3-full", "round-3-lora", "round-3-hot"});
        fixture.page->select(QStringLiteral("round-2-300"));
        QCOMPARE(fixture.page->comparedModels(),
                 std::vector<fs::path>({runs / "round-3-full" / "model", runs / "round-3-lora" / "model"}));
        fixture.page->model().setTicked(QStringList{"round-3-full", "round-3-lora", "round-2-full"});
        QCOMPARE(fixture.page->comparedModels(), std::vector<fs::path>({runs / "round-2-300" / "model"}));
        QTableView* table = fixture.page->table();
        table->selectionModel()->select(
            fixture.page->sorted().index(fixture.page->sorted().rowOf("round-1-lora"), 0),
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QCOMPARE(fixture.page->comparedModels().size(), 2U);
        QSignalSpy asked(fixture.page.get(), &RunsPage::compareRequested),
            went(fixture.page.get(), &Page::goTo);
        fixture.page->compareButton()->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(went.front().front().value<PageId>(), PageId::Compare);
        fixture.page->model().setTicked(QStringList{});
        fixture.page->select(QStringLiteral("round-3-hot"));
        QVERIFY(!fixture.page->compareButton()->isEnabled());
    }

    void delete_andUndo_bringTheRunBack() {
        RunsFixture fixture;
        fixture.page->select(QStringLiteral("round-2-300"));
        QSignalSpy deleted(fixture.page.get(), &RunsPage::runsDeleted);
        fixture.page->table()->setFocus();
        QTest::keyClick(fixture.page->table(), Qt::Key_Delete);
        fixture.settle();
        QCOMPARE(deleted.count(), 1);
        QVERIFY(deleted.front().front().toString().contains(QStringLiteral("round-2-300")));
        QCOMPARE(fixture.listed().size(), 5);
        QVERIFY(fixture.page->canUndoDelete());
        QVERIFY(fixture.page->trashButton()->isVisible());
        QVERIFY(fixture.dialogs.questions.isEmpty());
        fixture.page->undoDelete();
        fixture.settle();
        QCOMPARE(fixture.listed().size(), 6);
        QCOMPARE(fixture.page->current()->name(), std::string("round-2-300"));
        QVERIFY(!fixture.page->canUndoDelete());
        QVERIFY(!fixture.page->trashButton()->isVisible());
    }

    void delete_runAtWork_isRefusedInWords() {
        RunsFixture fixture;
        const RunLock held(fixture.runs() / "round-3-full");
        fixture.page->select(QStringLiteral("round-3-full"));
        fixture.page->deleteSelected();
        fixture.settle();
        QCOMPARE(fixture.listed().size(), 6);
        QVERIFY(fixture.page->note()->isVisible());
        QVERIFY(fixture.page->note()->text().contains(QStringLiteral("round-3-full")));
    }

    void restore_whereTheNameIsTaken_asksForAnother() {
        RunsFixture fixture;
        fixture.page->select(QStringLiteral("round-2-300"));
        fixture.page->deleteSelected();
        fixture.settle();
        test::makeRun(fixture.runs(), {.name = "round-2-300"});
        fixture.dialogs.text = QStringLiteral("round-2-old");
        fixture.page->undoDelete();
        fixture.settle();
        QVERIFY(fixture.listed().contains(QStringLiteral("round-2-old")));
        QVERIFY(fixture.listed().contains(QStringLiteral("round-2-300")));
    }

    void trash_listedAndEmptiedOnlyWhenAsked() {
        RunsFixture fixture;
        for (const char* name : {"round-2-300", "round-1-lora"}) {
            fixture.page->select(QString::fromLatin1(name));
            fixture.page->deleteSelected();
            fixture.settle();
        }
        Q_EMIT fixture.page->trashMenu()->aboutToShow();
        QCOMPARE(fixture.page->trashMenu()->actions().size(), 4);  // two runs, a line, the emptying
        fixture.dialogs.answer = -1;
        fixture.page->emptyTrash();
        QTest::qWait(100);
        QCOMPARE(listTrash(fixture.runs()).size(), 2U);
        for (QAction* action : fixture.page->trashMenu()->actions())
            if (action->text().contains(QStringLiteral("round-2-300"))) {
                action->trigger();
                break;  // the menu is made anew
            }
        fixture.settle();
        QVERIFY(fixture.listed().contains(QStringLiteral("round-2-300")));
        fixture.dialogs.answer = 0;
        fixture.page->emptyTrash();
        QTRY_VERIFY(listTrash(fixture.runs()).empty());
        QTRY_VERIFY(!fixture.page->trashButton()->isVisible());
        QVERIFY(!fixture.page->canUndoDelete());
    }

    void oldTrash_isRemovedWhenTheProjectOpens() {
        test::TemporaryFolder folder;
        ProjectSession session;
        session.createProject(folder / "old.ftproj");
        const fs::path runs = folder / "old.ftproj" / "runs";
        test::makeRun(runs, {.name = "gone"});
        const TrashedRun gone = moveRunToTrash(runs, "gone");
        writeFileAtomically(gone.folder / ".deleted.json", "{\"name\":\"gone\",\"deleted\":1000}");
        test::ScriptedDialogs dialogs;
        RunsPage page(session, dialogs);
        QTRY_VERIFY(listTrash(runs).empty());
    }

    void view_isKeptWithTheProject() {
        RunsFixture fixture;
        fixture.page->model().setTicked(QStringList{"round-1-lora", "round-2-300"});
        fixture.page->chart()->metricControl()->setCurrentIndex(1);
        fixture.page->table()->sortByColumn(Column::RowsColumn, Qt::AscendingOrder);
        fixture.page->select(QStringLiteral("round-2-300"));
        fixture.page->paneControl()->setCurrentIndex(1);
        fixture.page->flush();
        RunsPage again(fixture.session, fixture.dialogs);
        QTRY_COMPARE(again.model().ticked(), QStringList({"round-1-lora", "round-2-300"}));
        QCOMPARE(again.chart()->plot().metric(), OverlayPlot::Metric::TrainLoss);
        QCOMPARE(again.table()->horizontalHeader()->sortIndicatorSection(), int(Column::RowsColumn));
        QTRY_COMPARE(again.current()->name(), std::string("round-2-300"));
        QCOMPARE(again.paneControl()->currentIndex(), 1);
    }

    void storedRow_whoseRunIsGone_doesNotTakeTheChoiceAwayLater() {
        RunsFixture fixture;
        fixture.page->select(QStringLiteral("round-2-300"));
        fixture.page->flush();
        const auto aside = fixture.folder / "aside";
        std::filesystem::rename(fixture.runs() / "round-2-300", aside);
        RunsPage again(fixture.session, fixture.dialogs);
        QTRY_VERIFY(!again.isReading() && again.current());
        again.select(QStringLiteral("round-1-lora"));
        std::filesystem::rename(aside, fixture.runs() / "round-2-300");
        again.reload();
        QTRY_VERIFY(again.sorted().rowOf(QStringLiteral("round-2-300")) >= 0);
        QCOMPARE(again.current()->name(), std::string("round-1-lora"));
    }

    void largeFont_cutsNeitherNamesNorHeads() {
        const test::DesktopFont font(14);
        Theme theme(*qApp);
        RunsFixture fixture;
        writeRunScore(fixture.runs() / "round-2-300", {54, 120, 1});
        fixture.page->reload();
        fixture.settle();
        fixture.page->resize(968, 640);
        QTest::qWait(50);
        const QFontMetrics names(roleFont(TextRole::PanelTitle)), heads(roleFont(TextRole::Secondary));
        const QTableView* table = fixture.page->table();
        const auto cut = [&] {
            QString text;
            for (int column = 0; column < Column::ColumnCount; ++column) {
                const QString head = fixture.page->model().headerData(column, Qt::Horizontal).toString();
                if (!table->isColumnHidden(column) &&
                    heads.horizontalAdvance(head) + 14 > table->columnWidth(column))
                    text += head;
            }
            return text;
        };
        QVERIFY(table->columnWidth(Column::NameColumn) >=
                names.horizontalAdvance(QStringLiteral("round-3-full")) + 14);
        QCOMPARE(cut(), QString());
        QVERIFY(table->isColumnHidden(Column::TimeColumn));
        for (const int column : {Column::StateColumn, Column::EvalLossColumn, Column::ExactColumn})
            QVERIFY(!table->isColumnHidden(column));
        const test::BracketTranslator translator;  // other heads, without another width of the window
        QTest::qWait(50);
        QCOMPARE(cut(), QString());
        fixture.page->resize(1700, 640);
        QTRY_VERIFY(!table->isColumnHidden(Column::TimeColumn) &&
                    !table->isColumnHidden(Column::MethodColumn));
    }

    void noRuns_leadToTrain() {
        RunsFixture fixture(false);
        QVERIFY(fixture.page->empty()->isVisible());
        QCOMPARE(fixture.page->sidebarNote(), QString());
        QCOMPARE(fixture.page->sidePane(), nullptr);
        QSignalSpy went(fixture.page.get(), &Page::goTo);
        fixture.page->empty()->button()->click();
        QCOMPARE(went.front().front().value<PageId>(), PageId::Train);
        test::makeRun(fixture.runs(), {.name = "first"});
        fixture.page->reload();
        fixture.settle();
        QVERIFY(!fixture.page->empty()->isVisible());
        QCOMPARE(fixture.page->current()->name(), std::string("first"));
        fixture.session.closeProject();
        QVERIFY(fixture.listed().isEmpty());
    }

    void language_everyTextIsTranslated() {
        RunsFixture fixture;
        fixture.page->select(QStringLiteral("round-3-hot"));
        fixture.page->paneControl()->setCurrentIndex(1);
        const test::BracketTranslator translator;
        QTest::qWait(50);
        const auto bracketed = [](const QString& text) { return text.contains(u'‹'); };
        for (QPushButton* button : fixture.page->findChildren<QPushButton*>())
            if (button->isVisible() && !button->text().isEmpty())
                QVERIFY2(bracketed(button->text()), qPrintable(button->text()));
        QVERIFY(bracketed(fixture.cell("round-3-hot", Column::StateColumn)));
        QVERIFY(bracketed(fixture.page->details()->lineText(QStringLiteral("state"))));
        QVERIFY(bracketed(fixture.page->settings()->sameSentence()));
    }

    void tab_reachesEveryPart() {
        RunsFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.page.get()));
        QCOMPARE(test::tabWalkProblem(fixture.page.get()), QString());
    }
};

STUDIO_TEST(RunsPageTest)
#include "runs_page_test.moc"
