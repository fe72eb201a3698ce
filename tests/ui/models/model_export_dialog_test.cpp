// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_export_dialog.h"

#include <unistd.h>

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>

#include "core/formats/gguf_file.h"
#include "core/storage/run_lock.h"
#include "tests/support/assets.h"
#include "tests/support/fake_engine.h"
#include "tests/support/made_runs.h"
#include "tests/support/scripted_dialogs.h"
#include "tests/support/small_adapter.h"
#include "tests/support/studio_test.h"
#include "tests/support/tab_walk.h"
#include "tests/support/written_model.h"
#include "tests/ui/models/models_testing.h"
#include "ui/models/progress_row.h"
#include "ui/widgets/note_bar.h"

using namespace studio;
using namespace studio::ui;
using studio::test::text;
namespace fs = std::filesystem;

namespace {

/// A model with a tokenizer, an adapter for it, an engine that only copies, and the dialog.
class Fixture {
public:
    Fixture() {
        makeFolders(model());
        test::writeModel(model(), test::smallConfig("LlamaForCausalLM"));
        test::writePieces(model());
        test::writeSmallAdapter(adapter());
        makeFolders(out());
        settings.setValue(QStringLiteral("export/folder"), text(out()));
        tools.engine = [this] {
            return std::make_unique<test::FakeEngine>(
                [this](const Job& job, JobObserver& observer, const std::stop_token& stop) {
                    return run(std::get<ExportModelJob>(job), observer, stop);
                });
        };
    }
    void open(const ExportSource& source) {
        dialog = std::make_unique<ModelExportDialog>(source, tools, dialogs, nullptr);
        test::showActive(dialog.get());
        if (!measured()) qFatal("the model is not read");
    }
    void open() { open({QStringLiteral("Tiny"), QStringLiteral("tiny"), model(), {}, false}); }
    void openAdapter() { open({QStringLiteral("Tuned"), QStringLiteral("tuned"), model(), adapter(), true}); }
    bool measured() {
        return QTest::qWaitFor([this] { return !dialog->needText().isEmpty(); }, 20'000);
    }
    bool ended() {
        return QTest::qWaitFor([this] { return !dialog->isExporting(); }, 20'000);
    }
    void choose(ExportFormat format) {
        dialog->formatButton(format)->click();
        if (!measured()) qFatal("the size is not measured");
    }
    /// Presses the button where it can be pressed.
    bool press() {
        if (!dialog->exportButton()->isEnabled()) return false;
        dialog->exportButton()->click();
        return true;
    }
    QPushButton* noteButton(const QString& words) {
        for (QPushButton* button : dialog->note()->findChildren<QPushButton*>())
            if (button->text() == words && button->isVisible()) return button;
        return nullptr;
    }
    fs::path model() const { return folder / "tiny"; }
    fs::path adapter() const { return folder / "tuned"; }
    fs::path out() const { return folder / "exports"; }

    test::TemporaryFolder folder;
    QSettings settings{text(folder / "settings.ini"), QSettings::IniFormat};
    test::ScriptedDialogs dialogs;
    ModelTools tools = test::toolsWithoutUser(folder.path(), &settings);
    std::atomic<bool> waits = false, fails = false, waitsWriting = false, waitsAtTheEnd = false;
    std::atomic<bool> written = false;
    std::atomic<int> jobs = 0;
    std::unique_ptr<ModelExportDialog> dialog;

private:
    JobOutcome run(const ExportModelJob& job, JobObserver& observer, const std::stop_token& stop) {
        ++jobs;
        JobOutcome outcome;
        observer.onEvent(StageEvent{"loading", 1, 2});
        while (waits && !stop.stop_requested()) QThread::msleep(5);
        if (stop.stop_requested()) {
            outcome.kind = JobOutcome::Kind::Cancelled;
            return outcome;
        }
        if (fails) {
            outcome.kind = JobOutcome::Kind::Failed;
            outcome.code = ErrorCode::OutOfMemory;
            outcome.cause = "The model does not fit.";
            outcome.nextStep = "Choose a smaller one.";
            return outcome;
        }
        observer.onEvent(StageEvent{"loading", 2, 2});
        job.onWritten({250'000, 1'000'000});
        while (waitsWriting && !stop.stop_requested()) QThread::msleep(5);
        if (stop.stop_requested()) {
            outcome.kind = JobOutcome::Kind::Cancelled;
            return outcome;
        }
        fs::copy(job.modelFolder, job.outFolder);
        outcome.value = ExportModelResult{job.outFolder, 34'567};
        written = true;
        while (waitsAtTheEnd && !stop.stop_requested()) QThread::msleep(5);
        if (stop.stop_requested()) outcome.kind = JobOutcome::Kind::Cancelled;  // as the engine says it
        return outcome;
    }
};

}  // namespace

class ModelExportDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void open_model_offersWhatItCanBe() {
        Fixture fix;
        fix.open();
        QVERIFY(fix.dialog->formatButton(ExportFormat::Folder)->isChecked());
        QVERIFY(fix.dialog->formatButton(ExportFormat::Gguf)->isEnabled());
        QVERIFY(!fix.dialog->formatButton(ExportFormat::Adapter));
        QCOMPARE(fix.dialog->typeBox()->count(), 3);
        QVERIFY(fix.dialog->typeBox()->currentText().startsWith(QStringLiteral("F32")));  // as it is stored
        QCOMPARE(fix.dialog->targetLine()->text(), text(fix.out() / "tiny"));
        QVERIFY2(fix.dialog->needText().startsWith(QStringLiteral("About ")),
                 qPrintable(fix.dialog->needText()));
        fix.choose(ExportFormat::Gguf);
        QCOMPARE(fix.dialog->typeBox()->count(), 4);
        QCOMPARE(fix.dialog->targetLine()->text(), text(fix.out() / "tiny-F32.gguf"));
        fix.dialog->typeBox()->setCurrentIndex(3);
        QCOMPARE(fix.dialog->targetLine()->text(), text(fix.out() / "tiny-Q8_0.gguf"));
    }

    void open_modelUnknownToLlamaCpp_greysTheFile() {
        Fixture fix;
        fs::remove(fix.model() / "tokenizer.model");
        fix.open();
        QVERIFY(!fix.dialog->formatButton(ExportFormat::Gguf)->isEnabled());
        QVERIFY(!fix.dialog->formatButton(ExportFormat::Gguf)->toolTip().isEmpty());
        QVERIFY2(fix.dialog->formatHelp().contains(QStringLiteral("A GGUF file is not possible.")),
                 qPrintable(fix.dialog->formatHelp()));
        QVERIFY(fix.dialog->exportButton()->isEnabled());
    }

    void open_brokenModel_saysSo() {
        Fixture fix;
        fs::resize_file(fix.model() / "model.safetensors", 20);
        fix.dialog = std::make_unique<ModelExportDialog>(
            ExportSource{QStringLiteral("Tiny"), QStringLiteral("tiny"), fix.model(), {}, false}, fix.tools,
            fix.dialogs, nullptr);
        fix.dialog->show();
        QTRY_VERIFY(fix.dialog->note()->isVisible());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Error);
        QVERIFY(!fix.dialog->exportButton()->isEnabled());
    }

    void export_folder_isWrittenAndShown() {
        Fixture fix;
        fix.open();
        QSignalSpy asked(fix.dialog.get(), &ModelExportDialog::folderRequested);
        QVERIFY(fix.press());
        QVERIFY(fix.dialog->progress()->isVisible());
        QVERIFY(fix.ended());
        QVERIFY(fs::exists(fix.out() / "tiny" / "model.safetensors"));
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
        QVERIFY2(fix.dialog->note()->text().contains(QStringLiteral("35 kB")),
                 qPrintable(fix.dialog->note()->text()));
        QVERIFY(!fix.dialog->progress()->isVisible());
        QTRY_VERIFY(fix.noteButton(QStringLiteral("Open folder")));
        fix.noteButton(QStringLiteral("Open folder"))->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), text(fix.out() / "tiny"));
        // The same once more would meet what is there now.
        QVERIFY(!fix.dialog->exportButton()->isEnabled());
    }

