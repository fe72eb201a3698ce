// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/download_dialog.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QSignalSpy>

#include "core/hub/hub_address.h"
#include "tests/support/bracket_translator.h"
#include "tests/support/tab_walk.h"
#include "tests/ui/models/download_fixture.h"

using namespace studio;
using namespace studio::ui;
using studio::test::DownloadFixture;
using studio::test::FakeHub;
using studio::test::text;
namespace fs = std::filesystem;

class DownloadDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void open_alone_asksNobody() {
        DownloadFixture fix;
        fix.open();
        QCOMPARE(fix.dialog->hubLine()->text(), QString::fromStdString(fix.hub.address()));
        QCOMPARE(fix.dialog->revisionLine()->text(), QStringLiteral("main"));
        QVERIFY(!fix.dialog->listButton()->isEnabled());
        QVERIFY(!fix.dialog->downloadButton()->isEnabled());
        QTest::keyClicks(fix.dialog->modelLine(), "acme/tiny-model");
        QVERIFY(fix.dialog->listButton()->isEnabled());
        QTest::qWait(50);
        QVERIFY(fix.hub.server().requests().empty());
    }

    void folder_followsTheModel_untilItIsChosen() {
        DownloadFixture fix;
        fix.open();
        QTest::keyClicks(fix.dialog->modelLine(), "acme/tiny-model");
        QCOMPARE(fix.dialog->folderLine()->text(), text(fix.target()));
        fs::create_directories(fix.folder / "mine" / "other");
        fix.dialogs.folder = text(fix.folder / "mine");
        fix.dialog->browseButton()->click();
        QCOMPARE(fix.dialog->folderLine()->text(), text(fix.folder / "mine" / "acme--tiny-model"));
        QTest::keyClicks(fix.dialog->modelLine(), "-2");
        QCOMPARE(fix.dialog->folderLine()->text(), text(fix.folder / "mine" / "acme--tiny-model"));
    }

    void model_pastedAddress_fillsTheFields() {
        DownloadFixture fix;
        fix.open();
        fix.dialog->hubLine()->setText(QStringLiteral("https://hub.invalid"));
        QTest::keyClicks(fix.dialog->modelLine(),
                         QString::fromStdString(fix.hub.address() + "/acme/tiny-model/tree/v2"));
        QTest::keyClick(fix.dialog->modelLine(), Qt::Key_Tab);
        QCOMPARE(fix.dialog->modelLine()->text(), QStringLiteral("acme/tiny-model"));
        QCOMPARE(fix.dialog->revisionLine()->text(), QStringLiteral("v2"));
        QCOMPARE(fix.dialog->hubLine()->text(), QString::fromStdString(fix.hub.address()));
        QCOMPARE(fix.dialog->folderLine()->text(), text(fix.target()));
        QVERIFY(fix.hub.server().requests().empty());
    }

    void list_files_saysWhatComesAndWhatNot() {
        DownloadFixture fix;
        fix.tools.freeBytes = [](const fs::path&) { return std::uint64_t{12'000'000'000}; };
        fix.list();
        QAbstractItemModelTester tester(&fix.dialog->files(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(fix.dialog->files().rowCount(), 7);
        QCOMPARE(fix.dialog->files().tickedCount(), 4);
        QCOMPARE(fix.reasonOf("model.safetensors"), QStringLiteral("downloaded"));
        QCOMPARE(fix.reasonOf("pytorch_model.bin"), QStringLiteral("left out: the same weights once more"));
        QCOMPARE(fix.reasonOf("onnx/model.onnx"), QStringLiteral("left out: weights for another program"));
        QCOMPARE(fix.reasonOf("train.py"), QStringLiteral("left out: not needed to use the model"));
        QTRY_VERIFY2(fix.dialog->summary().contains(QStringLiteral("12.0 GB are free")),
                     qPrintable(fix.dialog->summary()));
        QVERIFY2(fix.dialog->summary().startsWith(QStringLiteral("4 file(s), 405 kB")),
                 qPrintable(fix.dialog->summary()));
        QVERIFY2(fix.dialog->tokenLine().startsWith(QStringLiteral("No access token")),
                 qPrintable(fix.dialog->tokenLine()));
        QVERIFY(fix.dialog->downloadButton()->isEnabled());
        // Another model is another question.
        QTest::keyClicks(fix.dialog->modelLine(), "2");
        QCOMPARE(fix.dialog->files().rowCount(), 0);
        QVERIFY(!fix.dialog->downloadButton()->isEnabled());
    }

    void tick_leftOutFile_comesAsWell() {
        DownloadFixture fix;
        fix.hub.add("../evil.bin", "x");
        fix.list();
        QTableView& table = *fix.dialog->table();
        const qint64 before = fix.dialog->files().tickedBytes();
        table.setCurrentIndex(fix.dialog->files().index(fix.rowOf("pytorch_model.bin"), 0));
        table.setFocus();
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(fix.reasonOf("pytorch_model.bin"), QStringLiteral("downloaded as well"));
        QCOMPARE(fix.dialog->files().tickedBytes(), before + 1000);
        table.setCurrentIndex(fix.dialog->files().index(fix.rowOf("README.md"), 0));
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(fix.reasonOf("README.md"), QStringLiteral("not chosen"));
        // What is not safe to write stays away whatever is ticked.
        table.setCurrentIndex(fix.dialog->files().index(fix.rowOf("../evil.bin"), 0));
        QTest::keyClick(&table, Qt::Key_Space);
        QVERIFY(fix.reasonOf("../evil.bin").contains(QStringLiteral("not safe")));
        QCOMPARE(fix.dialog->files().plan().files.size(), std::size_t{4});
        fix.dialog->downloadButton()->click();
        QVERIFY(fix.settled());
        QVERIFY(fs::exists(fix.target() / "pytorch_model.bin"));
        QVERIFY(!fs::exists(fix.target() / "README.md"));
    }

    void list_wrongField_saysWhatToWrite_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("hub");
        QTest::addColumn<QString>("part");
        QTest::newRow("words") << "the tiny model"
                               << ""
                               << "ORGANISATION/NAME";
        QTest::newRow("data set") << "https://huggingface.co/datasets/acme/rows"
                                  << ""
                                  << "ORGANISATION/NAME";
        QTest::newRow("hub") << "acme/tiny-model"
                             << "hub of mine"
                             << "address of the hub";
    }
    void list_wrongField_saysWhatToWrite() {
        QFETCH(QString, model);
        QFETCH(QString, hub);
        QFETCH(QString, part);
        DownloadFixture fix;
        fix.open();
        QTest::keyClicks(fix.dialog->modelLine(), model);
        if (!hub.isEmpty()) fix.dialog->hubLine()->setText(hub);
        fix.dialog->listButton()->click();
        QVERIFY(!fix.dialog->isBusy());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Error);
        QVERIFY2(fix.dialog->note()->text().contains(part), qPrintable(fix.dialog->note()->text()));
        QVERIFY(fix.hub.server().requests().empty());
    }

    void list_noSuchModel_isOneClearLine() {
        DownloadFixture fix;
        fix.open();
        QTest::keyClicks(fix.dialog->modelLine(), "acme/other");
        QTest::keyClick(fix.dialog->modelLine(), Qt::Key_Return);
        QVERIFY(fix.dialog->isBusy());
        QVERIFY(fix.settled());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Error);
        QVERIFY2(fix.dialog->note()->text().contains(QStringLiteral("acme/other")),
                 qPrintable(fix.dialog->note()->text()));
        QVERIFY(fix.dialog->listButton()->isEnabled());
        QVERIFY(!fix.dialog->downloadButton()->isEnabled());
    }

    void download_all_isWholeAndTold() {
        DownloadFixture fix;
        fix.list();
        QSignalSpy told(fix.dialog.get(), &DownloadDialog::downloaded);
        QTest::keyClick(fix.dialog->table(), Qt::Key_Return);  // the next step
        QVERIFY(fix.dialog->isBusy());
        QVERIFY(fix.dialog->progress()->isVisible());
        QVERIFY(!fix.dialog->listButton()->isEnabled());
        QVERIFY(fix.settled());
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].value<fs::path>(), fix.target());
        QCOMPARE(test::bytesIn(fix.target() / "model.safetensors"), fix.hub.bytesOf("model.safetensors"));
        QVERIFY(!fs::exists(fix.target() / "train.py"));
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
        QVERIFY2(fix.dialog->note()->text().contains(text(fix.target())),
                 qPrintable(fix.dialog->note()->text()));
        QVERIFY(!fix.dialog->progress()->isVisible());
        // Once more there is nothing to fetch.
        fix.hub.server().forgetRequests();
        fix.dialog->downloadButton()->click();
        QVERIFY(fix.settled());
        QVERIFY(fix.hub.server().requests(fix.hub.pathOf("model.safetensors")).empty());
        QVERIFY(fix.dialog->note()->text().contains(QStringLiteral("there already")));
    }

    void download_withoutChecksum_warns() {
        DownloadFixture fix;
        fix.hub.addUnhashed("generation_config.json", "{}");
        fix.list();
        fix.dialog->downloadButton()->click();
        QVERIFY(fix.settled());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Warning);
        QVERIFY(fix.dialog->note()->text().contains(QStringLiteral("generation_config.json")));
    }

    void download_stopped_keepsWhatCameAndGoesOn() {
        DownloadFixture fix;
        fix.slowWeights();
        fix.list();
        QSignalSpy told(fix.dialog.get(), &DownloadDialog::downloaded);
        fix.dialog->downloadButton()->click();
        QTRY_VERIFY(fix.dialog->progress()->share() > 0.2);
        QVERIFY2(fix.dialog->progress()->text().contains(QStringLiteral("of 4 files")),
                 qPrintable(fix.dialog->progress()->text()));
        fix.dialog->progress()->stopButton()->click();
        QVERIFY(fix.settled());
        QCOMPARE(told.size(), 0);
        QVERIFY(fix.dialog->isVisible());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Info);
        QVERIFY2(fix.dialog->note()->text().contains(text(fix.target()) + QStringLiteral(".part")),
                 qPrintable(fix.dialog->note()->text()));
        fix.hub.script("model.safetensors", {fix.hub.reply("model.safetensors")});
        fix.hub.server().forgetRequests();
        fix.dialog->downloadButton()->click();
        QVERIFY(fix.settled());
        QCOMPARE(told.size(), 1);
        QCOMPARE(test::bytesIn(fix.target() / "model.safetensors"), fix.hub.bytesOf("model.safetensors"));
        const auto asked = fix.hub.server().requests(fix.hub.pathOf("model.safetensors"));
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(test::rangeStart(asked.front()) > 0);
    }

    void download_troubledServer_saysWhatIsTriedAgain() {
        DownloadFixture fix;
        test::HttpReply busy;
        busy.status = 503;
        busy.headers = {{"Retry-After", "1"}};
        fix.hub.script("model.safetensors", {busy, fix.hub.reply("model.safetensors")});
        fix.list();
        fix.dialog->downloadButton()->click();
        QTRY_VERIFY(!fix.dialog->problem().isEmpty());
        QVERIFY2(fix.dialog->problem().contains(QStringLiteral("503")), qPrintable(fix.dialog->problem()));
        QVERIFY(fix.settled());
        QVERIFY(fix.dialog->problem().isEmpty());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
    }

    void download_troubleInAnotherLanguage_isSaidInIt() {
        DownloadFixture fix;
        test::HttpReply busy;
        busy.status = 429;
        busy.headers = {{"Retry-After", "1"}};
        fix.hub.script("model.safetensors", {busy, fix.hub.reply("model.safetensors")});
        fix.list();
        const test::BracketTranslator translator;
        fix.dialog->downloadButton()->click();
        QTRY_VERIFY(!fix.dialog->problem().isEmpty());
        QVERIFY2(fix.dialog->problem().contains(QStringLiteral("has had too many requests.›")),
                 qPrintable(fix.dialog->problem()));
        QVERIFY(fix.settled());
    }

    void download_withoutRoom_isRefusedBeforeItBegins() {
        DownloadFixture fix;
        fix.tools.freeBytes = [](const fs::path&) { return std::uint64_t{1000}; };
        fix.list();
        QTRY_VERIFY2(fix.dialog->summary().contains(QStringLiteral("Only")),
                     qPrintable(fix.dialog->summary()));
        fix.hub.server().forgetRequests();
        fix.dialog->downloadButton()->click();
        QVERIFY(fix.settled());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Error);
        QVERIFY(fix.hub.server().requests().empty());
        QVERIFY(!fs::exists(fix.target()));
    }

    void close_whileItDownloads_asksFirst() {
        DownloadFixture fix;
        fix.slowWeights();
        fix.list();
        fix.dialog->downloadButton()->click();
        QTRY_VERIFY(fix.dialog->progress()->share() > 0.1);
        fix.dialog->close();  // the safe answer
        QCOMPARE(fix.dialogs.questions.size(), 1);
        QVERIFY(fix.dialog->isVisible());
        QVERIFY(fix.dialog->isBusy());
        fix.dialogs.answer = 1;
        QTest::keyClick(fix.dialog.get(), Qt::Key_Escape);
        QCOMPARE(fix.dialogs.questions.size(), 2);
        QTRY_VERIFY(!fix.dialog->isVisible());
        QVERIFY(!fix.dialog->isBusy());
        QVERIFY(fs::exists(text(fix.target()).toStdString() + ".part"));
        QVERIFY(!fs::exists(fix.target()));
    }

    void close_whileItAsks_endsWithTheDownload() {
        DownloadFixture fix;
        fix.slowWeights();
        fix.list();
        fix.dialogs.hold = true;
        fix.dialog->downloadButton()->click();
        fix.dialog->close();
        QVERIFY(fix.dialogs.stands());
        QVERIFY(fix.settled());
        QVERIFY(!fix.dialogs.stands());
        QVERIFY(fix.dialog->isVisible());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
    }

    void destroy_whileItDownloads_stopsAtOnce() {
        DownloadFixture fix;
        fix.slowWeights();
        fix.list();
        fix.dialog->downloadButton()->click();
        QTRY_VERIFY(fix.dialog->progress()->share() > 0.1);
        QElapsedTimer timer;
        timer.start();
        fix.dialog.reset();
        QVERIFY(timer.elapsed() < 2'000);
        QVERIFY(!fs::exists(fix.target()));
    }

    void token_fromTheEnvironment_isSentAndNotShown() {
        DownloadFixture fix;
        fix.tools.environment["HF_TOKEN"] = "hf_verysecret";
        fix.list();
        QVERIFY2(fix.dialog->tokenLine().contains(QStringLiteral("HF_TOKEN")),
                 qPrintable(fix.dialog->tokenLine()));
        fix.dialog->downloadButton()->click();
        QVERIFY(fix.settled());
        QCOMPARE(fix.hub.server().requests().front().header("authorization"),
                 std::string("Bearer hf_verysecret"));
        for (const QLabel* label : fix.dialog->findChildren<QLabel*>())
            QVERIFY2(!label->text().contains(QStringLiteral("verysecret")), qPrintable(label->text()));
        QVERIFY(!fix.settings.allKeys().join(u' ').contains(QStringLiteral("token")));
    }

    void token_pastedHub_getsItOnlyOnceItIsTyped() {
        DownloadFixture fix;
        fix.tools.environment["HF_TOKEN"] = "hf_verysecret";
        fix.tools.environment["HF_ENDPOINT"] = "https://hub.invalid";
        fix.open();
        const QString address = QString::fromStdString(fix.hub.address());
        QTest::keyClicks(fix.dialog->modelLine(), address + QStringLiteral("/acme/tiny-model"));
        fix.dialog->listButton()->click();
        QVERIFY(fix.settled() && fix.dialog->files().hasPlan());
        fix.dialog->downloadButton()->click();
        QVERIFY(fix.settled());
        QVERIFY(fix.hub.server().requests().size() > 4);
        for (const auto& seen : fix.hub.server().requests())
            QVERIFY(seen.headers.count("authorization") == 0);
        QVERIFY2(fix.dialog->tokenLine().contains(QStringLiteral("is not sent to ") + address),
                 qPrintable(fix.dialog->tokenLine()));
        QVERIFY(!fix.settings.contains(QStringLiteral("hub/address")));  // else it were the user's tomorrow
        fix.hub.server().forgetRequests();
        fix.dialog->hubLine()->selectAll();
        QTest::keyClicks(fix.dialog->hubLine(), address);
        fix.dialog->listButton()->click();
        QVERIFY(fix.settled() && fix.dialog->files().hasPlan());
        QCOMPARE(fix.hub.server().requests().front().header("authorization"),
                 std::string("Bearer hf_verysecret"));
    }

    void hub_otherThanUsual_isRemembered() {
        DownloadFixture fix;
        fix.tools.environment.erase("HF_ENDPOINT");
        fix.open();
        QCOMPARE(fix.dialog->hubLine()->text(), QLatin1String(kUsualHub));
        fix.dialog->hubLine()->setText(QString::fromStdString(fix.hub.address() + "/"));
        QTest::keyClicks(fix.dialog->modelLine(), "acme/tiny-model");
        fix.dialog->listButton()->click();
        QVERIFY(fix.settled());
        QVERIFY(fix.dialog->files().hasPlan());
        fix.open();  // the next day
        QCOMPARE(fix.dialog->hubLine()->text(), QString::fromStdString(fix.hub.address()));
        // The environment's own address is not written down.
        fix.tools.environment["HF_ENDPOINT"] = fix.hub.address();
        fix.list();
        QVERIFY(!fix.settings.contains(QStringLiteral("hub/address")));
    }

    void tab_throughTheDialog_readsLikeText() {
        DownloadFixture fix;
        fix.list();
        QCOMPARE(test::tabWalkProblem(fix.dialog.get()), QString());
        QVERIFY(!fix.dialog->table()->accessibleName().isEmpty());
    }
};

STUDIO_TEST(DownloadDialogTest)
#include "download_dialog_test.moc"
