// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_trash.h"

#include <chrono>

#include "core/storage/process_mark.h"
#include "core/storage/run_notes.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/made_runs.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

class RunTrashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void delete_andRestore_bringsEverythingBack() {
        test::TemporaryFolder runs;
        const RunFolder folder = test::makeRun(runs.path(), {.name = "a"});
        writeRunNotes(folder.path(), {"a note", {}});
        const TrashedRun gone = moveRunToTrash(runs.path(), "a");
        QVERIFY(!fs::exists(runs / "a"));
        QVERIFY(listRuns(runs.path()).empty());
        QVERIFY(fs::exists(gone.folder / "model" / "config.json"));
        const std::vector<TrashedRun> trash = listTrash(runs.path());
        QCOMPARE(trash.size(), 1U);
        QCOMPARE(trash.front().name, std::string("a"));
        QCOMPARE(trash.front().deleted, gone.deleted);
        restoreRun(runs.path(), trash.front(), "a");
        QCOMPARE(listRuns(runs.path()).size(), 1U);
        QCOMPARE(readRunNotes(runs / "a").note, std::string("a note"));
        QVERIFY(!fs::exists(runs / "a" / ".deleted.json"));
        QVERIFY(listTrash(runs.path()).empty());
    }

    void delete_runAtWork_isRefusedAndLeavesIt() {
        test::TemporaryFolder runs;
        test::MadeRun made{.name = "busy"};
        made.state = "training";
        test::makeRun(runs.path(), made);
        const RunLock held(runs / "busy");
        STUDIO_COMPARE_ERROR_TEXT(moveRunToTrash(runs.path(), "busy"), ErrorCode::RunBusy, "busy");
        QVERIFY(fs::exists(runs / "busy" / "run.json"));
    }

    void delete_interruptedAndDamagedRun_works() {
        test::TemporaryFolder runs;
        test::MadeRun made{.name = "lost"};
        made.state = "training";
        test::makeRun(runs.path(), made);
        test::makeRun(runs.path(), {.name = "damaged"});
        writeFileAtomically(runs / "damaged" / "status.json", "{");
        moveRunToTrash(runs.path(), "lost");
        moveRunToTrash(runs.path(), "damaged");
        QCOMPARE(listTrash(runs.path()).size(), 2U);
    }

    void delete_cannotBeMoved_leavesTheRunWithoutAMark() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "a"});
        // A trash on another disk: what is there cannot be renamed to.
        const fs::path elsewhere = "/dev/shm/studio-trash-" + std::to_string(ownProcessId());
        std::error_code failed;
        fs::create_directory(elsewhere, failed);
        if (failed) QSKIP("there is no second file system");
        fs::create_directory_symlink(elsewhere, runs / ".trash");
        const auto thrown = test::errorOf([&] { moveRunToTrash(runs.path(), "a"); });
        fs::remove_all(elsewhere);
        if (!thrown) QSKIP("the temporary folder is on the same file system");
        QVERIFY(thrown->code() == ErrorCode::FileUnwritable);
        QVERIFY(fs::exists(runs / "a" / "run.json"));
        QVERIFY(!fs::exists(runs / "a" / ".deleted.json"));
    }

    void delete_oldRunWithoutRoomForAMark_isNotOld() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "a"});
        makeFolders(runs / "a" / ".deleted.json" / "in the way");
        fs::last_write_time(runs / "a", fs::file_time_type::clock::now() - std::chrono::hours(24 * 365));
        moveRunToTrash(runs.path(), "a");
        QCOMPARE(removeOldTrash(runs.path(), unixTime() - 60), 0);
        QCOMPARE(listTrash(runs.path()).size(), 1U);
    }

    void delete_whatIsNoRun_isRefused() {
        test::TemporaryFolder runs;
        makeFolders(runs / "folder");
        for (const char* name : {"", "none", "folder", ".trash", "../x", "a/b"})
            STUDIO_COMPARE_ERROR(moveRunToTrash(runs.path(), name), ErrorCode::FileNotFound);
    }

    void delete_twoOfOneName_bothLieInTheTrash() {
        test::TemporaryFolder runs;
        for (int i = 0; i < 2; ++i) {
            test::makeRun(runs.path(), {.name = "a", .created = i});
            moveRunToTrash(runs.path(), "a");
        }
        const std::vector<TrashedRun> trash = listTrash(runs.path());
        QCOMPARE(trash.size(), 2U);
        QCOMPARE(trash[0].name, std::string("a"));
        QCOMPARE(trash[1].name, std::string("a"));
        QVERIFY(trash[0].folder != trash[1].folder);
    }

    void restore_nameTakenMeanwhile_saysSoAndKeepsBoth() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "a"});
        const TrashedRun gone = moveRunToTrash(runs.path(), "a");
        test::makeRun(runs.path(), {.name = "a"});
        STUDIO_COMPARE_ERROR(restoreRun(runs.path(), gone, "a"), ErrorCode::RunExists);
        STUDIO_COMPARE_ERROR(restoreRun(runs.path(), gone, "a/b"), ErrorCode::InvalidArgument);
        QCOMPARE(listTrash(runs.path()).size(), 1U);
        restoreRun(runs.path(), gone, "a-again");
        QCOMPARE(listRuns(runs.path()).size(), 2U);
        STUDIO_COMPARE_ERROR(restoreRun(runs.path(), gone, "b"), ErrorCode::FileNotFound);
    }

    void oldTrash_isRemovedAlone() {
        test::TemporaryFolder runs;
        test::makeRun(runs.path(), {.name = "old"});
        test::makeRun(runs.path(), {.name = "new"});
        const TrashedRun old = moveRunToTrash(runs.path(), "old");
        moveRunToTrash(runs.path(), "new");
        writeFileAtomically(old.folder / ".deleted.json", "{\"name\":\"old\",\"deleted\":1000}");
        QCOMPARE(removeOldTrash(runs.path(), 2000), 1);
        QCOMPARE(listTrash(runs.path()).size(), 1U);
        QCOMPARE(listTrash(runs.path()).front().name, std::string("new"));
        QCOMPARE(emptyTrash(runs.path()), 1);
        QVERIFY(listTrash(runs.path()).empty());
        QCOMPARE(emptyTrash(runs.path()), 0);
    }
};

STUDIO_TEST(RunTrashTest)
#include "run_trash_test.moc"