    void export_gguf_needsNoEngine() {
        Fixture fix;
        fix.open();
        fix.choose(ExportFormat::Gguf);
        fix.dialog->typeBox()->setCurrentIndex(0);
        QVERIFY(fix.measured());
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        QCOMPARE(fix.jobs.load(), 0);
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
        const GgufFile file(fix.out() / "tiny-F16.gguf");
        QCOMPARE(std::get<std::string>(*file.find("general.name")), std::string("tiny"));
    }

    void export_adapterMerged_leavesOneFile() {
        Fixture fix;
        fix.openAdapter();
        fix.choose(ExportFormat::Gguf);
        QVERIFY2(fix.dialog->needText().contains(QStringLiteral("in between")),
                 qPrintable(fix.dialog->needText()));
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        QCOMPARE(fix.jobs.load(), 1);
        QCOMPARE(std::distance(fs::directory_iterator(fix.out()), fs::directory_iterator()), 1);
    }

    void export_adapterAlone_copiesItsFolder() {
        Fixture fix;
        fix.openAdapter();
        fix.choose(ExportFormat::Adapter);
        QVERIFY(!fix.dialog->typeBox()->isVisible());
        QCOMPARE(fix.dialog->targetLine()->text(), text(fix.out() / "tuned-adapter"));
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        QCOMPARE(fix.jobs.load(), 0);
        QCOMPARE(readFile(fix.out() / "tuned-adapter" / "adapter_model.safetensors"),
                 readFile(fix.adapter() / "adapter_model.safetensors"));
    }

