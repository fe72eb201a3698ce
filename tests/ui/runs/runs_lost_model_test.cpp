// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "tests/ui/runs/runs_fixture.h"
#include "ui/runs/details_view.h"
#include "ui/widgets/badge_delegate.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;
using test::RunsFixture;
namespace fs = std::filesystem;

/// A run that has lost a file of its model since it ended.
class RunsLostModelTest : public QObject {
    Q_OBJECT

    using Column = RunTableModel::Column;

private Q_SLOTS:
    void lostModel_isMarkedInTheList() {
        RunsFixture fixture;
        const fs::path config = RunFolder(fixture.runs() / "round-2-full").modelFolder() / "config.json";
        const auto look = [&] {
            fixture.page->reload();
            fixture.settle();
            return fixture.cell("round-2-full", Column::StateColumn);
        };
        const auto badge = [&] {
            const int row = fixture.page->sorted().rowOf(QStringLiteral("round-2-full"));
            return fixture.page->sorted()
                .index(row, Column::StateColumn)
                .data(BadgeDelegate::kBadgeRole)
                .value<BadgeContent>();
        };
        QCOMPARE(look(), QStringLiteral("Finished"));
        fs::remove(config);
        QCOMPARE(look(), QStringLiteral("Model lost"));
        QCOMPARE(badge().text, QStringLiteral("Model lost"));
        QCOMPARE(badge().kind, BadgeKind::Warning);
        QVERIFY(fixture.cell("round-2-full", Column::StateColumn, Qt::ToolTipRole).contains("no longer"));
        // Behind those that have theirs, before those that did not finish.
        fixture.page->table()->sortByColumn(Column::StateColumn, Qt::AscendingOrder);
        const QStringList listed = fixture.listed();
        QCOMPARE(listed.indexOf(QStringLiteral("round-2-full")), 4);
        QCOMPARE(listed.back(), QStringLiteral("round-3-hot"));
        fixture.page->sorted().setText(QStringLiteral("lost"));
        QCOMPARE(fixture.listed(), QStringList{"round-2-full"});
        fixture.page->sorted().setText(QStringLiteral("finished"));
        QCOMPARE(fixture.listed().size(), 5);
        writeFileAtomically(config, "{}");
        QCOMPARE(look(), QStringLiteral("Finished"));
        QCOMPARE(badge().kind, BadgeKind::Ok);
    }

    void lostModel_ofARunThatFailed_isMarkedSaidAndCanBeResumed() {
        RunsFixture fixture;
        const RunFolder run = test::makeRun(
            fixture.runs(),
            {.name = "robbed", .created = 1'800'000'000, .state = "failed", .hasCheckpoint = true});
        const auto read = [&] {
            fixture.page->reload();
            fixture.settle();
            fixture.page->select(QStringLiteral("robbed"));
            return fixture.cell("robbed", Column::StateColumn);
        };
        QCOMPARE(read(), QStringLiteral("Failed"));
        fixture.page->table()->setFocus();
        QTest::keyClick(fixture.page->table(), Qt::Key_Return);  // Notes and lineage
        const auto* note = fixture.page->details()->findChild<NoteBar*>();
        QVERIFY(note && !note->isVisible());
        fs::remove(run.modelFolder() / "config.json");
        // What is shown again without a reading does not look at the folder: list and details agree.
        fixture.page->details()->retranslate();
        QVERIFY(!note->isVisible());
        QCOMPARE(read(), QStringLiteral("Model lost"));
        QVERIFY(note->isVisible());
        QVERIFY2(note->text().contains(QStringLiteral("resume the run")), qPrintable(note->text()));
        QCOMPARE(fixture.page->current()->resumeObstacle(), ResumeObstacle::None);
        QVERIFY(fixture.cell("robbed", Column::StateColumn, Qt::ToolTipRole).contains("no longer"));
    }
};

STUDIO_TEST(RunsLostModelTest)
#include "runs_lost_model_test.moc"
