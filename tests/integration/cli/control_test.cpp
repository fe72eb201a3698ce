// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <QFile>
#include <QTest>

#include "core/base/files.h"
#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// finetune control and finetune follow on runs that another process trains.
class CliControlTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Control.ftproj");

    QString runPath(const QString& run, const QString& file) const {
        return m_project + "/runs/" + run + "/" + file;
    }
    QByteArray bytes(const QString& run, const QString& file) const {
        QFile opened(runPath(run, file));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    QString state(const QString& run) const {
        return QJsonDocument::fromJson(bytes(run, "status.json")).object()["state"].toString();
    }
    qint64 steps(const QString& run) const { return bytes(run, "metrics.jsonl").count('\n'); }
    QStringList training(const QString& run, const QString& model, int steps) const {
        return {"train",
                "--project",
                m_project,
                "--model",
                model,
                "--run",
                run,
                "--set",
                "max_steps=" + QString::number(steps),
                "--set",
                "batch_rows=2",
                "--set",
                "cutoff=160",
                "--set",
                "evaluate_every=20",
                "--threads",
                "1"};
    }

private Q_SLOTS:
    void initTestCase() {
        STUDIO_NEEDS_ASSET(file, "datasets/alpaca_en_demo.json");
        STUDIO_RUN(created, 0, {"project", "create", m_project});
        STUDIO_RUN(imported, 0, {"data", "import", m_project, text(file)});
    }

    void control_pauseRateContinueStop_runObeys() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process;
        startFinetune(process, training("asked", text(model), 100000));
        QTRY_VERIFY_WITH_TIMEOUT(steps("asked") > 3, 240000);
        STUDIO_RUN(pause, 0, {"control", m_project, "asked", "pause"});
        QVERIFY2(pause.out.contains("asked to pause"), pause.report().constData());
        QVERIFY2(!pause.out.contains("before"),
                 pause.report().constData());  // of what was asked before: nothing
        QTRY_COMPARE_WITH_TIMEOUT(state("asked"), "paused", 60000);
        const qint64 before = steps("asked");
        QTest::qWait(500);
        QCOMPARE(steps("asked"), before);
        STUDIO_RUN(rate, 0, {"control", m_project, "asked", "rate", "1e-5", "--json"});
        QCOMPARE(rate.object()["asked"].toString(), "rate");
        STUDIO_RUN(goOn, 0, {"control", m_project, "asked", "continue"});
        QTRY_VERIFY_WITH_TIMEOUT(steps("asked") > before + 3, 60000);
        QTRY_COMPARE_WITH_TIMEOUT(state("asked"), "training", 60000);
        QVERIFY(bytes("asked", "events.jsonl").contains("learning_rate_changed"));
        STUDIO_RUN(stop, 0, {"control", m_project, "asked", "stop"});
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 130, run.report().constData());
        QCOMPARE(state("asked"), "stopped");
        QVERIFY(QFile::exists(runPath("asked", "model/model.safetensors")));
        STUDIO_RUN(again, 1, {"control", m_project, "asked", "pause"});
        QVERIFY2(again.hasOneErrorLine() && again.error.contains("not at work: it is stopped"),
                 again.report().constData());
    }

    void control_wrongRequests_areRefused() {
        STUDIO_RUN(noRun, 1, {"control", m_project, "nobody", "pause"});
        QVERIFY2(noRun.error.contains("has no run \"nobody\""), noRun.report().constData());
        STUDIO_RUN(noValue, 2, {"control", m_project, "nobody", "rate"});
        STUDIO_RUN(tooHigh, 2, {"control", m_project, "nobody", "rate", "5"});
        STUDIO_RUN(value, 2, {"control", m_project, "nobody", "pause", "1e-3"});
        STUDIO_RUN(unknown, 2, {"control", m_project, "nobody", "explode"});
        STUDIO_RUN(follow, 1, {"follow", m_project, "nobody"});
    }

    void follow_untilTheEnd_printsEachLineOnce() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process, follower;
        startFinetune(process, training("followed", text(model), 60));
        QTRY_VERIFY_WITH_TIMEOUT(steps("followed") > 3, 240000);
        startFinetune(follower, {"follow", m_project, "followed", "--json"});
        const FinetuneRun run = finished(process), seen = finished(follower);
        QVERIFY2(run.exitCode == 0 && seen.exitCode == 0, seen.report().constData());
        QCOMPARE(seen.out, bytes("followed", "metrics.jsonl"));
        STUDIO_RUN(past, 0, {"follow", m_project, "followed"});
        QVERIFY2(past.out.contains("Finished after 60 steps") && past.out.contains("step 20/60"),
                 past.report().constData());
    }

    void follow_interrupted_leavesTheRunAlone() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process, follower;
        startFinetune(process, training("left", text(model), 100000));
        QTRY_VERIFY_WITH_TIMEOUT(steps("left") > 3, 240000);
        startFinetune(follower, {"follow", m_project, "left", "--json"});
        QVERIFY(follower.waitForReadyRead(60000));
        QCOMPARE(::kill(static_cast<pid_t>(follower.processId()), SIGINT), 0);
        const FinetuneRun seen = finished(follower);
        QVERIFY2(seen.exitCode == 130 && seen.error.contains("goes on"), seen.report().constData());
        const qint64 before = steps("left");
        QTRY_VERIFY_WITH_TIMEOUT(steps("left") > before + 3, 60000);
        startFinetune(follower, {"follow", m_project, "left"});
        QVERIFY(follower.waitForReadyRead(60000));
        process.kill();
        QVERIFY(finished(process).crashed);
        const FinetuneRun gone = finished(follower);
        QVERIFY2(gone.exitCode == 1 && gone.error.contains("is gone: interrupted at step"),
                 gone.report().constData());
    }

    void control_discardAfterAPause_leavesARecordThatCannotGoOn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process;
        startFinetune(process, training("dropped", text(model), 100000));
        QTRY_VERIFY_WITH_TIMEOUT(steps("dropped") > 3, 240000);
        STUDIO_RUN(pause, 0, {"control", m_project, "dropped", "pause"});
        QTRY_COMPARE_WITH_TIMEOUT(state("dropped"), "paused", 60000);
        QVERIFY(QFile::exists(runPath("dropped", "checkpoints")));
        STUDIO_RUN(paused, 0, {"runs", "list", m_project, "--state", "paused", "--json"});
        QCOMPARE(paused.object()["name"].toString(), "dropped");
        STUDIO_RUN(discard, 0, {"control", m_project, "dropped", "discard"});
        QVERIFY2(discard.out.contains("no model and no checkpoint") && discard.out.contains("folder stays"),
                 discard.report().constData());
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 130 && run.error.contains("The run dropped was discarded after step ") &&
                     !run.error.contains("Interrupted"),
                 run.report().constData());
        QVERIFY(!QFile::exists(runPath("dropped", "model")));
        QVERIFY(!QFile::exists(runPath("dropped", "checkpoints")));
        QVERIFY(QFile::exists(runPath("dropped", "run.json")));  // as it is said
        STUDIO_RUN(list, 0, {"runs", "list", m_project, "--state", "discarded", "--json"});
        QCOMPARE(list.object()["cannot_resume"].toString(), "discarded");
        STUDIO_RUN(resume, 1, {"train", "--project", m_project, "--run", "dropped", "--resume"});
        QVERIFY2(resume.hasOneErrorLine() && resume.error.contains("it was discarded"),
                 resume.report().constData());
        STUDIO_RUN(seen, 0, {"follow", m_project, "dropped"});
        QVERIFY2(seen.out.contains("The run dropped was discarded after step "), seen.report().constData());
    }

    void train_severalAtOnceWithoutAName_eachGetsItsOwn() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QStringList arguments = training("any", text(model), 5);
        arguments.remove(arguments.indexOf("--run"), 2);
        QProcess processes[3];
        for (QProcess& process : processes) startFinetune(process, arguments);
        for (QProcess& process : processes) {
            const FinetuneRun run = finished(process);
            QVERIFY2(run.exitCode == 0, run.report().constData());
        }
        for (const char* run : {"run-1", "run-2", "run-3"}) QCOMPARE(state(run), "finished");
    }

    void handOver_ofARun_endsAsIfNothingHadBeen() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(whole, 0, training("whole", text(model), 120));
        QProcess process;
        startFinetune(process, training("handed", text(model), 120));
        QTRY_VERIFY_WITH_TIMEOUT(steps("handed") > 3, 240000);
        studio::writeFileAtomically(runPath("handed", "control.json").toStdString(),
                                    R"({"paused":false,"stop":"hand_over"})");
        const FinetuneRun first = finished(process);
        if (first.exitCode == 0) QSKIP("the run was over before it looked");
        QCOMPARE(first.exitCode, 130);
        QVERIFY(!QFile::exists(runPath("handed", "model")));
        STUDIO_RUN(resumed, 0, {"train", "--project", m_project, "--run", "handed", "--resume"});
        QVERIFY(!bytes("whole", "model/model.safetensors").isEmpty());
        QVERIFY(bytes("handed", "model/model.safetensors") == bytes("whole", "model/model.safetensors"));
    }
};

STUDIO_TEST(CliControlTest)

}  // namespace

#include "control_test.moc"