    void export_adapterWithoutItsBase_isTheAdapterOnly() {
        Fixture fix;
        fix.open({QStringLiteral("Tuned"), QStringLiteral("tuned"), {}, fix.adapter(), true});
        QVERIFY(!fix.dialog->formatButton(ExportFormat::Folder)->isEnabled());
        QVERIFY(!fix.dialog->formatButton(ExportFormat::Gguf)->isEnabled());
        QVERIFY(fix.dialog->formatButton(ExportFormat::Adapter)->isChecked());
        QVERIFY(fix.dialog->formatHelp().contains(QStringLiteral("base model")));
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
    }

    void source_ofEntries_knowsTheAdapter() {
        Fixture fix;
        const RunFolder run = test::makeRun(fix.folder / "runs", {.name = "round-1"});
        ModelEntry entry;
        entry.folder = run.modelFolder();
        entry.origin = ModelOrigin::Run;
        entry.ownName = "round-1";
        QVERIFY(exportSourceOf(entry).adapter.empty());
        test::writeSmallAdapter(run.adapterFolder());
        const ExportSource ofRun = exportSourceOf(entry);
        QCOMPARE(ofRun.adapter, run.adapterFolder());
        QCOMPARE(ofRun.model, run.modelFolder());
        QVERIFY(!ofRun.merges);  // its weights have it
        entry.folder = fix.adapter();
        entry.origin = ModelOrigin::Opened;
        entry.madeFrom = fix.model();
        const ExportSource ofAdapter = exportSourceOf(entry);
        QCOMPARE(ofAdapter.adapter, fix.adapter());
        QCOMPARE(ofAdapter.model, fix.model());
        QVERIFY(ofAdapter.merges);
        // Without its base it can still be handed on by itself.
        entry.isAdapter = true;
        entry.madeFrom = fix.folder / "gone";
        entry.problem = Error(ErrorCode::FileNotFound, "The base is not there.", "Choose it.");
        QVERIFY(exportSourceOf(entry).model.empty());
        QVERIFY(canExport(entry));
        entry.isAdapter = false;
        QVERIFY(!canExport(entry));
    }

