// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/small_disk.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

std::size_t entryCount(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

void commitFolder(const fs::path& destination, const std::string& content) {
    AtomicFolder folder(destination);
    writeFileAtomically(folder.path() / "one", content);
    makeFolders(folder.path() / "sub");
    writeFileAtomically(folder.path() / "sub" / "two", content);
    folder.commit();
}

/// From here on renameat2 fails in this process as on a file system that cannot exchange two folders.
bool forbidExchange() {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),  // the number of the system call
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{4, program};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace

class FilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makeFolders_ofAPlainName_isTheFolderOneStandsIn() {
        makeFolders(fs::path("model").parent_path());
        const test::TemporaryFolder folder;
        makeFolders(folder / "one/two");
        QVERIFY(fs::is_directory(folder / "one/two"));
    }

    void writeFileAtomically_replaces_andLeavesNothingBehind() {
        const test::TemporaryFolder folder;
        const std::string bytes("a\0b\n", 4);
        writeFileAtomically(folder / "file", "old");
        writeFileAtomically(folder / "file", bytes);
        QCOMPARE(readFile(folder / "file"), bytes);
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void writeFileAtomically_impossible_namesThePath() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR_TEXT(writeFileAtomically(folder / "none/file", "x"), ErrorCode::FileUnwritable,
                                  "none/file");
        makeFolders(folder / "taken");
        writeFileAtomically(folder / "taken/inside", "kept");
        STUDIO_COMPARE_ERROR_TEXT(writeFileAtomically(folder / "taken", "x"), ErrorCode::FileUnwritable,
                                  "is a folder");
        QCOMPARE(readFile(folder / "taken/inside"), std::string("kept"));
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void writeFileAtomically_diskFull_keepsTheOldFile() {
        if (!fs::exists("/dev/full")) QSKIP("this system has no /dev/full");
        STUDIO_COMPARE_ERROR_TEXT(LineAppender("/dev/full").append("x"), ErrorCode::DiskFull, "/dev/full");
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "file", "old");
        rlimit limit{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
        const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = limit;
        small.rlim_cur = 1024;
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto error =
            test::errorOf([&] { writeFileAtomically(folder / "file", std::string(4096, 'x')); });
        ::setrlimit(RLIMIT_FSIZE, &limit);
        std::signal(SIGXFSZ, oldHandler);
        QVERIFY(error.has_value());
        QVERIFY2(error->code() == ErrorCode::FileUnwritable, error->what());
        QCOMPARE(readFile(folder / "file"), std::string("old"));
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void readFile_missingOrFolder_isReported() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR_TEXT(readFile(folder / "none"), ErrorCode::FileNotFound, "none");
        STUDIO_COMPARE_ERROR(readFile(folder.path()), ErrorCode::FileUnreadable);
    }

    void atomicFile_withoutCommit_leavesNothing() {
        const test::TemporaryFolder folder;
        {
            AtomicFile file(folder / "file");
            file.append("half");
        }
        QCOMPARE(entryCount(folder.path()), std::size_t{0});
        AtomicFile file(folder / "file");
        file.append("one ");
        file.append("two");
        file.commit();
        QCOMPARE(readFile(folder / "file"), std::string("one two"));
    }

    void atomicFolder_newAndReplaced_areWhole() {
        const test::TemporaryFolder folder;
        commitFolder(folder / "model", "first");
        writeFileAtomically(folder / "model/extra", "of the old one");
        commitFolder(folder / "model", "second");
        QCOMPARE(readFile(folder / "model/one"), std::string("second"));
        QCOMPARE(readFile(folder / "model/sub/two"), std::string("second"));
        QVERIFY(!fs::exists(folder / "model/extra"));
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void atomicFolder_trailingSlash_isTheSameFolder() {
        const test::TemporaryFolder folder;
        commitFolder(folder / "model/", "first");
        commitFolder(folder / "model/", "second");
        QCOMPARE(readFile(folder / "model/one"), std::string("second"));
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
        QCOMPARE(entryCount(folder / "model"), std::size_t{2});
    }

    void atomicFolder_withoutCommit_keepsTheOldOne() {
        const test::TemporaryFolder folder;
        commitFolder(folder / "model", "first");
        {
            AtomicFolder unfinished(folder / "model");
            writeFileAtomically(unfinished.path() / "one", "second");
        }
        QCOMPARE(readFile(folder / "model/one"), std::string("first"));
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void atomicFolder_readersMeanwhile_alwaysFindIt() {
        const test::TemporaryFolder folder;
        commitFolder(folder / "model", "0");
        std::atomic<bool> done{false};
        std::atomic<int> looks{0};
        std::atomic<int> absent{0};
        std::thread reader([&] {
            while (!done) {
                if (::access((folder / "model").c_str(), F_OK) != 0) ++absent;
                ++looks;
            }
        });
        for (int round = 1; round <= 30; ++round) commitFolder(folder / "model", std::to_string(round));
        done = true;
        reader.join();
        QVERIFY(looks > 0);
        QCOMPARE(absent.load(), 0);
        QCOMPARE(readFile(folder / "model/one"), std::string("30"));
    }

    void atomicFolder_killedWhileSaving_leavesAWholeFolder() {
        const test::TemporaryFolder folder;
        commitFolder(folder / "model", "start");
        for (int round = 0; round < 5; ++round) {
            const pid_t child = ::fork();
            if (child == 0) {
                // _exit: an exception must not unwind into the test program of the parent.
                if (test::errorOf([&] {
                        for (int i = 0;; ++i) commitFolder(folder / "model", std::to_string(i));
                    }))
                    ::_exit(1);
                ::_exit(0);
            }
            QVERIFY(child > 0);
            QTest::qSleep(20 + 7 * round);
            QCOMPARE(::kill(child, SIGKILL), 0);
            QCOMPARE(::waitpid(child, nullptr, 0), child);
            QCOMPARE(readFile(folder / "model/one"), readFile(folder / "model/sub/two"));
        }
    }

    void atomicFolder_fileSystemWithoutExchange_replacesToo() {
        const test::TemporaryFolder folder;
        commitFolder(folder / "model", "old");
        const pid_t child = ::fork();
        if (child == 0) {
            if (!forbidExchange()) ::_exit(77);
            ::_exit(test::errorOf([&] { commitFolder(folder / "model", "new"); }) ? 1 : 0);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 77) QSKIP("system calls cannot be filtered here");
        QCOMPARE(status, 0);
        QCOMPARE(readFile(folder / "model/one"), std::string("new"));
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void cleanUp_killedBetweenTwoRenames_putsTheOlderFolderBack() {
        const test::TemporaryFolder folder;
        commitFolder(folder / ".model.old-123-4", "old");
        commitFolder(folder / ".model.tmp-123-3", "half");
        commitFolder(folder / ".model.mine", "not ours");
        commitFolder(folder / "other", "kept");
        AtomicFolder::cleanUp(folder.path(), "model");
        QCOMPARE(readFile(folder / "model/one"), std::string("old"));
        QCOMPARE(readFile(folder / ".model.mine/one"), std::string("not ours"));
        QCOMPARE(entryCount(folder.path()), std::size_t{3});
        // The new one stands in its place already: the older one goes.
        commitFolder(folder / ".model.old-123-5", "older");
        AtomicFolder::cleanUp(folder.path(), "model");
        QCOMPARE(readFile(folder / "model/one"), std::string("old"));
        QCOMPARE(entryCount(folder.path()), std::size_t{3});
        AtomicFolder::cleanUp(folder / "absent", "model");
    }

    void longestNames_areWritten_alsoInChinese() {
        const test::TemporaryFolder folder;
        for (const std::string& name : {std::string(255, 'n'), [] {
                                            std::string chinese;
                                            while (chinese.size() + 3 <= 255) chinese += "\xe6\xa8\xa1";
                                            return chinese;
                                        }()}) {
            writeFileAtomically(folder / name, "here");
            QCOMPARE(readFile(folder / name), std::string("here"));
            fs::remove(folder / name);
            AtomicFolder whole(folder / name);
            writeFileAtomically(whole.path() / "a", "b");
            whole.commit();
            QCOMPARE(readFile(folder / name / "a"), std::string("b"));
            fs::remove_all(folder / name);
        }
        QVERIFY(fs::is_empty(folder.path()));
    }

    void temporaryNames_nameTheirWriter() {
        const test::TemporaryFolder folder;
        const AtomicFile file(folder / "a.gguf");
        const AtomicFolder whole(folder / "b");
        for (const fs::path& path : {file.temporaryPath(), whole.path()})
            QCOMPARE(writerOfTemporary(path.filename().string()), std::optional<std::int64_t>(::getpid()));
        for (const char* other : {"", ".", "a.gguf", ".a.tmp-12-0", ".a.finetune-studio.tmp-0-0",
                                  ".a.finetune-studio.tmp-12", "a.finetune-studio.tmp-12-0"})
            QVERIFY2(!writerOfTemporary(other), other);
    }

    void atomicFile_largerThanItsPieces_isWhole() {
        const test::TemporaryFolder folder;
        std::string bytes(150U << 20, '\0');
        for (std::size_t i = 0; i < bytes.size(); i += 4096) bytes[i] = static_cast<char>(i >> 12);
        AtomicFile file(folder / "large");
        file.append(std::string_view(bytes).substr(0, 3));
        file.appendChecked(std::string_view(bytes).substr(3));
        file.appendChecked({});
        file.commit();
        QVERIFY(readFile(folder / "large") == bytes);
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void copyFile_countsItsBytes_andStopsWithin() {
        const test::TemporaryFolder folder;
        const std::string bytes(20U << 20, 'x');
        writeFileAtomically(folder / "from", bytes);
        std::vector<std::int64_t> heard;
        copyFile(folder / "from", folder / "to", [&](const Progress& done) {
            heard.push_back(done.done);
            QCOMPARE(done.total, static_cast<std::int64_t>(bytes.size()));
        });
        QVERIFY(readFile(folder / "to") == bytes);
        QVERIFY(heard.size() > 1 && heard.back() == static_cast<std::int64_t>(bytes.size()));
        std::stop_source stop;
        QVERIFY_EXCEPTION_THROWN(copyFile(
                                     folder / "from", folder / "never",
                                     [&](const Progress&) { stop.request_stop(); }, stop.get_token()),
                                 Cancelled);
        QCOMPARE(entryCount(folder.path()), std::size_t{2});
        STUDIO_COMPARE_ERROR(copyFile(folder / "none", folder / "never"), ErrorCode::FileNotFound);
    }

    void fullDisk_keepsWhatWasThere_andTakesNoHalfLine() {
        const test::TemporaryFolder folder;
        STUDIO_ON_SMALL_DISK(folder.path(), 1 << 20, [&]() -> std::string {
            writeFileAtomically(folder / "file", "old");
            LineAppender log(folder / "log");
            log.append("one");
            commitFolder(folder / "model", "old");
            const std::string large(2 << 20, 'x');
            for (const auto& attempt : std::vector<std::function<void()>>{
                     [&] { writeFileAtomically(folder / "file", large); }, [&] { log.append(large); },
                     [&] { commitFolder(folder / "model", large); }}) {
                const auto error = test::errorOf(attempt);
                if (!error || error->code() != ErrorCode::DiskFull) return "it was not found to be full";
            }
            log.append("two");
            log.sync();
            if (readFile(folder / "file") != "old") return "the file changed";
            if (readFile(folder / "log") != "one\ntwo\n")
                return "the log is " + readFile(folder / "log").substr(0, 20);
            if (readFile(folder / "model/one") != "old") return "the folder changed";
            return entryCount(folder.path()) == 3 ? "" : "something was left behind";
        });
    }

    void lineAppender_addsWholeLines() {
        const test::TemporaryFolder folder;
        LineAppender(folder / "log").append("one");
        LineAppender log(folder / "log");
        log.append("two");
        QCOMPARE(readFile(folder / "log"), std::string("one\ntwo\n"));
        STUDIO_COMPARE_ERROR(LineAppender(folder / "none/log"), ErrorCode::FileUnwritable);
    }

    void freeDiskBytes_ofAPathToBe_isThatOfItsParent() {
        const test::TemporaryFolder folder;
        QVERIFY(freeDiskBytes(folder / "not/yet/there") > 0);
    }

    void resourcePath_environment_comesFirst() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "mine", "x");
        QVERIFY(qputenv("STUDIO_RESOURCES", QByteArray::fromStdString(folder.path().string())));
        QCOMPARE(resourcePath("mine"), folder / "mine");
        STUDIO_COMPARE_ERROR_TEXT(resourcePath("there/is/none"), ErrorCode::FileNotFound, "there/is/none");
        qunsetenv("STUDIO_RESOURCES");
    }

    void isoTime_knownSeconds() {
        QCOMPARE(isoTime(0), std::string("1970-01-01T00:00:00Z"));
        QCOMPARE(isoTime(1582934400), std::string("2020-02-29T00:00:00Z"));
        QVERIFY(unixTime() > 1582934400);
        QVERIFY(std::string(programVersion()).find('.') != std::string::npos);
    }
};

STUDIO_TEST(FilesTest)
#include "files_test.moc"
