// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// What a project and a run look like after the program was interrupted or killed.
class CliInterruptTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Interrupt.ftproj");

    /// Starts a training that would take minutes and returns when it has made its first steps.
    bool startTraining(QProcess& process, const QString& model, const QString& run) {
        startFinetune(process, {"train", "--project", m_project, "--model", model, "--run", run, "--set",
                                "max_steps=100000", "--set", "batch_rows=2", "--set", "cutoff=256",
                                "--threads", "1", "--json"});
        for (int lines = 0; lines < 6;) {
            if (!process.waitForReadyRead(240000)) return false;
            while (process.canReadLine()) {
                process.readLine();
                ++lines;
            }
        }
        return true;
    }

private Q_SLOTS:
    void initTestCase() {
        STUDIO_NEEDS_ASSET(file, "datasets/alpaca_en_demo.json");
        STUDIO_RUN(created, 0, {"project", "create", m_project});
        STUDIO_RUN(imported, 0, {"data", "import", m_project, text(file)});
    }

    void training_onInterrupt_savesWhatIsLearned_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    void training_onInterrupt_savesWhatIsLearned() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QFETCH(int, signal);
        const QString name = QStringLiteral("stopped-%1").arg(signal);
        QProcess process;
        QVERIFY(startTraining(process, text(model), name));
        // Some programs signal a process and its group: what comes twice is one interrupt.
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
            QTest::qWait(20);
        }
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 130 && !run.crashed, run.report().constData());
        const QString goOn = "finetune train --project " + m_project + " --run " + name + " --resume goes on";
        QVERIFY2(run.error.contains(goOn.toUtf8()), run.report().constData());  // to be typed as it stands
        const QString folder = m_project + "/runs/" + name;
        STUDIO_RUN(answer, 0,
                   {"generate", "--model", folder, "--prompt", "Hello", "--max-new-tokens", "2", "--json"});
        QFile status(folder + "/status.json");
        QVERIFY(status.open(QIODevice::ReadOnly));
        QCOMPARE(valueAt(QJsonDocument::fromJson(status.readAll()).object(), "state").toString(), "stopped");
    }

    // As by "| head": what was learned is worth more than the lines.
    void training_whoseReaderGoesAway_savesWhatIsLearned() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process;
        process.start("bash", {"-c", "\"$0\" \"$@\" | head -n 1; exit ${PIPESTATUS[0]}",
                               QStringLiteral(STUDIO_BIN_DIR "/finetune"), "train", "--project", m_project,
                               "--model", text(model), "--run", "unread", "--set", "max_steps=60", "--set",
                               "batch_rows=2", "--set", "cutoff=256", "--threads", "1", "--json"});
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 1 && !run.crashed && run.lines().size() == 1, run.report().constData());
        QVERIFY2(run.error.contains("error: The result could not be written"), run.report().constData());
        STUDIO_RUN(shown, 0, {"runs", "show", m_project, "unread", "--json"});
        QVERIFY2(shown.out.contains("\"finished\""), shown.report().constData());
        STUDIO_RUN(answer, 0,
                   {"generate", "--model", m_project + "/runs/unread", "--prompt", "Hello",
                    "--max-new-tokens", "2", "--json"});
    }

    void training_interruptedBeforeItsSecondEvaluation_tellsTheFirstOnly() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process;
        startFinetune(process,
                      {"train", "--project", m_project, "--model", text(model), "--run", "early", "--set",
                       "max_steps=100000", "--set", "batch_rows=2", "--set", "cutoff=256", "--threads", "1"});
        QFile metrics(m_project + "/runs/early/metrics.jsonl");
        const auto hasAStep = [&metrics] {
            metrics.close();
            return metrics.open(QIODevice::ReadOnly) && metrics.readAll().contains("\"loss\"");
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasAStep(), 240000);
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 130 && !run.crashed, run.report().constData());
        QVERIFY2(QRegularExpression("; evaluation loss [0-9.]+ at the start\n").match(run.out).hasMatch(),
                 run.report().constData());
        QVERIFY2((run.out + run.error).count("runs/early/model") == 1, run.report().constData());
    }

    void training_killed_leavesAProjectThatOpens() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process;
        QVERIFY(startTraining(process, text(model), "killed"));
        process.kill();
        const FinetuneRun run = finished(process);
        QVERIFY(run.crashed);
        STUDIO_RUN(info, 0, {"project", "info", m_project, "--json"});
        QVERIFY(valueAt(info.object(), "records/all").toInteger() > 900);
        bool found = false;
        for (const QJsonValue& entry : info.object()["runs"].toArray()) {
            if (entry.toObject()["name"].toString() != "killed") continue;
            found = true;
            QCOMPARE(entry.toObject()["state"].toString(), "interrupted");
            QCOMPARE(entry.toObject()["has_model"].toBool(), false);
        }
        QVERIFY(found);
        STUDIO_RUN(edited, 0, {"data", "edit", m_project, "1", "--set", "input=still works", "--json"});
        STUDIO_RUN(asModel, 1, {"model", "info", m_project + "/runs/killed"});
        QVERIFY2(asModel.error.contains("has no model: it was interrupted after step"),
                 asModel.report().constData());
    }

    void training_killedAndResumed_endsAsIfNothingHadBeen() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const QStringList settings{"--set", "max_steps=40",      "--set",     "batch_rows=2",
                                   "--set", "cutoff=160",        "--set",     "checkpoint_every=3",
                                   "--set", "evaluate_every=10", "--threads", "2"};
        const auto train = [&](const QString& run) {
            return QStringList{"train", "--project", m_project, "--model", text(model), "--run", run} +
                   settings;
        };
        STUDIO_RUN(whole, 0, train("whole"));
        const QStringList resume{"train", "--project", m_project, "--run", "cut", "--resume"};
        STUDIO_RUN(none, 1, resume);
        QVERIFY2(none.error.contains("There is no run \"cut\""), none.report().constData());
        {
            QProcess process;
            startFinetune(process, train("cut"));
            const QString checkpoint = m_project + "/runs/cut/checkpoints/step-9/state.json";
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(checkpoint), 240000);
            process.kill();
            QVERIFY(finished(process).crashed);
        }
        STUDIO_RUN(resumed, 0, resume);
        QVERIFY2((resumed.out + resumed.error).contains("goes on from step "), resumed.report().constData());
        const auto bytes = [&](const QString& path) {
            QFile file(m_project + "/runs/" + path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QVERIFY(!bytes("whole/model/model.safetensors").isEmpty());
        QVERIFY(bytes("cut/model/model.safetensors") == bytes("whole/model/model.safetensors"));
        const auto losses = [&](const QString& run) {
            QStringList found;
            for (const QByteArray& line : bytes(run + "/metrics.jsonl").split('\n')) {
                const QJsonObject object = QJsonDocument::fromJson(line).object();
                found << QString("%1 %2 %3")
                             .arg(object["step"].toInt())
                             .arg(object["loss"].toDouble(), 0, 'g', 17)
                             .arg(object["eval_loss"].toDouble(), 0, 'g', 17);
            }
            return found;
        };
        QCOMPARE(losses("cut"), losses("whole"));
        QVERIFY(!QFile::exists(m_project + "/runs/cut/checkpoints"));
        STUDIO_RUN(again, 1, resume);
        QVERIFY2(again.error.contains("it is finished"), again.report().constData());
        STUDIO_RUN(withModel, 2, resume + QStringList{"--model", text(model)});
    }

    void import_killedAtAnyMoment_leavesAllOrNothing() {
        STUDIO_NEEDS_ASSET(file, "datasets/alpaca_zh_demo.json");
        STUDIO_RUN(before, 0, {"project", "info", m_project, "--json"});
        auto count = valueAt(before.object(), "records/all").toInteger();
        for (const int milliseconds : {5, 20, 40, 60, 90, 140}) {
            QProcess process;
            startFinetune(process, {"data", "import", m_project, text(file)});
            QVERIFY(process.waitForStarted());
            process.waitForFinished(milliseconds);
            process.kill();
            process.waitForFinished();
            STUDIO_RUN(after, 0, {"project", "info", m_project, "--json"});
            const auto now = valueAt(after.object(), "records/all").toInteger();
            QVERIFY2(now == count || now >= count + 990, after.report().constData());
            count = now;
        }
    }

    void generate_onInterrupt_exits130() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        QProcess process;
        startFinetune(
            process,
            {"pretrain", "--help"});  // warms the file cache, so that the wait below is about the model
        finished(process);
        startFinetune(process, {"compare", "--arm", "a=" + text(model), "--project", m_project, "--split",
                                "none", "--max-new-tokens", "64", "--json"});
        QVERIFY(process.waitForReadyRead(240000));
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const FinetuneRun run = finished(process);
        QVERIFY2(run.exitCode == 130 && !run.crashed, run.report().constData());
        QVERIFY(!run.lines().isEmpty());  // what was complete was printed, whole lines only
    }
};

STUDIO_TEST(CliInterruptTest)

}  // namespace

#include "interrupt_test.moc"