    void room_tooSmall_refusesBeforeWriting() {
        Fixture fix;
        fix.tools.freeBytes = [](const fs::path&) { return std::uint64_t{1000}; };
        fix.open();
        QVERIFY2(fix.dialog->needText().contains(QStringLiteral("Only 1 kB are free")),
                 qPrintable(fix.dialog->needText()));
        QVERIFY(!fix.press());
        QVERIFY(!fs::exists(fix.out() / "tiny"));
    }

    void room_takenByAKilledExport_isFreeAgain() {
        Fixture fix;
        if (!lockDecides(fix.out())) QSKIP("the temporary folder is on a network file system");
        // Of an earlier process with this one's id: locked by nobody.
        const fs::path left =
            fix.out() / (".old.gguf.finetune-studio.tmp-" + std::to_string(::getpid()) + "-77");
        writeFileAtomically(left, "half");
        fix.tools.freeBytes = [left](const fs::path&) {
            return fs::exists(left) ? std::uint64_t{1000} : std::uint64_t{12'000'000'000};
        };
        fix.open();
        QVERIFY2(fix.dialog->needText().contains(QStringLiteral("12.0 GB are free")),
                 qPrintable(fix.dialog->needText()));
        QVERIFY(!fs::exists(left));
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
    }

    void target_folderThatIsThere_needsAnotherName() {
        Fixture fix;
        makeFolders(fix.out() / "tiny");
        fix.open();
        QVERIFY2(fix.dialog->needText().contains(QStringLiteral("is there already")),
                 qPrintable(fix.dialog->needText()));
        QVERIFY(!fix.press());
        fix.dialog->targetLine()->setFocus();
        fix.dialog->targetLine()->end(false);
        QTest::keyClicks(fix.dialog->targetLine(), "-2");
        QTRY_VERIFY(fix.dialog->exportButton()->isEnabled());
        // What was typed stays when the format changes.
        fix.choose(ExportFormat::Gguf);
        QCOMPARE(fix.dialog->targetLine()->text(), text(fix.out() / "tiny-2"));
    }

    void target_fileThatIsThere_asksFirst() {
        Fixture fix;
        fix.open();
        fix.choose(ExportFormat::Gguf);
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        const auto before = fs::last_write_time(fix.out() / "tiny-F32.gguf");
        fix.dialog->typeBox()->setCurrentIndex(0);
        fix.dialog->typeBox()->setCurrentIndex(2);
        QVERIFY(fix.measured());
        QVERIFY(fix.press());  // the safe answer
        QCOMPARE(fix.dialogs.questions.size(), 1);
        QVERIFY(!fix.dialog->isExporting());
        QCOMPARE(fs::last_write_time(fix.out() / "tiny-F32.gguf"), before);
        fix.dialogs.answer = 1;
        QVERIFY(fix.press());
        QVERIFY(fix.dialog->isExporting());
        QVERIFY(fix.ended());
        QVERIFY(fs::last_write_time(fix.out() / "tiny-F32.gguf") > before);
        // The file dialog has asked already.
        fix.dialogs.saveTo = text(fix.out() / "tiny-F32.gguf");
        fix.dialog->browseButton()->click();
        QVERIFY(fix.measured());
        QVERIFY(fix.press());
        QCOMPARE(fix.dialogs.questions.size(), 2);
        QVERIFY(fix.ended());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
    }

    void target_browsedFolder_getsTheName() {
        Fixture fix;
        fix.open();
        makeFolders(fix.folder / "elsewhere");
        fix.dialogs.folder = text(fix.folder / "elsewhere");
        fix.dialog->browseButton()->click();
        QCOMPARE(fix.dialog->targetLine()->text(), text(fix.folder / "elsewhere" / "tiny"));
        QVERIFY(fix.measured());
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        fix.open();  // the next day
        QCOMPARE(fix.dialog->targetLine()->text(), text(fix.folder / "elsewhere" / "tiny"));
    }

    void stop_whileItLoads_leavesNothing() {
        Fixture fix;
        fix.waits = true;
        fix.open();
        QVERIFY(fix.press());
        QTRY_COMPARE(fix.dialog->progress()->share(), 0.5);
        fix.dialog->progress()->stopButton()->click();
        QVERIFY(fix.ended());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Info);
        QVERIFY(!fs::exists(fix.out() / "tiny"));
        fix.waits = false;
        QVERIFY(fix.measured());
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        QVERIFY(fs::exists(fix.out() / "tiny"));
    }

