// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/run_name.h"

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

    test::TemporaryFolder m_runs;

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
            checkRunName(m_runs.path(), name);
            return false;
        } catch (const Error& problem) {
            return problem.code() == ErrorCode::RunExists;
        }
    }

private Q_SLOTS:
    void names_goodBadTaken_checked() {
        checkRunName(m_runs.path(), "My-run_1.2");
        for (const char* bad : {"", ".hidden", "a/b", "a b", "..", "红"}) {
            STUDIO_COMPARE_ERROR(checkRunName(m_runs.path(), bad), ErrorCode::InvalidArgument);
            STUDIO_COMPARE_ERROR(checkFreeRunName(m_runs.path(), bad), ErrorCode::InvalidArgument);
        }
        STUDIO_COMPARE_ERROR(checkRunName(m_runs.path(), std::string(81, 'a')), ErrorCode::InvalidArgument);
        makeFolders(m_runs / "run-1");  // somebody's own folder
        STUDIO_COMPARE_ERROR(checkRunName(m_runs.path(), "run-1"), ErrorCode::RunExists);
        STUDIO_COMPARE_ERROR(makeRunFolder(m_runs / "run-1"), ErrorCode::RunExists);
        QCOMPARE(freeRunName(m_runs.path()), std::string("run-2"));
        QCOMPARE(freeRunName(m_runs.path(), "country"), std::string("country-1"));
    }

    void nameOfARunWithoutAStep_isFreeAgain() {
        const RunFolder run = leaveRun("refused");
        LineAppender(run.metricsFile()).append(R"({"step":0,"eval_loss":3.5})");
        QVERIFY(!isTaken("refused"));
        STUDIO_COMPARE_ERROR(checkFreeRunName(m_runs.path(), "refused"), ErrorCode::RunExists);
        makeRunFolder(run.path());
        QVERIFY(fs::is_empty(run.path()));
        leaveRun("early", "stopped");
        QVERIFY(!isTaken("early"));
        if (!lockDecides(m_runs.path())) QSKIP("the temporary folder is on a network file system");
        leaveRun("killed", "starting");
        QVERIFY(!isTaken("killed"));
    }

    void nameOfARunWithSomething_staysTaken_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"step", "torn", "checkpoint", "model", "note", "stranger", "lock"})
            QTest::newRow(what) << what;
    }

    void nameOfARunWithSomething_staysTaken() {
        QFETCH(QString, what);
        const RunFolder run = leaveRun(what.toStdString());
        std::unique_ptr<RunLock> lock;
        if (what == QLatin1String("step")) LineAppender(run.metricsFile()).append(R"({"step":1,"loss":2})");
        if (what == QLatin1String("torn")) writeFileAtomically(run.metricsFile(), "{\"step\":1,");
        if (what == QLatin1String("checkpoint")) makeFolders(run.checkpointsFolder() / "step-1");
        if (what == QLatin1String("model")) makeFolders(run.modelFolder());
        if (what == QLatin1String("stranger")) writeFileAtomically(run.path() / "thesis.txt", "all of it");
        if (what == QLatin1String("note")) writeRunNotes(run.path(), {"why", {}});
        if (what == QLatin1String("lock")) lock = std::make_unique<RunLock>(run.path());
        QVERIFY(isTaken(what.toStdString()));
        STUDIO_COMPARE_ERROR(makeRunFolder(run.path()), ErrorCode::RunExists);
        QVERIFY(fs::exists(run.path() / "run.json"));
    }

    void restore_overARunWithoutAStep_isRefused() {
        leaveRun("again");
        const TrashedRun gone = moveRunToTrash(m_runs.path(), "again");
        leaveRun("again");
        STUDIO_COMPARE_ERROR(restoreRun(m_runs.path(), gone, "again"), ErrorCode::RunExists);
        QVERIFY(fs::exists(m_runs / "again" / "run.json"));
    }

    void isRun_anyFileOfARun_however_damaged() {
        QVERIFY(!isRun(m_runs.path(), "nobody") && !isRun(m_runs.path(), "") && !isRun(m_runs.path(), "a/b"));
        makeFolders(m_runs / "half");
        QVERIFY(!isRun(m_runs.path(), "half"));
        writeFileAtomically(m_runs / "half" / "status.json", "{");
        QVERIFY(isRun(m_runs.path(), "half"));
        moveRunToTrash(m_runs.path(), "half");  // it can be deleted, too
        QVERIFY(!isRun(m_runs.path(), "half"));
    }
};

STUDIO_TEST(RunNameTest)
#include "run_name_test.moc"
