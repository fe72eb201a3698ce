// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <csignal>

#include "tests/support/studio_test.h"
#include "tests/support/tab_walk.h"
#include "tests/ui/data/data_fixture.h"
#include "ui/data/export_dialog.h"
#include "ui/data/facet_button.h"
#include "ui/data/facet_panel.h"
#include "ui/data/import_pane.h"
#include "ui/data/split_dialog.h"
#include "ui/widgets/note_bar.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/tab_order.h"

namespace studio::ui {

using test::DataFixture;
using test::pairRecord;
using Column = RecordTableModel::Column;
using Field = RecordEditor::Field;

/// While it lives, no file of this process can grow: what a full disk does to a database.
class FullDisk {
public:
    FullDisk() : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit small = m_before;
        small.rlim_cur = 1;
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int);
};

class DataPageTest : public QObject {
    Q_OBJECT

private:
    static std::vector<Record> threeRows() {
        return {pairRecord("one", "1"), pairRecord("two", "2"), pairRecord("three", "3")};
    }
    static void select(DataFixture& f, int row) {
        f.table()->setCurrentIndex(f.model()->index(row, Column::InstructionColumn));
        f.table()->setFocus();
    }
    static void waitForReport(DataFixture& f) {
        QTRY_VERIFY_WITH_TIMEOUT(f.page->importPane()->batch() != nullptr, 20000);
    }

private Q_SLOTS:
    void emptyProject_offersImport() {
        DataFixture f;
        QCOMPARE(f.page->sidebarNote(), QString());
        QVERIFY(!f.table()->isVisible());
        f.session.addRecords({pairRecord("one", "1")}, "add");
        QTRY_VERIFY(f.table()->isVisible());
        QTRY_COMPARE(f.page->sidebarNote(), QStringLiteral("1"));
    }

    void tab_fromTheTop_reachesEverythingInReadingOrder() {
        DataFixture f(threeRows());
        select(f, 1);
        QCOMPARE(test::tabWalkProblem(f.page.get()), QString());
        const QList<QWidget*> stops = tabStops(f.page.get());
        const auto at = [&stops](QWidget* widget) { return static_cast<int>(stops.indexOf(widget)); };
        QCOMPARE(at(f.page->filters()->status()), at(f.page->filters()->search()) + 1);
        QVERIFY(at(f.page->filters()->source()) < at(f.table()));
        // The row's own buttons stand between the table and its texts, nothing else.
        QVERIFY(at(f.box(Field::Instruction)) - at(f.table()) <= 5);
        QVERIFY(at(f.box(Field::Instruction)) < at(f.box(Field::Response)));
    }

    void textTyped_justBeforeTheRowChanges_isStored() {
        DataFixture f(threeRows());
        select(f, 0);
        f.box(Field::Response)->setFocus();
        QTest::keyClicks(f.box(Field::Response), "x");
        QVERIFY(f.page->editor()->hasPendingText());
        select(f, 1);
        QVERIFY(f.stored(1).output.find('x') != std::string::npos);
        QCOMPARE(f.stored(2).output, std::string("2"));
        QCOMPARE(f.page->editor()->recordId(), 2);
        QCOMPARE(f.stored(1).provenance, Provenance::Edited);
    }

    void textTyped_isStoredWithinHalfASecondAndWhenThePageGoes() {
        DataFixture f(threeRows());
        select(f, 0);
        f.box(Field::Instruction)->setFocus();
        QTest::keyClicks(f.box(Field::Instruction), "!");
        QTRY_VERIFY(f.stored(1).instruction.find('!') != std::string::npos);
        QTest::keyClicks(f.box(Field::Instruction), "?");
        f.page.reset();
        QVERIFY(f.stored(1).instruction.find('?') != std::string::npos);
    }

    void text_withNoBreakSpaces_keepsThemThroughAnEdit() {
        const std::string before = "a\u00a0b\r\nc";
        DataFixture f({pairRecord("one", before)});
        select(f, 0);
        f.box(Field::Response)->setFocus();
        f.box(Field::Response)->moveCursor(QTextCursor::End);
        QTest::keyClicks(f.box(Field::Response), "d");
        QVERIFY(f.page->flush());
        QCOMPARE(f.stored(1).output, before + "d");
    }

