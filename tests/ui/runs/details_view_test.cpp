// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/details_view.h"

#include <QApplication>
#include <QLabel>
#include <fstream>

#include "tests/ui/runs/runs_fixture.h"
#include "ui/theme/theme.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;
using test::RunsFixture;

namespace {

/// A run whose model has lost its configuration, its details on the page.
RunFolder robbedRunShown(RunsFixture& fixture) {
    const RunFolder run = test::makeRun(fixture.runs(), {.name = "robbed", .created = 1'800'000'000});
    std::filesystem::remove(run.modelFolder() / "config.json");
    fixture.page->reload();
    fixture.settle();
    fixture.page->select(QStringLiteral("robbed"));
    fixture.page->table()->setFocus();
    QTest::keyClick(fixture.page->table(), Qt::Key_Return);
    return run;
}

}  // namespace

class DetailsViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lostModel_isSaidWithWhatIsMissing() {
        RunsFixture fixture;
        const RunFolder run = robbedRunShown(fixture);
        const auto* note = fixture.page->details()->findChild<NoteBar*>();
        QVERIFY(note && note->isVisible());
        QCOMPARE(note->kind(), NoteKind::Error);
        const QString missing = QString::fromStdString((run.modelFolder() / "config.json").string());
        QVERIFY2(note->text().contains(missing), qPrintable(note->text()));
        fixture.page->select(QStringLiteral("round-3-full"));
        QVERIFY(!note->isVisible());
        // What cannot be read is said beside it.
        std::ofstream(run.path() / "notes.json") << "garbage";
        fixture.page->reload();
        fixture.settle();
        fixture.page->select(QStringLiteral("robbed"));
        QVERIFY2(note->text().contains(missing) && note->text().contains(QStringLiteral("notes.json")),
                 qPrintable(note->text()));
    }

    void longNote_squeezesNoLineBelowIt() {
        Theme theme(*qobject_cast<QApplication*>(qApp));
        theme.setLocale(QLocale(QLocale::Chinese, QLocale::TraditionalChineseScript, QLocale::Taiwan));
        RunsFixture fixture;
        robbedRunShown(fixture);
        int looked = 0;
        for (const QLabel* label : fixture.page->details()->findChildren<QLabel*>()) {
            if (!label->isVisible() || !label->wordWrap()) continue;
            QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
            ++looked;
        }
        QVERIFY2(looked > 5, qPrintable(QString::number(looked)));
    }

    void damagedMetrics_sayAllThatIsMissing() {
        RunsFixture fixture;
        const RunFolder run = test::makeRun(fixture.runs(), {.name = "scratched", .created = 1'800'000'000});
        run.dropMetricsAfter(37);
        std::ofstream(run.metricsFile(), std::ios::app) << "garbage\n";
        fixture.page->reload();
        fixture.settle();
        fixture.page->select(QStringLiteral("scratched"));
        fixture.page->table()->setFocus();
        QTest::keyClick(fixture.page->table(), Qt::Key_Return);
        const auto* note = fixture.page->details()->findChild<NoteBar*>();
        QVERIFY(note && note->isVisible());
        QCOMPARE(note->kind(), NoteKind::Warning);
        QCOMPARE(note->text(), QStringLiteral("metrics.jsonl ends 3 step(s) before the run did. 1 line(s) of "
                                              "metrics.jsonl cannot be read. Curves, train loss and best "
                                              "evaluation are of what is left."));
    }
};

STUDIO_TEST(DetailsViewTest)
#include "details_view_test.moc"
