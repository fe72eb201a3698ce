// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>

#include "core/formats/model_folders.h"
#include "core/storage/run_score.h"
#include "tests/support/gui_testing.h"
#include "tests/ui/compare/compare_fixture.h"
#include "ui/compare/answer_view.h"
#include "ui/compare/arm_panel.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;
using studio::test::CompareFixture;
using studio::test::text;
namespace fs = std::filesystem;

namespace {

/// An adapter outside the project.
fs::path openedAdapter(const CompareFixture& fixture, const std::string& base) {
    const fs::path folder = fixture.folder / "brought-along";
    test::writeSmallModel(fixture.folder / "pilot-base");
    test::writeAdapter(folder, readModelConfig(fixture.folder / "pilot-base"), {.base = base});
    return folder;
}

}  // namespace

class CompareAdaptersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void open_loraRun_armsAreTheBaseWithAndWithoutItsAdapter() {
        CompareFixture fixture(3, false);
        fixture.makeLoraRun("round-1");
        CompareArm& tuned = fixture.page->arm(1);
        QCOMPARE(tuned.model()->title, QStringLiteral("round-1 (adapter on pilot-base)"));
        QVERIFY(sameFolder(tuned.model()->folder, fixture.page->arm(0).model()->folder));
        QCOMPARE(fixture.page->armPanel(0)->name(), QStringLiteral("Base"));
        QCOMPARE(fixture.page->armPanel(1)->templateLine(), QStringLiteral("Alpaca as trained"));
        const fs::path adapter = fixture.session.project().runsFolder() / "round-1" / "adapter";
        const std::string base = modelHash(fixture.folder / "pilot-base");
        QTRY_COMPARE(tuned.weightsHash(), adaptedModelHash(base, adapter));
        const QString shown = fixture.page->armPanel(1)->weightsLine();
        QVERIFY2(shown.startsWith(QString::fromStdString(base.substr(0, 8)) + QStringLiteral(" + ")),
                 qPrintable(shown));
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.page->armPanel(1)->view()->toPlainText(), QStringLiteral("Mexico City"));
        const std::lock_guard lock(fixture.mutex);
        QCOMPARE(static_cast<int>(fixture.prompts.size()), 2);
        QCOMPARE(fixture.prompts[0].modelFolder, fixture.prompts[1].modelFolder);
        for (const GenerateJob& job : fixture.prompts)
            QCOMPARE(job.adapterFolder, job.arm == 1 ? adapter : fs::path());
    }

    void mergedModel_chosen_hasAnswersOfItsOwn() {
        CompareFixture fixture(3, false);
        fixture.makeLoraRun("round-1");
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        QComboBox* box = fixture.page->armPanel(1)->modelBox();
        const int merged = box->findText(QStringLiteral("round-1 (merged)"));
        const int beside = box->findText(QStringLiteral("round-1 (adapter on pilot-base)"));
        QVERIFY(merged >= 0 && beside >= 0);
        QCOMPARE(box->currentIndex(), beside);
        Q_EMIT box->activated(merged);
        QVERIFY(fixture.page->arm(1).model()->adapter.empty());
        QVERIFY(fixture.page->armPanel(1)->view()->toPlainText().isEmpty());
        Q_EMIT box->activated(beside);  // what it answered is still known
        QCOMPARE(fixture.page->armPanel(1)->view()->toPlainText(), QStringLiteral("Mexico City"));
    }

    void runAll_withAnAdapter_leavesTheScoreWithItsRun() {
        CompareFixture fixture(3, false);
        fixture.makeLoraRun("round-1");
        fixture.page->runAll();
        QTRY_VERIFY(!fixture.page->isBusy());
        const fs::path run = fixture.session.project().runsFolder() / "round-1";
        QTRY_VERIFY(readRunScore(run).has_value());
        QCOMPARE(readRunScore(run)->matched, 2);
    }

    void chooseModels_adapterFolder_isItsBaseWithTheAdapter() {
        CompareFixture fixture(3, false);
        fixture.makeLoraRun("round-1");
        fixture.makeLoraRun("round-2");
        const fs::path runs = fixture.session.project().runsFolder();
        fixture.page->chooseModels({runs / "round-1" / "adapter", runs / "round-2" / "adapter"});
        QCOMPARE(fixture.page->arm(0).model()->adapter, runs / "round-1" / "adapter");
        QCOMPARE(fixture.page->arm(1).model()->adapter, runs / "round-2" / "adapter");
        QCOMPARE(fixture.page->armPanel(0)->name(), QStringLiteral("First model"));
        fixture.page->activated();  // coming to the page changes nothing
        QCOMPARE(fixture.page->arm(0).model()->adapter, runs / "round-1" / "adapter");
        fixture.page->chooseModels({fixture.folder / "pilot-base", runs / "round-1" / "adapter"});
        QVERIFY(fixture.page->arm(0).model()->adapter.empty());
        QCOMPARE(fixture.page->armPanel(0)->name(), QStringLiteral("Base"));
    }

    void openAdapter_thatNamesItsBase_isTheArmAndStaysInTheProject() {
        CompareFixture fixture(3);
        const fs::path adapter = openedAdapter(fixture, (fixture.folder / "pilot-base").string());
        fixture.dialogs.folder = text(adapter);
        fixture.page->armPanel(1)->adapterButton()->click();
        QCOMPARE(fixture.dialogs.folderTitles.size(), 1);
        QVERIFY(fixture.page->arm(1).model()->adapter.empty());  // it is read on another thread
        QTRY_VERIFY(sameFolder(fixture.page->arm(1).model()->adapter, adapter));
        QCOMPARE(fixture.page->armPanel(1)->modelBox()->currentText(),
                 QStringLiteral("brought-along (adapter on pilot-base)"));
        QCOMPARE(fixture.session.adapters().size(), std::size_t(1));
        fixture.page->activated();
        QVERIFY(sameFolder(fixture.page->arm(1).model()->adapter, adapter));
        fixture.page->askBoth();
        QTRY_VERIFY(!fixture.page->isBusy());
        QCOMPARE(fixture.page->armPanel(1)->view()->toPlainText(), QStringLiteral("Mexico City"));
    }

    void openAdapter_withoutItsBase_asksForIt() {
        CompareFixture fixture(3);
        const fs::path adapter = openedAdapter(fixture, "someone/pilot");
        fixture.dialogs.folders = {text(adapter), text(fixture.folder / "pilot-base")};
        fixture.page->armPanel(0)->adapterButton()->click();
        QTRY_COMPARE(fixture.dialogs.folderTitles.size(), 2);
        QVERIFY(fixture.dialogs.folderTitles.last().contains(QStringLiteral("someone/pilot")));
        QTRY_VERIFY(sameFolder(fixture.page->arm(0).model()->adapter, adapter));
        QVERIFY(sameFolder(fixture.page->arm(0).model()->folder, fixture.folder / "pilot-base"));
        QVERIFY(!fixture.page->note()->isVisible());
    }

    void openAdapter_ofAnotherBase_isSaidAtItsArm() {
        CompareFixture fixture(3);
        const fs::path adapter = openedAdapter(fixture, "someone/pilot");
        fixture.dialogs.folders = {text(adapter), text(fixture.folder / "pilot-base")};
        fixture.page->armPanel(1)->adapterButton()->click();
        const QString said =
            QStringLiteral("This adapter was made for \"someone/pilot\"; it is used with \"pilot-base\".");
        const QComboBox& box = *fixture.page->armPanel(1)->modelBox();
        QTRY_COMPARE(box.accessibleDescription(), said);
        QVERIFY(box.toolTip().endsWith(said));
        QVERIFY(fixture.page->armPanel(0)->modelBox()->accessibleDescription().isEmpty());
        fixture.page->arm(1).setModel(fixture.page->arm(0).model());
        QVERIFY(box.accessibleDescription().isEmpty() && box.toolTip().isEmpty());
    }

    void openAdapter_whatIsNone_isSaid() {
        CompareFixture fixture(3);
        const fs::path adapter = openedAdapter(fixture, "someone/pilot");
        test::writeSmallModel(fixture.folder / "wider", 32);
        const auto before = fixture.page->arm(1).model();
        for (const QStringList& folders : {QStringList{text(fixture.folder / "pilot-base")},
                                           QStringList{text(adapter), text(fixture.folder / "wider")}}) {
            fixture.dialogs.folders = folders;
            fixture.page->armPanel(1)->adapterButton()->click();
            QVERIFY(!fixture.page->note()->isVisible());
            QTRY_VERIFY(fixture.page->note()->isVisible());
            QCOMPARE(fixture.page->note()->kind(), NoteKind::Error);
            QCOMPARE(fixture.page->arm(1).model()->title, before->title);
        }
        fixture.dialogs.folders = {text(adapter), QString()};  // the user cancels
        fixture.page->armPanel(1)->adapterButton()->click();
        QTRY_COMPARE(fixture.dialogs.folderTitles.size(), 5);
        QVERIFY(!fixture.page->note()->isVisible());
        QVERIFY(fixture.session.adapters().empty());
    }

    void openAdapter_forBothArmsAtOnce_opensBoth() {
        CompareFixture fixture(3);
        const fs::path adapter = openedAdapter(fixture, (fixture.folder / "pilot-base").string());
        fixture.dialogs.folder = text(adapter);
        for (const int arm : {0, 1}) fixture.page->armPanel(arm)->adapterButton()->click();
        for (const int arm : {0, 1})
            QTRY_VERIFY(sameFolder(fixture.page->arm(arm).model()->adapter, adapter));
    }

    void openAdapter_andAnotherProject_isForgotten() {
        CompareFixture fixture(3);
        const fs::path adapter = openedAdapter(fixture, (fixture.folder / "pilot-base").string());
        fixture.dialogs.folder = text(adapter);
        fixture.page->armPanel(1)->adapterButton()->click();
        fixture.session.createProject(fixture.folder / "Another.ftproj");
        QTest::qWait(300);
        QVERIFY(fixture.session.adapters().empty());
    }
};

STUDIO_TEST(CompareAdaptersTest)
#include "compare_adapters_test.moc"