    void export_folder_showsTheBytesWritten_andStops() {
        Fixture fix;
        fix.waitsWriting = true;
        fix.open();
        QVERIFY(fix.press());
        QTRY_COMPARE(fix.dialog->progress()->share(), 0.25);
        QVERIFY2(fix.dialog->progress()->text().startsWith(QStringLiteral("Writing: 250 kB of ")),
                 qPrintable(fix.dialog->progress()->text()));
        fix.dialog->progress()->stopButton()->click();
        QVERIFY(fix.ended());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Info);
        QVERIFY(!fs::exists(fix.out() / "tiny"));
    }

    void stop_whenAllIsWritten_isTooLate_data() {
        QTest::addColumn<bool>("closes");
        QTest::newRow("stopped") << false;
        QTest::newRow("stopped and closed") << true;
    }
    void stop_whenAllIsWritten_isTooLate() {
        QFETCH(bool, closes);
        Fixture fix;
        fix.waitsAtTheEnd = true;
        fix.open();
        QVERIFY(fix.press());
        QTRY_VERIFY(fix.written);
        if (closes) {
            fix.dialogs.answer = 1;
            fix.dialog->close();
        } else {
            fix.dialog->progress()->stopButton()->click();
        }
        QVERIFY(fix.ended());
        QTRY_COMPARE(fix.dialog->note()->kind(), NoteKind::Ok);
        QVERIFY2(fix.dialog->note()->text().contains(QStringLiteral("was written")),
                 qPrintable(fix.dialog->note()->text()));
        QVERIFY(fs::exists(fix.out() / "tiny"));
        QVERIFY(fix.dialog->isVisible());
        fix.dialog->close();
        QTRY_VERIFY(!fix.dialog->isVisible());
    }

    void fail_inTheEngine_isOneClearLine() {
        Fixture fix;
        fix.fails = true;
        fix.open();
        QVERIFY(fix.press());
        QVERIFY(fix.ended());
        QCOMPARE(fix.dialog->note()->kind(), NoteKind::Error);
        QVERIFY2(fix.dialog->note()->text().contains(QStringLiteral("Choose a smaller one.")),
                 qPrintable(fix.dialog->note()->text()));
        QVERIFY(fix.measured());
        QVERIFY(fix.dialog->exportButton()->isEnabled());
    }

    void close_whileItExports_asksFirst() {
        Fixture fix;
        fix.waits = true;
        fix.open();
        QVERIFY(fix.press());
        fix.dialog->close();  // the safe answer
        QCOMPARE(fix.dialogs.questions.size(), 1);
        QVERIFY(fix.dialog->isVisible());
        fix.dialogs.answer = 1;
        fix.dialog->close();
        QTRY_VERIFY(!fix.dialog->isVisible());
        QVERIFY(!fs::exists(fix.out() / "tiny"));
    }

    void tab_throughTheDialog_readsLikeText() {
        Fixture fix;
        fix.openAdapter();
        // Of radio buttons Tab stops at the chosen one, from the moment that one of them has had the focus.
        fix.dialog->formatButton(ExportFormat::Folder)->setFocus();
        QCOMPARE(test::tabWalkProblem(fix.dialog.get()), QString());
    }
};

STUDIO_TEST(ModelExportDialogTest)
#include "model_export_dialog_test.moc"
