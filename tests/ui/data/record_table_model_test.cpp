// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>

#include "tests/support/studio_test.h"
#include "tests/ui/data/data_fixture.h"
#include "ui/widgets/badge_delegate.h"

namespace studio::ui {

using test::DataFixture;
using test::pairRecord;
using Column = RecordTableModel::Column;

class RecordTableModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void model_throughEditsFiltersAndUndo_staysConsistent() {
        DataFixture f({pairRecord("one", "1"), pairRecord("two", "2"), pairRecord("three", "3")});
        QAbstractItemModelTester tester(f.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        f.session.addRecords({pairRecord("four", "4")}, "add");
        f.session.removeRecords({2});
        QCOMPARE(f.model()->rowCount(), 3);
        f.session.undo();
        QCOMPARE(f.model()->rowCount(), 4);
        RecordQuery query;
        query.search = "three";
        f.model()->setQuery(query);
        QCOMPARE(f.model()->rowCount(), 1);
        f.session.closeProject();
        QCOMPARE(f.model()->rowCount(), 0);
    }

    void setData_inAllEditableColumns_isStored() {
        DataFixture f({pairRecord("one", "1")});
        auto* model = f.model();
        QVERIFY(model->setData(model->index(0, Column::InstructionColumn), QStringLiteral("line\nbreak")));
        QVERIFY(model->setData(model->index(0, Column::InputColumn), QStringLiteral("臺灣")));
        QVERIFY(model->setData(model->index(0, Column::ResponseColumn), QStringLiteral("yes")));
        QVERIFY(model->setData(model->index(0, Column::SplitColumn), static_cast<int>(Split::Test)));
        QVERIFY(
            model->setData(model->index(0, Column::StatusColumn), static_cast<int>(RecordStatus::Rejected)));
        QVERIFY(!model->setData(model->index(0, Column::SourceColumn), QStringLiteral("elsewhere")));
        const Record stored = f.stored(1);
        QCOMPARE(stored.instruction, std::string("line\nbreak"));
        QCOMPARE(stored.input, std::string("臺灣"));
        QCOMPARE(stored.output, std::string("yes"));
        QCOMPARE(stored.split, Split::Test);
        QCOMPARE(stored.status, RecordStatus::Rejected);
        QCOMPARE(stored.source, std::string("test"));
        QCOMPARE(f.cell(0, Column::InstructionColumn), QStringLiteral("line break"));
    }

    void sort_byInstruction_ordersAndTokensAreLeftAlone() {
        DataFixture f({pairRecord("beta", "1"), pairRecord("alpha", "2")});
        f.model()->sort(Column::InstructionColumn, Qt::AscendingOrder);
        QCOMPARE(f.cell(0, Column::InstructionColumn), QStringLiteral("alpha"));
        f.model()->sort(Column::InstructionColumn, Qt::DescendingOrder);
        QCOMPARE(f.cell(0, Column::InstructionColumn), QStringLiteral("beta"));
        f.model()->sort(Column::TokensColumn, Qt::AscendingOrder);
        QCOMPARE(f.cell(0, Column::InstructionColumn), QStringLiteral("beta"));
    }

    void tokens_overTheCutoff_areMarked() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        DataFixture f({pairRecord("Say yes", "yes")});
        f.session.setBaseModel(model);
        const QModelIndex cell = f.model()->index(0, Column::TokensColumn);
        const int tokens = cell.data().toInt();
        QVERIFY2(tokens > 20, qPrintable(cell.data().toString()));
        QVERIFY(!cell.data(CellDelegate::kToneRole).isValid());
        f.session.setCutoff(tokens - 3);
        QCOMPARE(cell.data(CellDelegate::kToneRole).value<Tone>(), Tone::Warning);
        QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QLatin1String("3")));
    }

    void manyRows_areReadOnlyWhereTheyAreSeen() {
        DataFixture f;
        std::vector<Record> records;
        for (int i = 0; i < 30000; ++i) records.push_back(pairRecord("row " + std::to_string(i), "r"));
        f.session.addRecords(records, "import");
        QCOMPARE(f.model()->rowCount(), 30000);
        QElapsedTimer clock;
        clock.start();
        f.table()->scrollToBottom();
        f.page->grab();
        f.model()->index(15000, Column::InstructionColumn).data();
        const qint64 elapsed = clock.elapsed();
        QCOMPARE(f.cell(29999, Column::InstructionColumn), QStringLiteral("row 29999"));
        // Reading all of them takes seconds; a screenful must not be felt, also on a busy machine.
        QVERIFY2(elapsed < 1500, qPrintable(QString::number(elapsed)));
    }
};

STUDIO_TEST(RecordTableModelTest)

}  // namespace studio::ui

#include "record_table_model_test.moc"