    void undo_afterTyping_takesTheWholeStretchBackAndRedoBringsIt() {
        DataFixture f(threeRows());
        select(f, 0);
        f.box(Field::Instruction)->setFocus();
        f.box(Field::Instruction)->moveCursor(QTextCursor::End);
        QTest::keyClicks(f.box(Field::Instruction), " more");
        QTest::keyClick(f.box(Field::Instruction), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.stored(1).instruction, std::string("one"));
        QCOMPARE(f.box(Field::Instruction)->recordText(), QStringLiteral("one"));
        QTest::keyClick(f.box(Field::Instruction), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f.stored(1).instruction, std::string("one more"));
    }

    void undo_inAText_putsTheCaretToTheEndOfTheChange() {
        DataFixture f({pairRecord("The quick fox", "1"), pairRecord("two", "2")});
        select(f, 0);
        RecordTextEdit* box = f.box(Field::Instruction);
        box->setFocus();
        QTextCursor caret = box->textCursor();
        caret.setPosition(10);
        box->setTextCursor(caret);
        QTest::keyClicks(box, "brown ");
        QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(box->recordText(), QStringLiteral("The quick fox"));
        QCOMPARE(box->textCursor().position(), 10);
        QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(box->recordText(), QStringLiteral("The quick brown fox"));
        QCOMPARE(box->textCursor().position(), 16);
        select(f, 1);  // another row is shown from its beginning
        QCOMPARE(box->textCursor().position(), 0);
    }

    void undo_ofDelete_bringsTheRowBackAlsoInTheNextSession() {
        DataFixture f(threeRows());
        select(f, 1);
        QTest::keyClick(f.table(), Qt::Key_Delete);
        QCOMPARE(f.model()->rowCount(), 2);
        const auto folder = f.session.project().folder();
        f.page.reset();
        f.session.openProject(folder);
        f.makePage();
        f.page->undo();
        QCOMPARE(f.model()->rowCount(), 3);
        QCOMPARE(f.stored(2).instruction, std::string("two"));
        QCOMPARE(f.page->editor()->recordId(), 2);
    }

    void letters_inTheTable_changeStatusAndSplit() {
        DataFixture f(threeRows());
        select(f, 0);
        QTest::keyClick(f.table(), Qt::Key_R);
        QCOMPARE(f.stored(1).status, RecordStatus::Rejected);
        QTest::keyClick(f.table(), Qt::Key_D);
        QCOMPARE(f.stored(1).status, RecordStatus::Draft);
        QTest::keyClick(f.table(), Qt::Key_A);
        QCOMPARE(f.stored(1).status, RecordStatus::Accepted);
        QTest::keyClick(f.table(), Qt::Key_T);
        QCOMPARE(f.stored(1).split, Split::Test);
        QTest::keyClick(f.table(), Qt::Key_T);
        QCOMPARE(f.stored(1).split, Split::Train);
        f.table()->selectAll();
        QTest::keyClick(f.table(), Qt::Key_D);
        QCOMPARE(f.session.project().counts().draft, 3);
        f.page->undo();
        QCOMPARE(f.session.project().counts().draft, 0);
    }

    void letters_inATextField_areText() {
        DataFixture f(threeRows());
        select(f, 0);
        f.box(Field::Response)->setFocus();
        QTest::keyClicks(f.box(Field::Response), "nardt");
        QVERIFY(f.page->flush());
        QVERIFY(f.stored(1).output.find("nardt") != std::string::npos);
        QCOMPARE(f.session.project().counts().all, 3);
        QCOMPARE(f.stored(1).status, RecordStatus::Accepted);
    }

