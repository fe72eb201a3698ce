// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_name.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "core/base/files.h"
#include "core/storage/run_folder.h"
#include "core/storage/run_lock.h"
#include "core/storage/run_notes.h"
#include "core/storage/run_trash.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

/// Which names a run can have, and who gets one that several want.
class RunNameTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_project;
    const fs::path m_runs = m_project / "runs";

    /// What a run leaves that was refused, or stopped, before its first step.
    RunFolder leaveRun(const std::string& name, const std::string& state = "failed") const {
        RunFolder run(m_runs / name);
        makeFolders(run.path());
        { const RunLock touched(run.path()); }
        run.writeRun(OrderedJson{{"kind", "train"}});
        run.writeStatus({state, 0, 10, "No row of the train split has a response.", 0, "", 0});
        return run;
    }
    bool isTaken(const std::string& name) const {
        try {
            checkRunName(m_runs, name);
            return false;
        } catch (const Error& problem) {
            return problem.code() == ErrorCode::RunExists;
        }
    }

private Q_SLOTS:
    void init() {
        fs::remove_all(m_runs);
        makeFolders(m_runs);
        writeFileAtomically(m_project / "project.sqlite", "");  // what makes a folder a project
    }

    void names_goodBadTaken_checked() {
        checkRunName(m_runs, "My-run_1.2");
        for (const char* bad : {"", ".hidden", "a/b", "a b", "..", "红"}) {
            STUDIO_COMPARE_ERROR(checkRunName(m_runs, bad), ErrorCode::InvalidArgument);
            STUDIO_COMPARE_ERROR(checkFreeRunName(m_runs, bad), ErrorCode::InvalidArgument);
        }
        STUDIO_COMPARE_ERROR(checkRunName(m_runs, std::string(81, 'a')), ErrorCode::InvalidArgument);
        makeFolders(m_runs / "run-1");  // somebody's own folder
        STUDIO_COMPARE_ERROR(checkRunName(m_runs, "run-1"), ErrorCode::RunExists);
        STUDIO_COMPARE_ERROR(makeRunFolder(m_runs / "run-1"), ErrorCode::RunExists);
        QCOMPARE(freeRunName(m_runs), std::string("run-2"));
        QCOMPARE(freeRunName(m_runs, "country"), std::string("country-1"));
    }

    void nameOfARunWithoutAStep_isFreeAgain() {
        const RunFolder run = leaveRun("refused");
        LineAppender(run.metricsFile()).append(R"({"step":0,"eval_loss":3.5})");
        QVERIFY(!isTaken("refused"));
        STUDIO_COMPARE_ERROR(checkFreeRunName(m_runs, "refused"), ErrorCode::RunExists);
        makeRunFolder(run.path());
        QVERIFY(fs::is_empty(run.path()));
        // Nothing is lost: the old one lies in the trash.
        const std::vector<TrashedRun> trash = listTrash(m_runs);
        QCOMPARE(trash.size(), std::size_t{1});
        restoreRun(m_runs, trash.front(), "refused-before");
        QCOMPARE(RunFolder(m_runs / "refused-before").readStatus().state, std::string("failed"));
        QCOMPARE(RunFolder(m_runs / "refused-before").readMetrics().size(), std::size_t{1});
        leaveRun("early", "stopped");
        QVERIFY(!isTaken("early"));
        if (!lockDecides(m_runs)) QSKIP("the temporary folder is on a network file system");
        leaveRun("killed", "starting");
        QVERIFY(!isTaken("killed"));
    }

    void nameOfARunWithSomething_staysTaken_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"step", "steps", "torn", "checkpoint", "foreign checkpoint",
                                 "checkpoint file", "tokenizer", "model", "note", "stranger", "lock",
                                 "no run.json", "run.json", "no status.json", "status.json"})
            QTest::newRow(what) << what;
    }

    void nameOfARunWithSomething_staysTaken() {
        QFETCH(QString, what);
        const std::string name = QString(what).replace(u' ', u'-').toStdString();
        const RunFolder run = leaveRun(name);
        std::unique_ptr<RunLock> lock;
        if (what == QLatin1String("step")) LineAppender(run.metricsFile()).append(R"({"step":1,"loss":2})");
        if (what == QLatin1String("steps"))
            writeFileAtomically(run.metricsFile(), "{\"step\":0}\n" + std::string(1 << 20, '\n'));
        if (what == QLatin1String("torn")) writeFileAtomically(run.metricsFile(), "{\"step\":1,");
        if (what == QLatin1String("checkpoint")) makeFolders(run.checkpointsFolder() / "step-1");
        if (what == QLatin1String("foreign checkpoint")) {
            makeFolders(run.checkpointsFolder());
            writeFileAtomically(run.checkpointsFolder() / "epoch-3.pt", "somebody's");
        }
        if (what == QLatin1String("checkpoint file"))
            writeFileAtomically(run.checkpointsFolder(), "no folder");
        if (what == QLatin1String("tokenizer")) makeFolders(run.path() / "tokenizer");
        if (what.endsWith(QLatin1String(".json"))) {
            // Missing or damaged: whose folder it is cannot be told.
            const fs::path file = run.path() / what.split(u' ').back().toStdString();
            fs::remove(file);
            if (!what.startsWith(QLatin1String("no "))) writeFileAtomically(file, "{");
        }
        if (what == QLatin1String("model")) makeFolders(run.modelFolder());
        if (what == QLatin1String("stranger")) writeFileAtomically(run.path() / "thesis.txt", "all of it");
        if (what == QLatin1String("note")) writeRunNotes(run.path(), {"why", {}});
        if (what == QLatin1String("lock")) lock = std::make_unique<RunLock>(run.path());
        QVERIFY(isTaken(name));
        STUDIO_COMPARE_ERROR(makeRunFolder(run.path()), ErrorCode::RunExists);
        QVERIFY(fs::exists(run.path() / "run.json") || what == QLatin1String("no run.json"));
        QVERIFY(listTrash(m_runs).empty());
    }

    void nameOfARunWithLeftoversOfSaving_isFreeAgain() {
        const RunFolder run = leaveRun("half");
        makeFolders(run.checkpointsFolder() / ".step-1.tmp-12");
        QVERIFY(!isTaken("half"));
        makeRunFolder(run.path());
        QVERIFY(fs::exists(listTrash(m_runs).front().folder / "checkpoints" / ".step-1.tmp-12"));
    }

    void onlyALock_isARunThatBegins() {
        makeFolders(m_runs / "begins");
        { const RunLock touched(m_runs / "begins"); }
        QVERIFY(isTaken("begins"));
        STUDIO_COMPARE_ERROR(makeRunFolder(m_runs / "begins"), ErrorCode::RunExists);
        QVERIFY(fs::exists(m_runs / "begins" / ".lock"));
    }

    void automaticName_isNotGivenAgain() {
        leaveRun("run-1");
        leaveRun("run-1b");
        QVERIFY(isTaken("run-1") && !isTaken("run-1b"));
        STUDIO_COMPARE_ERROR(makeRunFolder(m_runs / "run-1"), ErrorCode::RunExists);
        QCOMPARE(freeRunName(m_runs), std::string("run-2"));
    }

    void outsideOfAProject_noNameIsGivenAgain() {
        const RunFolder run = leaveRun("pretrained");
        fs::remove(m_project / "project.sqlite");
        QVERIFY(isTaken("pretrained"));
        STUDIO_COMPARE_ERROR(makeRunFolder(run.path()), ErrorCode::RunExists);
        QVERIFY(fs::exists(run.path() / "run.json") && !fs::exists(m_runs / ".trash"));
    }

    void severalWantTheNameOfARefusedRun_oneGetsIt() {
        for (int round = 0; round < 20; ++round) {
            const RunFolder old = leaveRun("wanted");
            std::atomic<int> got = 0, refused = 0;
            const auto begin = [&] {
                try {
                    makeRunFolder(old.path());
                    const RunLock lock(old.path());
                    old.writeStatus({"starting", 0, 10, "", 0, "", 0});
                    old.writeRun(OrderedJson{{"kind", "train"}, {"mine", ++got}});
                    std::this_thread::sleep_for(std::chrono::milliseconds(20));
                    if (!fs::exists(old.path() / "run.json")) got = 100;  // it was moved under a live run
                    LineAppender(old.metricsFile()).append(R"({"step":1,"loss":2})");
                } catch (const Error& problem) {
                    refused += problem.code() == ErrorCode::RunExists ? 1 : 100;
                }
            };
            std::vector<std::thread> threads;
            for (int i = 0; i < 4; ++i) threads.emplace_back(begin);
            for (std::thread& thread : threads) thread.join();
            QCOMPARE(got.load(), 1);
            QCOMPARE(refused.load(), 3);
            QVERIFY(old.readRun().contains("mine"));
            QCOMPARE(listTrash(m_runs).size(), static_cast<std::size_t>(round + 1));
            fs::remove_all(old.path());
        }
    }

    void restore_overARunWithoutAStep_isRefused() {
        leaveRun("again");
        const TrashedRun gone = moveRunToTrash(m_runs, "again");
        leaveRun("again");
        STUDIO_COMPARE_ERROR(restoreRun(m_runs, gone, "again"), ErrorCode::RunExists);
        QVERIFY(fs::exists(m_runs / "again" / "run.json"));
    }

    void isRun_anyFileOfARun_however_damaged() {
        QVERIFY(!isRun(m_runs, "nobody") && !isRun(m_runs, "") && !isRun(m_runs, "a/b"));
        makeFolders(m_runs / "half");
        QVERIFY(!isRun(m_runs, "half"));
        writeFileAtomically(m_runs / "half" / "status.json", "{");
        QVERIFY(isRun(m_runs, "half"));
        moveRunToTrash(m_runs, "half");  // it can be deleted, too
        QVERIFY(!isRun(m_runs, "half"));
    }
};

STUDIO_TEST(RunNameTest)
#include "run_name_test.moc"
