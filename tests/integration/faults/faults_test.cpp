// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <QDir>
#include <QFile>
#include <algorithm>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// What a run becomes when disk, memory, files or numbers fail it.
class FaultsTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Faults.ftproj");
    QString m_model = text(m_folder / "base");

    QString runPath(const QString& path) const { return m_project + "/runs/" + path; }
    QByteArray bytes(const QString& path) const {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString stateOf(const QString& run) const {
        return QJsonDocument::fromJson(bytes(runPath(run + "/status.json"))).object()["state"].toString();
    }
    void write(const QString& path, const QByteArray& content) const {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QStringList train(const QString& run, const QStringList& settings = {}) const {
        QStringList words{"train", "--project", m_project,   "--model", m_model,
                          "--run", run,         "--threads", "1"};
        QStringList all{"max_steps=8", "batch_rows=4", "cutoff=160", "checkpoint_every=2",
                        "evaluate_every=4"};
        for (const QString& setting : all + settings) words << "--set" << setting;
        return words;
    }
    QStringList resume(const QString& run) const {
        return {"train", "--project", m_project, "--run", run, "--resume"};
    }
    /// Trains until a checkpoint is there, then kills the program.
    bool killAfterCheckpoint(const QString& run, int step, const QStringList& settings = {}) {
        QProcess process;
        startFinetune(process, train(run, settings.isEmpty() ? QStringList{"max_steps=2000"} : settings));
        for (int i = 0; i < 2400 && newestCheckpoint(run) < step; ++i) process.waitForFinished(50);
        process.kill();
        return finished(process).crashed && newestCheckpoint(run) >= step;
    }
    /// Its step; 0 for none.
    int newestCheckpoint(const QString& run) const {
        int newest = 0;
        for (const QString& name : QDir(runPath(run + "/checkpoints")).entryList({"step-*"}, QDir::Dirs))
            newest = std::max(newest, name.mid(5).toInt());
        return newest;
    }

    /// A shell script in which $RUNS, the project's folder of runs, is an empty disk of `kilobytes`, and
    /// finetune "$@" trains. Skips where the system lets nobody mount one.
    FinetuneRun onSmallDisk(int kilobytes, const QString& script, const QStringList& arguments) {
        const QString whole =
            "mount -t tmpfs -o size=" + QString::number(kilobytes) + "k none \"$RUNS\" || exit 77\n" + script;
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("RUNS", m_project + "/runs");
        environment.insert("FINETUNE", QStringLiteral(STUDIO_BIN_DIR "/finetune"));
        environment.insert("OUT", text(m_folder / "out"));
        process.setProcessEnvironment(environment);
        process.start(
            "unshare",
            QStringList{"--user", "--map-root-user", "--mount", "sh", "-c", whole, "sh"} + arguments);
        FinetuneRun run = finished(process);
        if (run.exitCode == 1 && run.error.startsWith("unshare:")) run.exitCode = 77;
        return run;
    }

private Q_SLOTS:
    void initTestCase() {
        std::filesystem::copy(STUDIO_SOURCE_DIR "/resources/embedded/base-model", m_folder / "base");
        STUDIO_RUN(created, 0, {"project", "create", m_project});
        STUDIO_RUN(imported, 0,
                   {"data", "import", m_project, STUDIO_SOURCE_DIR "/resources/sample/countries_train.json"});
        QDir().mkpath(m_project + "/runs");
        STUDIO_RUN(whole, 0, train("whole"));
        QVERIFY(!bytes(runPath("whole/model/model.safetensors")).isEmpty());
    }

    void twoResumesAtOnce_oneGoesOn() {
        QVERIFY(killAfterCheckpoint("twice", 2));
        const int before = newestCheckpoint("twice");
        QProcess first;
        startFinetune(first, resume("twice"));
        QTRY_VERIFY_WITH_TIMEOUT(newestCheckpoint("twice") > before, 240000);
        STUDIO_RUN(second, 1, resume("twice"));
        QVERIFY2(second.hasOneErrorLine(), second.report().constData());
        QVERIFY2(second.error.contains("The run twice is in the hands of process " +
                                       QByteArray::number(first.processId())),
                 second.report().constData());
        QCOMPARE(::kill(static_cast<pid_t>(first.processId()), SIGINT), 0);
        const FinetuneRun run = finished(first);
        QVERIFY2(run.exitCode == 130, run.report().constData());
        QCOMPARE(stateOf("twice"), "stopped");
    }

    void baseModelChanged_isFoundAndNamed() {
        QVERIFY(killAfterCheckpoint("based", 2));
        const QByteArray before = bytes(runPath("based/status.json"));
        const QString file = m_model + "/tokenizer_config.json";
        const QByteArray original = bytes(file);
        write(file, original + " ");
        STUDIO_RUN(changed, 1, resume("based"));
        write(m_model + "/added_tokens.json", "{}");
        STUDIO_RUN(more, 1, resume("based"));
        QFile::remove(m_model + "/added_tokens.json");
        write(file, original);
        QVERIFY2(changed.hasOneErrorLine() && changed.error.contains("tokenizer_config.json has changed."),
                 changed.report().constData());
        QVERIFY2(more.error.contains("tokenizer_config.json has changed, added_tokens.json is new."),
                 more.report().constData());
        QVERIFY(QFile::rename(m_model, m_model + "-away"));
        STUDIO_RUN(gone, 1, resume("based"));
        QVERIFY(QFile::rename(m_model + "-away", m_model));
        QVERIFY2(gone.error.contains("its base model is no longer in "), gone.report().constData());
        QCOMPARE(bytes(runPath("based/status.json")), before);
    }

    void runDescriptionDamaged_isOneClearMessage_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("cut") << QByteArray("{\n  \"kind\": \"train\",\n  \"sett") << QByteArray("line 3");
        QTest::newRow("empty") << QByteArray() << QByteArray("is empty");
        QTest::newRow("no object") << QByteArray("[1]") << QByteArray("holds no JSON object");
        QTest::newRow("no base") << QByteArray(R"({"kind": "train", "settings": {}})")
                                 << QByteArray("no usable base_model/path");
        QTest::newRow("other kind") << QByteArray(R"({"kind": "train", "settings": 3})")
                                    << QByteArray("no usable settings");
    }

    void runDescriptionDamaged_isOneClearMessage() {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, message);
        if (!QFile::exists(runPath("damaged/run.json"))) QVERIFY(killAfterCheckpoint("damaged", 2));
        const QByteArray whole = bytes(runPath("damaged/run.json"));
        write(runPath("damaged/run.json"), content);
        STUDIO_RUN(refused, 1, resume("damaged"));
        write(runPath("damaged/run.json"), whole);
        QVERIFY2(refused.hasOneErrorLine(), refused.report().constData());
        QVERIFY2(refused.error.contains("The run's description is damaged") &&
                     refused.error.contains(message) && refused.error.contains("damaged/run.json"),
                 refused.report().constData());
    }

    void diskFull_atACheckpoint_theRunGoesOn() {
        // A checkpoint is 17 MB, the model 6: there is room for one and the model.
        const FinetuneRun run = onSmallDisk(
            26000, "\"$FINETUNE\" \"$@\"; code=$?; cp -r \"$RUNS/full\" \"$OUT\"; exit $code", train("full"));
        if (run.exitCode == 77) QSKIP("this system lets nobody mount a small disk (user namespaces off)");
        QVERIFY2(run.exitCode == 0, run.report().constData());
        QVERIFY2(run.error.contains("No checkpoint was saved: No space is left on the disk"),
                 run.report().constData());
        QVERIFY2(run.error.contains("the next checkpoint and the model need 23 MB"),
                 run.report().constData());
        QVERIFY(bytes(text(m_folder / "out" / "model/model.safetensors")) ==
                bytes(runPath("whole/model/model.safetensors")));
        std::filesystem::remove_all(m_folder / "out");
    }

    void diskFull_atTheEnd_theModelIsSavedLater() {
        // Room for one checkpoint, and neither for a second nor for the model.
        const FinetuneRun run =
            onSmallDisk(20000,
                        "\"$FINETUNE\" \"$@\"; echo \"first $?\"; cat \"$RUNS/late/status.json\"\n"
                        "mount -o remount,size=60000k \"$RUNS\"\n"
                        "\"$FINETUNE\" train --project \"${RUNS%/runs}\" --run late --resume; code=$?\n"
                        "cp -r \"$RUNS/late\" \"$OUT\"; exit $code",
                        train("late"));
        if (run.exitCode == 77) QSKIP("this system lets nobody mount a small disk (user namespaces off)");
        QVERIFY2(run.exitCode == 0, run.report().constData());
        QVERIFY2(run.out.contains("first 1\n") && run.out.contains("\"state\": \"failed\""),
                 run.report().constData());
        QVERIFY2(
            run.error.contains("The checkpoint of step 2 is kept. First make room for the model, 5.7 MB. "
                               "Go on with --run late --resume: the model is saved then."),
            run.report().constData());
        QVERIFY(bytes(text(m_folder / "out" / "model/model.safetensors")) ==
                bytes(runPath("whole/model/model.safetensors")));
        std::filesystem::remove_all(m_folder / "out");
    }

    void memoryShort_isOneMessageWithForecastAndWaysOut() {
        // The address space that a small run takes, and some more: a batch of all rows needs 1 GB beyond it.
        qint64 kilobytes = 0;
        {
            QProcess small;
            startFinetune(small, train("small", {"max_steps=2000"}));
            QTRY_VERIFY_WITH_TIMEOUT(newestCheckpoint("small") > 0, 240000);
            const QByteArray status = bytes(QStringLiteral("/proc/%1/status").arg(small.processId()));
            kilobytes =
                status.mid(status.indexOf("VmPeak:") + 7, 20).trimmed().split(' ').front().toLongLong();
            small.kill();
            finished(small);
        }
        QVERIFY(kilobytes > 0);
        QProcess process;
        process.start(
            "sh",
            QStringList{"-c", "ulimit -v " + QString::number(kilobytes + 200000) + "; exec \"$0\" \"$@\"",
                        STUDIO_BIN_DIR "/finetune"} +
                train("large", {"batch_rows=256", "cutoff=256"}));
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 1 && !run.crashed, run.report().constData());
        QVERIFY2(run.error.contains("error: The memory is not enough for training: about "),
                 run.report().constData());
        QVERIFY2(run.error.contains("batch_tokens=") &&
                     run.error.contains(" for the same steps in smaller parts (about ") &&
                     run.error.contains("a smaller base model"),
                 run.report().constData());
        QCOMPARE(stateOf("large"), "failed");
    }

    void resume_withALowerRate_keepsItAndNothingElseChanges() {
        QVERIFY(killAfterCheckpoint("slower", 4, {"max_steps=30"}));
        STUDIO_RUN(kept, 1, resume("slower") + QStringList{"--set", "batch_rows=2"});
        QVERIFY2(kept.error.contains("A run that goes on keeps its batch_rows."), kept.report().constData());
        STUDIO_RUN(unknown, 2, resume("slower") + QStringList{"--set", "learning_rat=1"});
        STUDIO_RUN(lower, 0, resume("slower") + QStringList{"--set", "learning_rate=0.0001"});
        QCOMPARE(stateOf("slower"), "finished");
        const QJsonObject run = QJsonDocument::fromJson(bytes(runPath("slower/run.json"))).object();
        QCOMPARE(valueAt(run, "settings/learning_rate").toDouble(), 0.0001);
        QCOMPARE(valueAt(run, "resumed/0/learning_rate").toDouble(), 0.0001);
        const QList<QByteArray> lines = bytes(runPath("slower/metrics.jsonl")).trimmed().split('\n');
        QCOMPARE(lines.size(), 31);
        QVERIFY(valueAt(QJsonDocument::fromJson(lines.at(15)).object(), "lr").toDouble() <= 0.0001);
    }
};

STUDIO_TEST(FaultsTest)

}  // namespace

#include "faults_test.moc"
