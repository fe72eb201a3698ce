// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>

#include "tests/integration/cli/finetune_process.h"
#include "tests/integration/cli/small_rows.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// Trainings, from a model and from nothing.
class CliTrainTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Runs.ftproj");

    QString write(const QString& name, const QByteArray& bytes) const {
        return writtenFile(m_folder.path(), name, bytes);
    }

private Q_SLOTS:
    void initTestCase() {
        STUDIO_RUN(created, 0, {"project", "create", m_project});
        const FinetuneRun imported = importSmallRows(m_folder.path(), m_project);
        QVERIFY2(imported.exitCode == 0, imported.report().constData());
    }

    void train_withoutRoomForAResponse_isListedAsFailed() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(run, 1,
                   {"train", "--project", m_project, "--model", text(model), "--run", "hopeless", "--set",
                    "cutoff=8"});
        STUDIO_RUN(info, 0, {"project", "info", m_project, "--json"});
        const QJsonObject listed = valueAt(info.object(), "runs/0").toObject();
        QCOMPARE(listed["name"].toString(), "hopeless");
        QCOMPARE(listed["state"].toString(), "failed");
        STUDIO_RUN(asModel, 1, {"model", "info", m_project + "/runs/hopeless"});
        QVERIFY2(asModel.error.contains("has no model: it failed before its first step."),
                 asModel.report().constData());
    }

    void train_withoutAModel_saysOnlyThat() {
        QVERIFY(QDir(text(m_folder.path())).mkpath("empty"));
        const QString nowhere = text(m_folder / "nowhere");
        for (const QString& model : {nowhere, text(m_folder / "empty")}) {
            STUDIO_RUN(run, 1, {"train", "--project", m_project, "--model", model});
            QVERIFY2(run.hasOneErrorLine() && run.out.isEmpty(), run.report().constData());
            QCOMPARE(run.error.contains("There is no folder"), model == nowhere);
        }
    }

    void train_recipeOfTheProject_isFoundByItsName() {
        const QString folder = m_project + "/recipes";
        QVERIFY(QDir().mkpath(folder));
        QFile file(folder + "/mine.json");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"name":"mine","title":"Mine","settings":{"epochs":2}})");
        file.close();
        const QStringList train{"train", "--project", m_project, "--model", "/nowhere", "--recipe"};
        STUDIO_RUN(unknown, 2, train + QStringList{"nothing"});
        QVERIFY2(unknown.error.contains("domain-text, mine"), unknown.report().constData());
        STUDIO_RUN(known, 1, train + QStringList{"mine"});  // the model is what is missing
        QVERIFY2(known.error.contains("nowhere"), known.report().constData());
        QVERIFY(file.remove());
    }

    void train_forPeople_namesItsModelOnce() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(run, 0,
                   {"train", "--project", m_project, "--model", text(model), "--run", "once", "--set",
                    "max_steps=1", "--set", "cutoff=256"});
        QVERIFY2((run.out + run.error).count("runs/once/model") == 1, run.report().constData());
        QVERIFY2(run.out.startsWith("Run once: "), run.report().constData());
    }

    void pretrain_tinyModel_canBeUsed() {
        QByteArray corpus;
        for (int i = 0; i < 400; ++i) {
            corpus +=
                "The number after " + QByteArray::number(i) + " is " + QByteArray::number(i + 1) + ".\n\n";
        }
        const QString config =
            write("arch.json",
                  "{\"vocab_size\": 320, \"hidden_size\": 32, \"intermediate_size\": 64, "
                  "\"num_hidden_layers\": 2, \"num_attention_heads\": 2, \"num_key_value_heads\": 2, "
                  "\"max_position_embeddings\": 64}");
        const QString out = text(m_folder.path()) + "/tiny";
        STUDIO_RUN(trained, 0,
                   {"pretrain", "--config", config, "--text", write("corpus.txt", corpus), "--out", out,
                    "--set", "max_steps=5", "--set", "cutoff=64", "--set", "batch_rows=4", "--json"});
        QVERIFY2(trained.lines().size() >= 5, trained.report().constData());
        STUDIO_RUN(info, 0, {"model", "info", "--model", out, "--json"});
        QCOMPARE(info.object()["vocab_size"].toInteger(), 320);
        STUDIO_RUN(
            answer, 0,
            {"generate", "--model", out, "--raw", "--prompt", "The", "--max-new-tokens", "3", "--json"});
        QVERIFY(answer.object()["text"].isString());
    }
};

STUDIO_TEST(CliTrainTest)

}  // namespace

#include "train_test.moc"
