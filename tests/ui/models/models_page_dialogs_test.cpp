// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>

#include "tests/support/small_adapter.h"
#include "tests/ui/models/models_fixture.h"
#include "ui/models/model_export_dialog.h"
#include "ui/models/progress_row.h"

using namespace studio;
using namespace studio::ui;
using studio::test::actionOf;
using studio::test::FakeHub;
using studio::test::ModelsFixture;
namespace fs = std::filesystem;

namespace {

/// A model on the hub that the library can read.
void fill(FakeHub& hub, const fs::path& scratch) {
    test::writeSmallModel(scratch);
    hub.add("config.json", readFile(scratch / "config.json"));
    hub.add("model.safetensors", readFile(scratch / "model.safetensors"), true);
}

}  // namespace

class ModelsPageDialogsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void download_wholeModel_joinsTheListAndIsSelected() {
        FakeHub hub;
        ModelsFixture fix;
        fill(hub, fix.folder / "scratch");
        fix.tools.environment["HF_ENDPOINT"] = hub.address();
        fix.start();
        fix.page->downloadButton()->click();
        DownloadDialog* dialog = fix.page->downloadDialog();
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        fix.page->downloadButton()->click();
        QCOMPARE(fix.page->downloadDialog(), dialog);  // one at a time
        test::listFiles(*dialog);
        dialog->downloadButton()->click();
        QVERIFY(fix.page->isWorking());
        QTRY_VERIFY(!fix.page->isWorking());
        fix.settle();
        QVERIFY(fix.listed().contains(QStringLiteral("acme--tiny-model")));
        QTRY_COMPARE(QString::fromStdString(fix.page->current()->name()), QStringLiteral("acme--tiny-model"));
        QVERIFY(fix.page->trainButton()->isEnabled());
        dialog->close();
        QTRY_VERIFY(!fix.page->downloadDialog());
    }

    void work_askedToStop_asksInItsDialog() {
        FakeHub hub;
        ModelsFixture fix;
        fill(hub, fix.folder / "scratch");
        test::slowWeights(hub, 10'000);
        fix.tools.environment["HF_ENDPOINT"] = hub.address();
        fix.start();
        fix.page->openDownload();
        DownloadDialog& dialog = *fix.page->downloadDialog();
        test::listFiles(dialog);
        dialog.downloadButton()->click();
        QVERIFY(fix.page->isWorking());
        fix.page->askToStopWork();
        QCOMPARE(fix.dialogs.questions, QStringList{"A download is running"});
        QVERIFY(fix.page->isWorking());
        fix.dialogs.answer = 1;
        fix.page->askToStopWork();
        QTRY_VERIFY(!fix.page->isWorking());
    }

    void export_key_opensForTheChosenModel() {
        ModelsFixture fix;
        fix.page->select(fix.opened());
        fix.page->table()->setFocus();
        QTest::keyClick(fix.page->table(), Qt::Key_E);
        ModelExportDialog* first = fix.page->exportDialog();
        QVERIFY(first && first->isVisible());
        QCOMPARE(first->source().model, resolvedFolder(fix.opened()));
        fix.page->exportCurrent();
        QCOMPARE(fix.page->exportDialog(), first);
        // Another model: what waits makes room.
        test::writeSmallAdapter(fix.run().parent_path() / "adapter");
        fix.page->select(fix.run());
        QAction* exports = actionOf(*fix.page->moreMenu(), QStringLiteral("Export…"));
        QVERIFY(exports && exports->isEnabled());
        exports->trigger();
        QCOMPARE(fix.page->exportDialog()->source().model, fix.run());
        QVERIFY(fix.page->exportDialog()->formatButton(ExportFormat::Adapter));
    }

    void export_brokenModel_isNotOffered() {
        ModelsFixture fix;
        fix.page->select(fix.damaged());
        QAction* exports = actionOf(*fix.page->moreMenu(), QStringLiteral("Export…"));
        QVERIFY(exports && !exports->isEnabled());
        QCOMPARE(exports->toolTip(), QStringLiteral("This model cannot be read."));
        fix.page->exportCurrent();
        QVERIFY(!fix.page->exportDialog());
    }

    void export_folderOfTheResult_isAskedFor() {
        ModelsFixture fix;
        QSignalSpy asked(fix.page.get(), &ModelsPage::folderRequested);
        fix.page->select(fix.opened());
        fix.page->exportCurrent();
        Q_EMIT fix.page->exportDialog()->folderRequested(QStringLiteral("/somewhere"));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("/somewhere"));
    }
};

STUDIO_TEST(ModelsPageDialogsTest)
#include "models_page_dialogs_test.moc"