    void enterAndEscape_goBetweenTableAndEditor() {
        DataFixture f(threeRows());
        f.table()->setFocus();
        f.table()->setCurrentIndex(f.model()->index(0, Column::ResponseColumn));
        QTest::keyClick(f.table(), Qt::Key_Return);
        QTRY_VERIFY(f.box(Field::Response)->hasFocus());
        QTest::keyClick(f.box(Field::Response), Qt::Key_Escape);
        QTRY_VERIFY(f.table()->hasFocus());
        QTest::keyClick(f.table(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(f.page->filters()->search()->hasFocus());
    }

    void newRow_isADraftReadyToBeWritten() {
        DataFixture f(threeRows());
        select(f, 0);
        QTest::keyClick(f.table(), Qt::Key_N);
        QCOMPARE(f.model()->rowCount(), 4);
        QTRY_VERIFY(f.box(Field::Instruction)->hasFocus());
        QTest::keyClicks(f.box(Field::Instruction), "fresh");
        QVERIFY(f.page->flush());
        QCOMPARE(f.stored(4).instruction, std::string("fresh"));
        QCOMPARE(f.stored(4).status, RecordStatus::Draft);
    }

    void duplicate_standsBehindAllOthersAndIsChosen() {
        DataFixture f(threeRows());
        select(f, 0);
        f.page->duplicateRows();
        QCOMPARE(f.model()->rowCount(), 4);
        QCOMPARE(f.page->editor()->recordId(), 4);
        QCOMPARE(f.stored(4).instruction, std::string("one"));
    }

    void cell_editedInPlace_isStored() {
        DataFixture f(threeRows());
        const QModelIndex cell = f.model()->index(1, Column::ResponseColumn);
        f.table()->setCurrentIndex(cell);
        f.table()->edit(cell);
        auto* editor = f.table()->viewport()->findChild<RecordTextEdit*>();
        QVERIFY(editor);
        QTest::keyClicks(editor, "two");
        QTest::keyClick(editor, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(editor, "lines");
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(f.stored(2).output, std::string("two\nlines"));
        QTRY_COMPARE(f.box(Field::Response)->recordText(), QStringLiteral("two\nlines"));
    }

    void search_forTwoChineseCharacters_findsThem() {
        DataFixture f({pairRecord("臺灣最高的山是哪一座？", "玉山"),
                       pairRecord("What is the capital?", "Taipei"), pairRecord("灣臺", "no")});
        f.page->filters()->search()->setText(QStringLiteral("臺灣"));
        QTRY_COMPARE(f.model()->rowCount(), 1);
        QCOMPARE(f.page->editor()->recordId(), 1);
        f.page->filters()->clear();
        QCOMPARE(f.model()->rowCount(), 3);
    }

    void counts_openTheRowsBehindThem() {
        auto records = threeRows();
        records[2].split = Split::Test;
        DataFixture f(records);
        FacetButton* test = f.page->facets()->splitButton(Split::Test);
        QCOMPARE(test->count(), 1);
        test->click();
        QCOMPARE(f.model()->rowCount(), 1);
        QCOMPARE(f.cell(0, Column::InstructionColumn), QStringLiteral("three"));
        QVERIFY(test->isChecked());
        test->click();
        QCOMPARE(f.model()->rowCount(), 3);
    }

    void showRows_someIds_filterUntilCleared() {
        DataFixture f(threeRows());
        f.page->filters()->search()->setText(QStringLiteral("one"));
        QTRY_COMPARE(f.model()->rowCount(), 1);
        f.page->showRows({2, 3}, QStringLiteral("longer than 8 tokens"));
        QCOMPARE(f.model()->rowCount(), 2);  // the other filters gave way
        QCOMPARE(f.page->editor()->recordId(), 2);
        QVERIFY(f.page->filters()->isFiltering());
        const auto labels = f.page->filters()->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisibleTo(label->parentWidget()) &&
                   label->text() == QStringLiteral("longer than 8 tokens");
        }));
        f.page->filters()->status()->setCurrentIndex(1);  // accepted: narrows further
        QCOMPARE(f.model()->rowCount(), 2);
        f.page->filters()->clear();
        QCOMPARE(f.model()->rowCount(), 3);
        QVERIFY(!f.page->filters()->isFiltering());
    }

