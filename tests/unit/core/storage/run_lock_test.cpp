// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_lock.h"

#include <chrono>
#include <future>
#include <memory>
#include <thread>

#include "core/base/files.h"
#include "core/storage/process_mark.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/other_process.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// What takes the lock of a folder, for a process of its own.
auto lockOf(const fs::path& folder) {
    return [folder] { return RunLock(folder); };
}

RunWriter self() {
    return {ownProcessId(), processMark(ownProcessId())};
}

}  // namespace

class RunLockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lock_heldByAnotherProcess_isRefusedWithItsName() {
        const test::TemporaryFolder folder;
        const test::OtherProcess holder(lockOf(folder.path()));
        QVERIFY(!lockIsFree(folder.path()));
        const std::string name = folder.path().filename().string();
        STUDIO_COMPARE_ERROR_TEXT(RunLock(folder.path()), ErrorCode::RunBusy,
                                  "The run " + name + " is in the hands of process " +
                                      std::to_string(holder.id()) + " on this machine");
    }

    void lock_ofAKilledProcess_isFree() {
        const test::TemporaryFolder folder;
        test::OtherProcess holder(lockOf(folder.path()));
        const std::int64_t id = holder.id();
        holder.kill();
        QVERIFY(lockIsFree(folder.path()));
        const RunLock lock(folder.path());
        QCOMPARE(lock.before().processId, id);
        QVERIFY(onThisHost(lock.before().mark));
    }

    void lock_twiceInOneProcess_isRefused() {
        const test::TemporaryFolder folder;
        QVERIFY(!lockIsFree(folder.path()));  // there is no lock file: nothing is known
        auto lock = std::make_unique<RunLock>(folder.path());
        QCOMPARE(lock->before(), RunWriter());
        STUDIO_COMPARE_ERROR(RunLock(folder.path()), ErrorCode::RunBusy);
        lock.reset();
        QCOMPARE(RunLock(folder.path()).before(), self());
    }

    void lock_folderMovedWhileItIsWaitedFor_isRefused() {
        const test::TemporaryFolder folder;
        fs::create_directories(folder / "run");
        auto lock = std::make_unique<RunLock>(folder / "run");
        auto waiting = std::async(std::launch::async,
                                  [&] { return test::errorOf([&] { const RunLock late(folder / "run"); }); });
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        fs::rename(folder / "run", folder / "moved");
        lock.reset();
        const auto thrown = waiting.get();
        // On a slow machine it comes after the move, and finds no folder.
        QVERIFY(thrown &&
                (thrown->code() == ErrorCode::RunBusy || thrown->code() == ErrorCode::FileUnwritable));
        QVERIFY(!fs::exists(folder / "run"));
        const RunLock next(folder / "moved");  // nobody has kept it
    }

    void lockHolder_looksWithoutLeavingATrace() {
        const test::TemporaryFolder folder;
        QVERIFY(!lockHolder(folder.path()));
        {
            const RunLock lock(folder.path());
            const auto holder = lockHolder(folder.path());
            QVERIFY(holder && holder->processId == ownProcessId());
            STUDIO_COMPARE_ERROR_TEXT(throwIfHeld(folder.path()), ErrorCode::RunBusy,
                                      "is in the hands of process " + std::to_string(ownProcessId()));
        }
        writeFileAtomically(folder / ".lock", "123 another-host boot 1\n");
        QVERIFY(!lockHolder(folder.path()));
        throwIfHeld(folder.path());
        QCOMPARE(RunLock(folder.path()).before().processId, std::int64_t{123});
    }

    void lock_folderNotThere_saysSo() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR(RunLock(folder / "absent"), ErrorCode::FileUnwritable);
    }

    void writerOf_everyCase_isDecided() {
        const RunWriter other{123, "another-host boot 1"};
        const RunWriter gone{ownProcessId(), self().mark.substr(0, self().mark.rfind(' ') + 1) + "1"};
        // It took the lock, and has let it go.
        QVERIFY(writerOf(self(), self(), true) == Writer::Gone);
        QVERIFY(writerOf(self(), self(), false) == Writer::Gone);
        QVERIFY(writerOf(other, other, true) == Writer::Gone);
        // Status missing or damaged: whom the lock file named.
        QVERIFY(writerOf({}, other, true) == Writer::Gone);
        QVERIFY(writerOf({}, self(), false) == Writer::Gone);
        // On a network file system another machine may not see the lock.
        QVERIFY(writerOf(other, other, false) == Writer::Unknown);
        QVERIFY(writerOf({}, other, false) == Writer::Unknown);
        // Processes that took no lock.
        QVERIFY(writerOf(self(), {}, true) == Writer::Alive);
        QVERIFY(writerOf(gone, {}, true) == Writer::Gone);
        QVERIFY(writerOf(other, {}, true) == Writer::Unknown);
        QVERIFY(writerOf({}, {}, true) == Writer::Unknown);
    }

    void lockDecides_hereAndNowhere() {
        QVERIFY(!lockDecides("/proc/self"));
        QVERIFY(!lockDecides("/absent"));
    }
};

STUDIO_TEST(RunLockTest)
#include "run_lock_test.moc"
