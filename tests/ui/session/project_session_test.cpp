// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/project_session.h"

#include <QElapsedTimer>

#include "core/base/error.h"
#include "core/formats/adapter_files.h"
#include "tests/support/assets.h"
#include "tests/support/made_runs.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"
#include "ui/session/model_paths.h"

namespace fs = std::filesystem;
using namespace studio;
using namespace studio::ui;

namespace {

Record pairOf(const std::string& instruction) {
    Record record;
    record.instruction = instruction;
    record.output = "Yes.";
    return record;
}

/// Without the embedded model, which not every build has.
std::vector<ModelChoice> ofFolder(std::vector<ModelChoice> models, const fs::path& folder) {
    std::erase_if(models, [&](const ModelChoice& model) {
        return model.kind == ModelChoice::Kind::Embedded ||
               model.place().string().rfind(folder.string(), 0) != 0;
    });
    return models;
}

}  // namespace

class ProjectSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void project_notOpen_throws() {
        ProjectSession session;
        QVERIFY(!session.isOpen());
        QVERIFY_EXCEPTION_THROWN(session.project(), Error);
        QVERIFY(session.runs().empty());
        QCOMPARE(session.cutoff(), qint64(512));
        QVERIFY(!session.currentTemplate().name.empty());
    }

    void choices_reopened_areTheSame() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        test::TemporaryFolder folder;
        const fs::path path = folder / "a.ftproj";
        {
            ProjectSession session;
            session.createProject(path);
            session.setCutoff(96);
            session.setCurrentTemplate(QStringLiteral("plain"));
            session.addModelFolder(model);
            session.setBaseModel(model);
            QVERIFY(session.tokenizer());
            const auto ids = session.addRecords({pairOf("One?"), pairOf("Two?")}, QStringLiteral("add"));
            session.setCurrentRow(ids[1]);
        }
        ProjectSession session;
        session.openProject(path);
        QCOMPARE(session.cutoff(), qint64(96));
        QCOMPARE(session.currentTemplate().name, std::string("plain"));
        QVERIFY(sameFolder(session.baseModel(), model));
        QVERIFY(session.tokenizer());
        QCOMPARE(session.currentRow(), qint64(2));
    }

    void rowChosen_whileAnotherConnectionStores_doesNotWait() {
        test::TemporaryFolder folder;
        ProjectSession session;
        session.createProject(folder / "a.ftproj");
        Record record;
        record.instruction = "a";
        record.output = "b";
        const auto ids = session.addRecords({record, record}, QStringLiteral("add"));
        const auto importing = Project::open(folder / "a.ftproj");
        bool chosen = false;
        qint64 waited = 0;
        importing->add(std::vector<Record>(3000, record), "import", [&](const Progress& progress) {
            if (chosen || progress.done == 0) return;
            QElapsedTimer clock;
            clock.start();
            session.setCurrentRow(ids.back());
            waited = clock.elapsed();
            chosen = true;
        });
        QVERIFY(chosen);
        QCOMPARE(session.currentRow(), qint64(ids.back()));
        QVERIFY2(waited < 1000, qPrintable(QString::number(waited)));  // it was ten seconds
    }

    void cutoff_shorterContext_isLoweredWhileThatModelIsChosen() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");  // context 512
        test::TemporaryFolder folder;
        ProjectSession session;
        session.createProject(folder / "a.ftproj");
        session.setBaseModel(folder.path());  // no model: nothing is known of its context
        QCOMPARE(session.modelContext(), qint64(0));
        session.setCutoff(2000);
        QSignalSpy changed(&session, &ProjectSession::cutoffChanged);
        session.setBaseModel(model);
        QCOMPARE(session.modelContext(), qint64(512));
        QCOMPARE(session.cutoff(), qint64(512));
        QCOMPARE(changed.count(), 1);
        session.setBaseModel(folder.path());
        QCOMPARE(session.cutoff(), qint64(2000));  // what was wanted was not forgotten
    }

    void setBaseModel_withoutTokenizer_saysWhy() {
        test::TemporaryFolder folder;
        ProjectSession session;
        session.createProject(folder / "a.ftproj");
        fs::create_directories(folder / "hollow");
        session.setBaseModel(folder / "hollow");
        QVERIFY(!session.tokenizer());
        QVERIFY(session.tokenizerProblem().contains(QStringLiteral("hollow")));
    }

    void records_changes_areAnnounced() {
        test::TemporaryFolder folder;
        ProjectSession session;
        session.createProject(folder / "a.ftproj");
        QSignalSpy reloaded(&session, &ProjectSession::recordsChanged);
        QSignalSpy edited(&session, &ProjectSession::recordEdited);
        QSignalSpy undoable(&session, &ProjectSession::undoStateChanged);
        const auto ids = session.addRecords({pairOf("One?")}, QStringLiteral("add"));
        QCOMPARE(reloaded.count(), 1);
        Record record = *session.project().record(ids[0]);
        record.output = "No.";
        session.updateRecord(record, false);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(edited[0][0].toLongLong(), qint64(ids[0]));
        session.undo();
        QCOMPARE(edited.count(), 2);
        QCOMPARE(session.project().record(ids[0])->output, std::string("Yes."));
        session.setCurrentRow(ids[0]);
        session.removeRecords(ids);
        QCOMPARE(session.currentRow(), qint64(0));
        session.undo();
        QVERIFY(session.project().record(ids[0]));
        session.redo();
        QVERIFY(!session.project().record(ids[0]));
        QCOMPARE(undoable.count(), 6);
    }

    void answerers_loraRun_offersItsAdapterAndItsModel() {
        const test::TemporaryFolder folder;
        const fs::path base = folder / "base";
        test::writeSmallModel(base);
        ProjectSession session;
        session.createProject(folder / "a.ftproj");
        session.setBaseModel(base);
        const RunFolder run = test::makeRun(session.project().runsFolder(), {.name = "tuned", .base = base});
        test::writeAdapter(run.adapterFolder(), readModelConfig(base), {.base = base.string()});
        const std::vector<ModelChoice> all = ofFolder(session.answerers(), folder.path());
        QCOMPARE(static_cast<int>(all.size()), 3);
        QCOMPARE(all[0].title, QStringLiteral("tuned (adapter on base)"));
        QCOMPARE(all[0].folder, base);
        QCOMPARE(all[0].adapter, run.adapterFolder());
        QCOMPARE(all[0].place(), run.adapterFolder());
        QVERIFY(all[0].kind == ModelChoice::Kind::Run);
        QCOMPARE(all[1].title, QStringLiteral("tuned (merged)"));
        QCOMPARE(all[1].place(), run.modelFolder());
        QVERIFY(all[1].adapter.empty());
        QCOMPARE(all[2].title, QStringLiteral("base"));
        // Training has no use for adapters.
        const std::vector<ModelChoice> models = ofFolder(session.models(), folder.path());
        QCOMPARE(static_cast<int>(models.size()), 2);
        QCOMPARE(models[0].title, QStringLiteral("tuned"));
    }

    void adapters_opened_areKeptWithTheirBases() {
        const test::TemporaryFolder folder;
        const fs::path base = folder / "base", lora = folder / "lora";
        test::writeSmallModel(base);
        test::writeAdapter(lora, readModelConfig(base), {.base = "someone/base"});
        {
            ProjectSession session;
            session.createProject(folder / "a.ftproj");
            QSignalSpy told(&session, &ProjectSession::modelsChanged);
            session.addAdapter(lora, base);
            session.addAdapter(fs::path(lora.string() + "/"), base);  // it is there already
            QCOMPARE(told.size(), 1);
        }
        ProjectSession session;
        session.openProject(folder / "a.ftproj");
        QCOMPARE(session.adapters().size(), std::size_t(1));
        std::vector<ModelChoice> all = ofFolder(session.answerers(), folder.path());
        QCOMPARE(static_cast<int>(all.size()), 1);
        QCOMPARE(all[0].title, QStringLiteral("lora (adapter on base)"));
        QVERIFY(sameFolder(all[0].folder, base) && sameFolder(all[0].adapter, lora));
        session.addAdapter(lora, folder / "other");  // not on this machine: it is not offered
        QVERIFY(ofFolder(session.answerers(), folder.path()).empty());
        QVERIFY(session.removeAdapter(lora));
        QVERIFY(!session.removeAdapter(lora));
        QVERIFY(session.adapters().empty());
        QVERIFY(fs::exists(lora / kAdapterConfigFile));
    }

    void answerers_chosenBaseHasGone_takesTheUsers() {
        const test::TemporaryFolder folder;
        const fs::path base = folder / "base", moved = folder / "moved", lora = folder / "lora";
        test::writeSmallModel(base);
        test::writeAdapter(lora, readModelConfig(base), {.base = "someone/base"});
        ProjectSession session;
        session.createProject(folder / "a.ftproj");
        session.addAdapter(lora, base);
        fs::path users;
        session.setModelNames(
            {}, [&](const fs::path& adapter) { return sameFolder(adapter, lora) ? users : fs::path(); });
        const auto offered = [&] { return ofFolder(session.answerers(), folder.path()); };
        users = moved;
        QCOMPARE(static_cast<int>(offered().size()), 1);
        QVERIFY(sameFolder(offered()[0].folder, base));  // the project's goes before it
        test::writeSmallModel(moved);
        fs::remove(base / "config.json");
        QCOMPARE(static_cast<int>(offered().size()), 1);
        QVERIFY(sameFolder(offered()[0].folder, moved));
        users.clear();
        QVERIFY(offered().empty());  // its folder alone is no model
    }

    void modelText_insideProject_movesWithIt() {
        test::TemporaryFolder folder;
        const fs::path here = folder / "a.ftproj", there = folder / "b.ftproj";
        fs::create_directories(here / "runs/r1/model");
        fs::create_directories(there / "runs/r1/model");
        const std::string text = modelFolderToText(here / "runs/r1/model", here);
        QCOMPARE(text, std::string("project:runs/r1/model"));
        QVERIFY(sameFolder(modelFolderFromText(text, there), there / "runs/r1/model"));
        QVERIFY(modelFolderFromText("project:runs/gone/model", there).empty());
        QCOMPARE(folderTitle(here / "runs/r1/model"), QStringLiteral("r1"));
    }
};

STUDIO_TEST(ProjectSessionTest)
#include "project_session_test.moc"
