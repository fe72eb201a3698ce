// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/project.h"

#include "core/base/files.h"
#include "core/storage/database.h"
#include "core/storage/migrations.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

Record pair(const std::string& instruction, const std::string& output = "answer",
            const std::string& input = {}) {
    Record record;
    record.instruction = instruction;
    record.input = input;
    record.output = output;
    return record;
}

RecordQuery search(const std::string& words) {
    RecordQuery query;
    query.search = words;
    return query;
}

}  // namespace

class ProjectTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::TemporaryFolder> m_folder;
    std::unique_ptr<Project> m_project;

    std::string instructionOf(std::int64_t id) const { return m_project->record(id)->instruction; }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<test::TemporaryFolder>();
        m_project = Project::create(*m_folder / "cooking.ftproj");
    }
    void cleanup() {
        m_project.reset();
        m_folder.reset();
    }

    void create_newFolder_hasItsParts() {
        QCOMPARE(m_project->name(), std::string("cooking"));
        QVERIFY(fs::is_directory(m_project->runsFolder()) && fs::is_directory(m_project->modelsFolder()));
        QCOMPARE(m_project->schemaVersion(), currentSchemaVersion());
        QCOMPARE(m_project->counts().all, 0);
        STUDIO_COMPARE_ERROR(Project::create(*m_folder / "cooking.ftproj"), ErrorCode::InvalidArgument);
        QVERIFY(Project::create(*m_folder / "slash.ftproj/")->name() == "slash");
    }

    void open_notAProject_saidWhy() {
        STUDIO_COMPARE_ERROR(Project::open(*m_folder / "absent.ftproj"), ErrorCode::FileNotFound);
        makeFolders(*m_folder / "empty.ftproj");
        STUDIO_COMPARE_ERROR_TEXT(Project::open(*m_folder / "empty.ftproj"), ErrorCode::ProjectInvalid,
                                  "project.sqlite");
        writeFileAtomically(*m_folder / "empty.ftproj" / "project.sqlite", std::string(5000, 'x'));
        STUDIO_COMPARE_ERROR_TEXT(Project::open(*m_folder / "empty.ftproj"), ErrorCode::ProjectInvalid,
                                  "backup");
        fs::remove(*m_folder / "empty.ftproj" / "project.sqlite");
        { Database other(*m_folder / "empty.ftproj" / "project.sqlite", true); }
        STUDIO_COMPARE_ERROR(Project::open(*m_folder / "empty.ftproj"), ErrorCode::ProjectInvalid);
    }

    void open_damagedDatabase_projectInvalid() {
        m_project->add(
            std::vector<Record>(300, pair("a long instruction that fills pages", std::string(500, 'o'))));
        m_project.reset();
        const fs::path file = *m_folder / "cooking.ftproj" / "project.sqlite";
        std::string bytes = readFile(file);
        // Page 1 stays whole, so that only the check can find out.
        for (std::size_t i = 3 * 4096; i < bytes.size(); i += 7) bytes[i] = '\x5a';
        writeFileAtomically(file, bytes);
        STUDIO_COMPARE_ERROR_TEXT(Project::open(*m_folder / "cooking.ftproj"), ErrorCode::ProjectInvalid,
                                  "damaged");
    }

    void open_newerSchema_projectNewer() {
        m_project.reset();
        {
            Database(*m_folder / "cooking.ftproj" / "project.sqlite", false)
                .execute("PRAGMA user_version = 999");
        }
        STUDIO_COMPARE_ERROR(Project::open(*m_folder / "cooking.ftproj"), ErrorCode::ProjectNewer);
    }

    void open_schemaVersionOne_migratedWithItsRecords() {
        const fs::path folder = *m_folder / "old.ftproj";
        makeFolders(folder);
        {
            Database old(folder / "project.sqlite", true);
            migrate(old, 1);
            old.execute(
                "INSERT INTO records (kind, instruction, input, output, system, messages, chosen, rejected, "
                "source, "
                "provenance, status, split, tags, extra, keys, created, updated) VALUES ('pair', 'old "
                "question', '', "
                "'old answer', '', '', '', '', 'f.json', 'real', 'accepted', 'train', '[]', '{\"id\":5}', "
                "'[]', 1, 2)");
            QCOMPARE(studio::schemaVersion(old), 1);
        }
        const auto project = Project::open(folder);
        QCOMPARE(project->schemaVersion(), currentSchemaVersion());
        QCOMPARE(project->ids(search("question")).size(), std::size_t(1));
        QCOMPARE(project->record(1)->extra.dump(), std::string("{\"id\":5}"));
        Record record = *project->record(1);
        record.output = "new answer";
        project->update(record);
        project->undo();
        QCOMPARE(project->record(1)->output, std::string("old answer"));
    }

    void add_everyField_readBackEqual() {
        Record record = pair("i", "o", "in");
        record.system = "s";
        record.tags = {"x", "红"};
        record.extra = OrderedJson::parse(R"({"z":1,"a":{"b":[null,2.5]}})");
        record.keys = {"z", "instruction", "a"};
        record.status = RecordStatus::Draft;
        record.split = Split::Test;
        record.provenance = Provenance::Generated;
        record.source = "f.json";
        const std::vector<std::int64_t> ids = m_project->add({record});
        Record expected = record;
        expected.id = ids.front();
        Record stored = *m_project->record(ids.front());
        QVERIFY(stored.created > 0 && stored.created == stored.updated);
        stored.created = stored.updated = 0;
        QVERIFY(stored == expected);
    }

    void add_invalidUtf8_nothingStored() {
        STUDIO_COMPARE_ERROR(m_project->add({pair("good"), pair("bad \xff")}), ErrorCode::BadEncoding);
        QCOMPARE(m_project->counts().all, 0);
        QVERIFY(!m_project->undoInfo());
    }

    void add_cancelled_rolledBack() {
        std::stop_source stop;
        const auto progress = [&stop](const Progress& p) {
            if (p.done >= 200) stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(
            m_project->add(std::vector<Record>(1000, pair("x")), "import", progress, stop.get_token()),
            Cancelled);
        QCOMPARE(m_project->counts().all, 0);
        QVERIFY(m_project->ids(search("x")).empty());
        QVERIFY(!m_project->undoInfo());
    }

    void ids_removedRecord_neverGivenAgain() {
        const std::int64_t last = m_project->add({pair("a"), pair("b")}).back();
        m_project->remove({last});
        QVERIFY(m_project->add({pair("c")}).front() > last);
    }

    void ids_filtersAndOrders_asAsked() {
        Record draft = pair("Beta"), test = pair("alpha"), other = pair("gamma");
        draft.status = RecordStatus::Draft;
        test.split = Split::Test;
        other.source = "other.json";
        const std::vector<std::int64_t> ids = m_project->add({draft, test, other});
        RecordQuery query;
        query.order = RecordQuery::Order::Instruction;
        QCOMPARE(m_project->ids(query), (std::vector<std::int64_t>{ids[1], ids[0], ids[2]}));
        query.descending = true;
        QCOMPARE(m_project->ids(query), (std::vector<std::int64_t>{ids[2], ids[0], ids[1]}));
        query = {};
        query.status = RecordStatus::Draft;
        QCOMPARE(m_project->ids(query), std::vector<std::int64_t>{ids[0]});
        query = {};
        query.split = Split::Test;
        QCOMPARE(m_project->count(query), 1);
        query = {};
        query.source = "other.json";
        QCOMPARE(m_project->records(query).front().id, ids[2]);
        query = {};
        query.ids = {ids[2], ids[0]};
        QCOMPARE(m_project->ids(query), (std::vector<std::int64_t>{ids[0], ids[2]}));
        QCOMPARE(m_project->sources(), (std::vector<std::string>{"", "other.json"}));
        QCOMPARE(m_project->counts().accepted, 2);
        QCOMPARE(m_project->counts().test, 1);
        QCOMPARE(m_project->recordsById({ids[2], 999, ids[0]}).front().id, ids[2]);
    }

    void search_words_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("hits");
        QTest::newRow("whole word, any case") << "CREPES" << 1;
        QTest::newRow("beginning of the last word") << "making cre" << 1;
        QTest::newRow("beginning of an earlier word") << "mak crepes" << 0;
        QTest::newRow("all words must occur") << "crepes recycling" << 0;
        QTest::newRow("words of different fields") << "crepes flour" << 1;
        QTest::newRow("two Chinese characters") << "细胞" << 1;
        QTest::newRow("inside a Chinese run") << "胞理论" << 1;
        QTest::newRow("characters that are not adjacent") << "细理" << 0;
        QTest::newRow("Chinese and other words") << "理论 cell" << 1;
        QTest::newRow("quotes and operators") << "\"crepes\" -AND* (" << 0;
        QTest::newRow("operator words") << "crepes OR recycling" << 0;
        QTest::newRow("quoted word") << "\"crepes\"" << 1;
        QTest::newRow("punctuation only") << "?!" << 1;
        QTest::newRow("blank") << "   " << 3;
    }
    void search_words() {
        QFETCH(QString, words);
        QFETCH(int, hits);
        m_project->add({pair("Describe making crepes.", "Take flour."), pair("解释细胞理论。", "Cell theory"),
                        pair("Why recycling?!", "Because")});
        QCOMPARE(m_project->count(search(words.toStdString())), hits);
    }

    void search_afterEditDeleteUndo_inStep() {
        const std::int64_t id = m_project->add({pair("first words")}).front();
        Record record = *m_project->record(id);
        record.instruction = "second words";
        m_project->update(record);
        QCOMPARE(m_project->count(search("first")), 0);
        QCOMPARE(m_project->count(search("second")), 1);
        m_project->remove({id});
        QCOMPARE(m_project->count(search("second")), 0);
        m_project->undo();
        QCOMPARE(m_project->count(search("second")), 1);
        m_project->undo();
        QCOMPARE(m_project->count(search("first")), 1);
    }

    void update_textAndStatus_provenanceAndTime() {
        const std::int64_t id = m_project->add({pair("a")}).front();
        Record record = *m_project->record(id);
        record.status = RecordStatus::Rejected;
        m_project->update(record);
        QVERIFY(m_project->record(id)->provenance == Provenance::Real);
        record.output = "other";
        m_project->update(record);
        QVERIFY(m_project->record(id)->provenance == Provenance::Edited);
        m_project->undo();
        QVERIFY(m_project->record(id)->provenance == Provenance::Real);
        record.id = 12345;
        STUDIO_COMPARE_ERROR(m_project->update(record), ErrorCode::InvalidArgument);
    }

    void update_nothingChanged_noJournalEntry() {
        const std::int64_t id = m_project->add({pair("a")}).front();
        m_project->update(*m_project->record(id));
        QCOMPARE(m_project->undoInfo()->kind, std::string("add"));
    }

    void undoRedo_everyKind_thereAndBack() {
        const std::vector<std::int64_t> ids = m_project->add({pair("a"), pair("b"), pair("c")}, "import");
        Record record = *m_project->record(ids[0]);
        record.instruction = "a2";
        m_project->update(record);
        const std::vector<std::int64_t> copies = m_project->duplicate({ids[1]});
        QVERIFY(copies.front() > ids[2]);
        m_project->remove({ids[0], ids[2]});
        m_project->split({0.25, 0.25, 1});
        const std::vector<Record> end = m_project->records({});

        std::vector<std::string> kinds;
        while (const auto info = m_project->undoInfo()) {
            kinds.push_back(info->kind);
            QVERIFY(m_project->undo().has_value());
        }
        QVERIFY(!m_project->undo().has_value());
        QCOMPARE(m_project->counts().all, 0);
        QCOMPARE(kinds.back(), std::string("import"));
        int redone = 0;
        while (m_project->redo()) ++redone;
        QCOMPARE(redone, static_cast<int>(kinds.size()));
        QVERIFY(m_project->records({}) == end);
    }

    void undo_answer_idsThatExistAfterwards() {
        const std::vector<std::int64_t> ids = m_project->add({pair("a"), pair("b")});
        m_project->remove({ids[1]});
        QCOMPARE(*m_project->undo(), std::vector<std::int64_t>{ids[1]});
        QVERIFY(m_project->redo()->empty());
    }

    void undo_afterReopening_stillThere() {
        const std::int64_t id = m_project->add({pair("a")}).front();
        Record record = *m_project->record(id);
        record.instruction = "b";
        m_project->update(record);
        m_project.reset();
        m_project = Project::open(*m_folder / "cooking.ftproj");
        m_project->undo();
        QCOMPARE(instructionOf(id), std::string("a"));
        m_project.reset();
        m_project = Project::open(*m_folder / "cooking.ftproj");
        QCOMPARE(m_project->redoInfo()->kind, std::string("edit"));
        m_project->redo();
        QCOMPARE(instructionOf(id), std::string("b"));
    }

    void redo_newChange_dropped() {
        const std::int64_t id = m_project->add({pair("a")}).front();
        m_project->duplicate({id});
        m_project->undo();
        QVERIFY(m_project->redoInfo().has_value());
        m_project->add({pair("new")});
        QVERIFY(!m_project->redoInfo().has_value());
        QVERIFY(!m_project->redo().has_value());
    }

    void undo_manyChanges_hundredKept() {
        const std::int64_t id = m_project->add({pair("0")}).front();
        for (int i = 1; i <= 130; ++i) {
            Record record = *m_project->record(id);
            record.instruction = std::to_string(i);
            m_project->update(record);
        }
        int undone = 0;
        while (m_project->undo()) ++undone;
        QCOMPARE(undone, 100);
        QCOMPARE(instructionOf(id), std::string("30"));
    }

    void update_coalesced_oneChange() {
        const std::int64_t id = m_project->add({pair("a")}).front();
        Record record = *m_project->record(id);
        for (const char* text : {"ab", "abc", "abcd"}) {
            record.instruction = text;
            m_project->update(record, true);
        }
        record.output = "another field";
        m_project->update(record, true);
        m_project->undo();
        QCOMPARE(instructionOf(id), std::string("abcd"));
        m_project->undo();
        QCOMPARE(instructionOf(id), std::string("a"));
        m_project->redo();
        QCOMPARE(instructionOf(id), std::string("abcd"));
    }

    void split_again_oneUndoableChange() {
        std::vector<Record> records;
        for (int i = 0; i < 100; ++i) records.push_back(pair("q" + std::to_string(i)));
        records.front().status = RecordStatus::Draft;
        m_project->add(records);
        m_project->split({0.1, 0.2, 5});
        const RecordCounts counts = m_project->counts();
        QCOMPARE(counts.train + counts.validation + counts.test, 99);
        QCOMPARE(counts.validation, 10);
        QCOMPARE(counts.test, 20);
        QCOMPARE(m_project->undoInfo()->rows, 99);
        m_project->undo();
        QCOMPARE(m_project->counts().unassigned, 99);
    }

    void settings_setTwice_lastOneKept() {
        QVERIFY(!m_project->setting("template"));
        m_project->setSetting("template", "alpaca");
        m_project->setSetting("template", "plain");
        QCOMPARE(*m_project->setting("template"), std::string("plain"));
    }

    void snapshotHash_anyText_changesIt() {
        Record one = pair("a", "b", "c");
        one.id = 1;
        const std::string hash = Project::snapshotHash({one});
        QCOMPARE(hash.size(), std::size_t(64));
        QCOMPARE(Project::snapshotHash({one}), hash);
        Record moved = pair("ab", "", "c");
        moved.id = 1;
        QVERIFY(Project::snapshotHash({moved}) != hash);
        one.split = Split::Train;
        QVERIFY(Project::snapshotHash({one}) != hash);
    }

    void trainingRecords_noSplit_fivePercentForValidation() {
        std::vector<Record> records;
        for (int i = 0; i < 40; ++i) records.push_back(pair("q" + std::to_string(i)));
        records[0].status = RecordStatus::Rejected;
        m_project->add(records);
        const TrainingRecords training = trainingRecords(*m_project);
        QVERIFY(training.validationTakenFromTrain);
        QCOMPARE(training.validation.size(), std::size_t(2));
        QCOMPARE(training.train.size(), std::size_t(37));
    }

    void trainingRecords_twoRows_oneEach() {
        m_project->add({pair("a"), pair("b")});
        QCOMPARE(trainingRecords(*m_project).validation.size(), std::size_t(1));
        QCOMPARE(trainingRecords(*m_project).train.size(), std::size_t(1));
    }

    void trainingRecords_onlyOneRowAnswered_isNotTakenForValidation() {
        Record empty = pair("b");
        empty.output = "  ";
        m_project->add({pair("a"), empty});
        const TrainingRecords training = trainingRecords(*m_project);
        QVERIFY(training.validation.empty());
        QVERIFY(!training.validationTakenFromTrain);
        QCOMPARE(training.train.size(), std::size_t(2));
    }

    void trainingRecords_onlyATestRowSet_theOthersStillTrain() {
        Record test = pair("c");
        test.split = Split::Test;
        m_project->add({pair("a"), pair("b"), pair("d"), test});
        const TrainingRecords training = trainingRecords(*m_project);
        QCOMPARE(training.train.size() + training.validation.size(), std::size_t(3));
        QVERIFY(training.leftOut.empty());
    }

    void patience_otherConnectionStores_failsSoonAndChangesNothing() {
        const auto other = Project::open(*m_folder / "cooking.ftproj");
        other->setPatience(50);
        bool refused = false;
        // From within the other's transaction: its progress function is called while it stores.
        m_project->add(std::vector<Record>(3000, pair("x")), "add", [&](const Progress& progress) {
            if (refused || progress.done == 0) return;
            try {
                other->setSetting("key", "value");
            } catch (const Error& error) {
                refused = error.code() == ErrorCode::DatabaseFailed;
            }
        });
        QVERIFY(refused);
        QVERIFY(!other->setting("key"));
        other->setSetting("key", "value");
        QCOMPARE(*m_project->setting("key"), std::string("value"));
    }

    void trainingRecords_splitSet_testAndUnassignedLeftOut() {
        Record train = pair("a"), validation = pair("b"), test = pair("c"), none = pair("d");
        train.split = Split::Train;
        validation.split = Split::Validation;
        test.split = Split::Test;
        m_project->add({train, validation, test, none});
        const TrainingRecords training = trainingRecords(*m_project);
        QVERIFY(!training.validationTakenFromTrain);
        QCOMPARE(training.train.size(), std::size_t(1));
        QCOMPARE(training.train.front().instruction, std::string("a"));
        QCOMPARE(training.validation.front().instruction, std::string("b"));
        QCOMPARE(training.leftOut.size(), std::size_t(1));
    }

    void twoConnections_oneProject_seeEachOther() {
        const auto other = Project::open(*m_folder / "cooking.ftproj");
        const std::int64_t id = m_project->add({pair("a")}).front();
        Record record = *other->record(id);
        record.instruction = "changed elsewhere";
        other->update(record);
        QCOMPARE(instructionOf(id), std::string("changed elsewhere"));
        m_project->undo();
        QCOMPARE(other->record(id)->instruction, std::string("a"));
    }
};

STUDIO_TEST(ProjectTest)
#include "project_test.moc"