    void import_withBadRows_storesOnlyWhatIsAccepted() {
        DataFixture f;
        f.dialogs.files = {f.file("mixed.jsonl",
                                  "{\"instruction\":\"a\",\"output\":\"1\"}\n"
                                  "{\"instruction\":\"b\"}\n"
                                  "{\"instruction\":\"c\",\"output\":\"3\",\"lang\":\"en\"}\n")};
        f.page->chooseImport();
        waitForReport(f);
        const auto batch = f.page->importPane()->batch();
        QCOMPARE(batch->records.size(), std::size_t(2));
        QCOMPARE(batch->refused.size(), std::size_t(1));
        QCOMPARE(batch->refused[0].row, 2);
        QCOMPARE(f.session.project().counts().all, 0);  // nothing until it is accepted
        f.page->importPane()->cancelButton()->click();
        QVERIFY(!f.page->isImporting());
        QCOMPARE(f.session.project().counts().all, 0);
        f.page->chooseImport();
        waitForReport(f);
        f.page->importPane()->acceptButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(f.model()->rowCount(), 2, 20000);
        QVERIFY(!f.page->isImporting());
        f.page->undo();
        QCOMPARE(f.model()->rowCount(), 0);
    }

    void import_ended_goesToTheFirstNewRow() {
        DataFixture f(threeRows());
        select(f, 0);
        f.page->importFiles({f.file("new.jsonl", R"({"instruction":"four","output":"4"}
{"instruction":"five","output":"5"})")});
        waitForReport(f);
        QVERIFY(!f.page->sidePane());  // there is no pane of details beside the import
        f.page->importPane()->acceptButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(f.model()->rowCount(), 5, 20000);
        QTRY_COMPARE(f.page->editor()->recordId(), 4);
        QCOMPARE(f.table()->currentIndex().row(), 3);
        QVERIFY(f.page->sidePane());
    }

    void filter_inUse_keepsItsName() {
        DataFixture f(threeRows());
        QComboBox* split = f.page->filters()->split();
        QCOMPARE(split->currentText(), QStringLiteral("Split: any"));
        split->setCurrentIndex(split->findData(static_cast<int>(Split::None)));
        QCOMPARE(split->currentText(), QStringLiteral("Split: None"));
        QComboBox* source = f.page->filters()->source();
        source->setCurrentIndex(1);
        QCOMPARE(source->currentText(), QStringLiteral("Source: test"));
    }

    void columns_inTheSmallestWindow_leaveRoomForTheResponse() {
        DataFixture f(threeRows());
        f.page->resize(1024 - 56, 600);
        QHeaderView* columns = f.table()->horizontalHeader();
        QTRY_VERIFY(columns->sectionSize(Column::ResponseColumn) >= 100);
        QVERIFY(columns->sectionSize(Column::ResponseColumn) > columns->sectionSize(Column::InputColumn));
        QVERIFY(columns->length() <= f.table()->viewport()->width());
    }

    void import_ofAFileThatIsNone_saysWhyAndStoresNothing() {
        DataFixture f;
        f.page->importFiles({f.file("page.json", "<html>404</html>")});
        waitForReport(f);
        QCOMPARE(f.page->importPane()->batch()->problems.size(), std::size_t(1));
        QVERIFY(!f.page->importPane()->acceptButton()->isEnabled());
        f.page->importPane()->cancelButton()->click();
        QVERIFY(!f.page->isImporting());
    }

    void files_droppedOnThePage_areImported() {
        DataFixture f;
        QMimeData data;
        data.setUrls(
            {QUrl::fromLocalFile(f.file("drop.json", R"([{"instruction":"a","input":"","output":"1"}])"))});
        QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(f.page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(f.page.get(), &drop);
        waitForReport(f);
        QCOMPARE(f.page->importPane()->batch()->records.size(), std::size_t(1));
    }

    void import_ofTheDemoFile_bringsAllRows() {
        STUDIO_NEEDS_ASSET(demo, "datasets/alpaca_en_demo.json");
        QFile file(QString::fromStdString(demo.string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto rows = QJsonDocument::fromJson(file.readAll()).array().size();
        DataFixture f;
        f.page->importFiles({file.fileName()});
        waitForReport(f);
        const auto batch = f.page->importPane()->batch();
        QCOMPARE(static_cast<qsizetype>(batch->records.size() + batch->refused.size()), rows);
        f.page->importPane()->acceptButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(f.model()->rowCount(), static_cast<int>(batch->records.size()), 60000);
    }

    void export_ofTheRowsShown_writesThem() {
        DataFixture f(threeRows());
        QTest::keyClicks(f.page->filters()->search(), "two");
        QTRY_COMPARE(f.model()->rowCount(), 1);
        f.dialogs.savedTo = QString::fromStdString((f.folder / "out.jsonl").string());
        QSignalSpy said(f.page.get(), &Page::statusMessage);
        f.page->chooseExport();
        auto* dialog = f.page->findChild<ExportDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->scope(), ExportDialog::Scope::Shown);
        Q_EMIT dialog->formChosen(dialog->scope(), dialog->array());
        QTRY_COMPARE_WITH_TIMEOUT(said.count(), 1, 20000);
        QFile out(f.dialogs.savedTo);
        QVERIFY(out.open(QIODevice::ReadOnly));
        const auto row = QJsonDocument::fromJson(out.readAll()).object();
        QCOMPARE(row.value("instruction").toString(), QStringLiteral("two"));
    }

    void split_previewsAndDealsAllRows() {
        std::vector<Record> records;
        for (int i = 0; i < 100; ++i) records.push_back(pairRecord("row " + std::to_string(i), "r"));
        DataFixture f(records);
        f.page->chooseSplit();
        auto* dialog = f.page->findChild<SplitDialog*>();
        QVERIFY(dialog);
        dialog->testShare()->setValue(20);
        dialog->validationShare()->setValue(10);
        QTRY_COMPARE_WITH_TIMEOUT(
            dialog->previewText(0).toInt() + dialog->previewText(1).toInt() + dialog->previewText(2).toInt(),
            100, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->previewText(2).toInt() >= 15, 20000);
        const int test = dialog->previewText(2).toInt();
        QTRY_VERIFY(dialog->acceptButton()->isEnabled());
        dialog->acceptButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(f.session.project().counts().test, test, 20000);
        QCOMPARE(f.session.project().counts().unassigned, 0);
        QTRY_COMPARE(f.page->facets()->splitButton(Split::Test)->count(), test);
        f.page->undo();
        QCOMPARE(f.session.project().counts().unassigned, 100);
    }

    void view_isKeptWithTheProject() {
        DataFixture f(threeRows());
        f.table()->horizontalHeader()->setSectionHidden(Column::SourceColumn, true);
        f.page->filters()->status()->setCurrentIndex(1);
        select(f, 2);
        QTest::qWait(700);
        const auto folder = f.session.project().folder();
        f.page.reset();
        f.session.openProject(folder);
        f.makePage();
        QVERIFY(f.table()->horizontalHeader()->isSectionHidden(Column::SourceColumn));
        QCOMPARE(f.page->filters()->status()->currentIndex(), 1);
        QCOMPARE(f.page->editor()->recordId(), 3);
    }

    void textTyped_inARowThatAnotherProgramDeleted_comesBackAsARow() {
        DataFixture f(threeRows());
        select(f, 0);
        f.box(Field::Response)->setFocus();
        QTest::keyClicks(f.box(Field::Response), "kept");
        Project::open(f.session.project().folder())->remove({1});
        QVERIFY(f.page->flush());
        QVERIFY(f.stored(4).output.find("kept") != std::string::npos);
        QCOMPARE(f.stored(4).instruction, std::string("one"));
    }

    void storing_thatFails_keepsTheTextAndSaysSo() {
        DataFixture f(threeRows());
        select(f, 0);
        f.box(Field::Response)->setFocus();
        QTest::keyClicks(f.box(Field::Response), "kept");
        {
            const FullDisk full;
            QVERIFY(!f.page->flush());
            QVERIFY(f.page->note()->isVisible());
            select(f, 1);
            QTRY_COMPARE(f.page->editor()->recordId(), 1);
            QVERIFY(f.box(Field::Response)->recordText().contains(QLatin1String("kept")));
        }
        QVERIFY(f.page->flush());
        QVERIFY(f.stored(1).output.find("kept") != std::string::npos);
        QVERIFY(!f.page->note()->isVisible());
    }
};

STUDIO_TEST(DataPageTest)

}  // namespace studio::ui

#include "data_page_test.moc"
