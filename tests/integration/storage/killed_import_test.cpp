// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "core/base/random.h"
#include "core/storage/database.h"
#include "core/storage/project.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kRows = 2000;

std::vector<Record> manyRecords() {
    std::vector<Record> records(kRows);
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].instruction = "Instruction " + std::to_string(i);
        records[i].output = std::string(300, 'o') + " word" + std::to_string(i);
    }
    return records;
}

/// Runs `work` in a child process and kills it after `delay`. Returns whether it was killed before its end.
template <typename Work>
bool killedDuring(Work work, std::chrono::microseconds delay) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            work();
        } catch (...) {
            ::_exit(1);
        }
        ::_exit(0);
    }
    std::this_thread::sleep_for(delay);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

}  // namespace

/// A killed process leaves a project that opens, with each change whole or absent.
class KilledImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void import_killedAtRandomMoments_wholeOrAbsent() {
        const test::TemporaryFolder folder;
        const fs::path path = folder / "killed.ftproj";
        Project::create(path);
        const std::vector<Record> records = manyRecords();
        Random random(7);
        int killed = 0;
        std::int64_t before = 0;
        for (int round = 0; round < 25; ++round) {
            const auto import = [&] {
                const auto project = Project::open(path);
                for (;;) project->add(records, "import");
            };
            killed += killedDuring(import, std::chrono::microseconds(random.below(400000)));
            const auto project = Project::open(path);
            const std::int64_t rows = project->counts().all;
            QVERIFY(rows >= before);
            QCOMPARE(rows % kRows, 0);
            RecordQuery word;
            word.search = "word7";
            word.ids = {};
            QCOMPARE(project->count(word),
                     rows / kRows * 111);  // word7, word70 … word79, word700 … word799 …, by prefix
            if (rows > 0) {
                QCOMPARE(project->undoInfo()->rows, kRows);
                project->undo();
                QCOMPARE(project->counts().all, rows - kRows);
                project->redo();
            }
            before = rows;
        }
        QCOMPARE(killed, 25);
        Database database(path / "project.sqlite", false);
        database.checkIntegrity();
        database.execute("INSERT INTO record_words (record_words) VALUES ('integrity-check')");
    }

    void create_killedAtRandomMoments_opensOrIsNotThere() {
        const test::TemporaryFolder folder;
        Random random(8);
        for (int round = 0; round < 25; ++round) {
            const fs::path path = folder / ("p" + std::to_string(round) + ".ftproj");
            killedDuring([&] { Project::create(path); }, std::chrono::microseconds(random.below(60000)));
            if (fs::exists(path)) QCOMPARE(Project::open(path)->counts().all, 0);
        }
    }

    void twoConnections_writingAtOnce_nothingLost() {
        const test::TemporaryFolder folder;
        const fs::path path = folder / "two.ftproj";
        Project::create(path);
        const auto write = [&path](const std::string& text) {
            const auto project = Project::open(path);
            Record record;
            record.output = "o";
            for (int i = 0; i < 50; ++i) {
                record.instruction = text + std::to_string(i);
                project->add({record});
            }
        };
        std::thread one(write, "one"), two(write, "two");
        one.join();
        two.join();
        const auto project = Project::open(path);
        QCOMPARE(project->counts().all, 100);
        RecordQuery words;
        words.search = "one1";
        QCOMPARE(project->count(words), 11);
    }
};

STUDIO_TEST(KilledImportTest)
#include "killed_import_test.moc"
