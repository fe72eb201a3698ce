// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHeaderView>

#include "tests/support/desktop_font.h"
#include "tests/support/studio_test.h"
#include "tests/ui/data/data_fixture.h"
#include "ui/data/facet_button.h"
#include "ui/theme/theme.h"

using namespace studio;
using namespace studio::ui;
using test::DataFixture;
using test::pairRecord;

/// The page with a large font of the desktop.
class DataFontTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void largeFont_rowsGrowByALineOfText() {
        const test::DesktopFont font(14);
        Theme theme(*qApp);
        DataFixture fixture({pairRecord("What is the capital of Mexico?", "Mexico City")});
        const int line = lineRoom(28);
        QVERIFY(line > 28);
        QCOMPARE(fixture.table()->rowHeight(0), line);
        QCOMPARE(fixture.table()->horizontalHeader()->height(), line);
        const auto facets = fixture.page->findChildren<FacetButton*>();
        QVERIFY(!facets.isEmpty());
        for (const FacetButton* facet : facets) QVERIFY(facet->sizeHint().height() >= line);
        const int text = 2 * QFontMetrics(QApplication::font()).lineSpacing();
        QVERIFY(fixture.box(RecordEditor::Field::Instruction)->minimumHeight() > text);
    }

    void largeFont_cutsNoHeadOfAFigure() {
        const test::DesktopFont font(14);
        Theme theme(*qApp);
        DataFixture fixture({pairRecord("What is the capital of Mexico?", "Mexico City")});
        const QFontMetrics heads(roleFont(TextRole::Secondary));
        for (const int column :
             {RecordTableModel::RowColumn, RecordTableModel::TokensColumn, RecordTableModel::SplitColumn}) {
            const QString head = fixture.model()->headerData(column, Qt::Horizontal).toString();
            QVERIFY2(heads.horizontalAdvance(head) + 14 <= fixture.table()->columnWidth(column),
                     qPrintable(head));
        }
    }
};

STUDIO_TEST(DataFontTest)
#include "data_font_test.moc"
