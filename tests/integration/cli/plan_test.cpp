// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// What `finetune train --plan` says before anything is trained.
class CliPlanTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Plans.ftproj");

    QString write(const QString& name, const QByteArray& bytes) const {
        return writtenFile(m_folder.path(), name, bytes);
    }

private Q_SLOTS:
    void initTestCase() {
        STUDIO_RUN(created, 0, {"project", "create", m_project});
        const QString file = write("pairs.jsonl",
                                   "{\"instruction\":\"One {x}?\",\"input\":\"\",\"output\":\"1\",\"id\":7}\n"
                                   "{\"instruction\":\"Two?\",\"input\":\"二\",\"output\":\"2\"}\n"
                                   "{\"instruction\":\"Three?\",\"input\":\"\",\"output\":\"3\"}\n");
        STUDIO_RUN(imported, 0, {"data", "import", m_project, file, "--split", "train"});
    }

    void train_plan_saysEverythingAndMakesNothing() {
        const QString model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        const QString cache = text(m_folder.path()) + "/cache";
        qputenv("XDG_CACHE_HOME", cache.toUtf8());
        const QStringList plan{"train",  "--project", m_project,      "--model", model,
                               "--plan", "--set",     "max_steps=40", "--set",   "batch_rows=2"};
        STUDIO_RUN(json, 0, plan + QStringList{"--json"});
        const QJsonObject told = json.object();
        QCOMPARE(valueAt(told, "steps/total").toInteger(), 40);
        QVERIFY(valueAt(told, "rows/train").toInteger() > 0);
        QCOMPARE(valueAt(told, "time/from").toString(), "assumed");
        for (const char* path : {"time/seconds", "memory/bytes", "memory/weights", "disk/bytes", "disk/model",
                                 "disk/checkpoints", "disk/free", "tokens_per_epoch"})
            QVERIFY2(valueAt(told, path).toDouble() > 0.0, path);
        STUDIO_RUN(people, 0, plan);
        for (const char* part : {"rows", "steps", "time", "memory", "disk", "checkpoints"})
            QVERIFY2(people.out.contains(part), people.report().constData());
        // Measured once; then this machine knows it.
        STUDIO_RUN(measured, 0, plan + QStringList{"--measure", "--json"});
        QCOMPARE(valueAt(measured.object(), "time/from").toString(), "probe");
        QVERIFY(valueAt(measured.object(), "memory/measured_peak").toDouble() > 0.0);
        STUDIO_RUN(known, 0, plan + QStringList{"--json"});
        QCOMPARE(valueAt(known.object(), "time/tokens_per_second"),
                 valueAt(measured.object(), "time/tokens_per_second"));
        QVERIFY(
            !QDir(m_project + "/runs").exists() ||
            QDir(m_project + "/runs").entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
        STUDIO_RUN(alone, 2, {"train", "--project", m_project, "--model", model, "--measure"});
        QVERIFY2(alone.error.contains("--measure belongs to --plan."), alone.report().constData());
        qunsetenv("XDG_CACHE_HOME");
    }

    void train_planOfWhatATrainingRefuses_isRefusedInTheSameWords_data() {
        QTest::addColumn<QString>("setting");
        QTest::newRow("freeze") << "freeze=banana";
        QTest::newRow("device") << "device=cuda:77";
        QTest::newRow("precision") << "precision=float16";
        QTest::newRow("cutoff") << "cutoff=8";
    }
    void train_planOfWhatATrainingRefuses_isRefusedInTheSameWords() {
        QFETCH(QString, setting);
        const QString model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        const QStringList train{"train", "--project", m_project,     "--model", model,    "--device",
                                "cpu",   "--set",     "max_steps=1", "--run",   "refused"};
        // --device goes before --set device=…
        const QStringList asked = setting.startsWith("device=") ? train.mid(0, 5) + train.mid(7) : train;
        STUDIO_RUN(plan, 1, asked + QStringList{"--set", setting, "--plan"});
        QVERIFY2(plan.out.isEmpty() && plan.error.contains("error: "), plan.report().constData());
        STUDIO_RUN(run, 1, asked + QStringList{"--set", setting});
        const auto errorOf = [](const FinetuneRun& one) {
            return one.error.mid(one.error.indexOf("error: "));
        };
        QCOMPARE(errorOf(plan), errorOf(run));
        QDir(m_project + "/runs/refused").removeRecursively();
    }

    void train_planOfAMixture_namesTheSourceThatNoRowHas() {
        const QString model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        STUDIO_RUN(
            plan, 0,
            {"train", "--project", m_project, "--model", model, "--set", "mixture=nowhere.json=2", "--plan"});
        QVERIFY2(plan.error.contains("note: No train row comes from nowhere.json"),
                 plan.report().constData());
        QVERIFY2(plan.out.contains("estimated from this machine's speed"), plan.report().constData());
    }

    void train_methodBesideARecipe_isSaid() {
        const QString model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        const QStringList plan{"train",    "--project", m_project, "--model",     model,
                               "--recipe", "lora",      "--set",   "method=full", "--plan"};
        STUDIO_RUN(said, 0, plan);
        QVERIFY2(
            said.error.contains("note: The command line goes before the recipe lora: method=full instead"),
            said.report().constData());
        STUDIO_RUN(both, 2, plan + QStringList{"--method", "lora"});
        QVERIFY2(both.error.contains("contradict each other"), both.report().constData());
        const QString file =
            write("night run.json", R"({"name":"night","title":"N","settings":{"epochs":7}})");
        STUDIO_RUN(own, 0,
                   {"train", "--project", m_project, "--model", model, "--recipe", file, "--plan", "--json"});
        QCOMPARE(valueAt(own.object(), "settings/epochs").toDouble(), 7.0);
    }

    void train_planOfWhatChangesNothing_saysSo() {
        const QString model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        QStringList asked{"train", "--project", m_project, "--model", model, "--plan"};
        for (const char* setting : {"lora_rank=4", "momentum=0.5", "cutoff=1000"})
            asked << "--set" << setting;
        STUDIO_RUN(said, 0, asked);
        QVERIFY2(said.error.contains("note: This changes nothing as the other settings are: lora_rank (only "
                                     "with LoRA), momentum (only with SGD)."),
                 said.report().constData());
        QVERIFY2(!said.error.contains("context"), said.report().constData());  // no row is that long
        STUDIO_RUN(quiet, 0, asked + QStringList{"--set", "method=lora", "--set", "optimizer=sgd"});
        QVERIFY2(!quiet.error.contains("changes nothing"), quiet.report().constData());
    }

    void cutoff_beyondTheModelsContext_isSaidWhereRowsAreCut() {
        const QString model = STUDIO_SOURCE_DIR "/resources/embedded/base-model";
        const QString project = text(m_folder / "Long.ftproj");
        STUDIO_RUN(created, 0, {"project", "create", project});
        const QByteArray answer = QByteArray("one two ").repeated(300);
        const QByteArray row = "{\"instruction\":\"Count\",\"output\":\"" + answer + "\"}\n" +
                               "{\"instruction\":\"Count\",\"output\":\"one\"}\n";
        STUDIO_RUN(imported, 0, {"data", "import", project, write("long.jsonl", row), "--split", "train"});
        STUDIO_RUN(plan, 0, {"train", "--project", project, "--model", model, "--plan"});
        QVERIFY2(
            plan.error.contains("cutoff=512 is more than the model's context: rows are cut at 256 tokens"),
            plan.report().constData());
        const QStringList asked{"data", "stats", project, "--model", model, "--cutoff"};
        STUDIO_RUN(stats, 0, asked + QStringList{"1000"});
        QVERIFY2(stats.error.contains("Rows are cut at 256 tokens") && stats.out.contains("1 row cut at 256"),
                 stats.report().constData());
        STUDIO_RUN(shorter, 0, asked + QStringList{"100", "--json"});
        QVERIFY2(shorter.error.isEmpty(), shorter.report().constData());
        // A prompt that leaves its response no room is cut, too; where nothing is, nothing is said.
        const auto noted = [&](const QString& name, const QByteArray& rows) {
            const QString other = text(m_folder.path()) + "/" + name + ".ftproj";
            studio::test::finetune({"project", "create", other});
            studio::test::finetune(
                {"data", "import", other, write(name + ".jsonl", rows), "--split", "train"});
            const auto planned =
                studio::test::finetune({"train", "--project", other, "--model", model, "--plan"});
            const auto counted = studio::test::finetune({"data", "stats", other, "--model", model});
            return std::pair(planned.error.contains("rows are cut at 256"),
                             counted.error.contains("Rows are cut at 256"));
        };
        const QByteArray fits = "{\"instruction\":\"Count\",\"output\":\"one\"}\n";
        QCOMPARE(noted("wide", fits + "{\"instruction\":\"" + answer + "\",\"output\":\"one\"}\n"),
                 std::pair(true, true));
        QCOMPARE(noted("narrow", fits), std::pair(false, false));
        QCOMPARE(valueAt(shorter.object(), "tokens/cutoff").toInteger(), 100);
    }
};

STUDIO_TEST(CliPlanTest)

}  // namespace

#include "plan_test.moc"
