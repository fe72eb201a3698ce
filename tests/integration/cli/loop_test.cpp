// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QSet>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// The whole loop on real data and a real model: import, hydrate, split, train, compare.
class CliLoopTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Loop.ftproj");

private Q_SLOTS:
    void import_realFile_takesEveryRecord() {
        STUDIO_NEEDS_ASSET(file, "datasets/alpaca_en_demo.json");
        STUDIO_RUN(created, 0, {"project", "create", m_project, "--json"});
        STUDIO_RUN(imported, 0, {"data", "import", m_project, text(file), "--json"});
        QFile original(text(file));
        QVERIFY(original.open(QIODevice::ReadOnly));
        const auto records = QJsonDocument::fromJson(original.readAll()).array().size();
        QCOMPARE(imported.object()["imported"].toInteger() + imported.object()["refused"].toArray().size(),
                 records);
        QVERIFY2(imported.object()["imported"].toInteger() >= records - 5, imported.report().constData());
    }

    void hydrate_firstRow_isTheTemplateByteForByte() {
        STUDIO_NEEDS_ASSET(file, "datasets/alpaca_en_demo.json");
        STUDIO_RUN(shown, 0, {"data", "show", m_project, "1", "--json"});
        const QJsonObject record = shown.object();
        const QByteArray instruction = record["instruction"].toString().toUtf8();
        const QByteArray input = record["input"].toString().toUtf8();
        const QByteArray expected =
            input.isEmpty()
                ? "Below is an instruction that describes a task. Write a response that appropriately "
                  "completes the "
                  "request.\n\n### Instruction:\n" +
                      instruction + "\n\n### Response:"
                : "Below is an instruction that describes a task, paired with an input that provides further "
                  "context. "
                  "Write a response that appropriately completes the request.\n\n### Instruction:\n" +
                      instruction + "\n\n### Input:\n" + input + "\n\n### Response:";
        STUDIO_RUN(hydrated, 0, {"hydrate", "--project", m_project, "--row", "1", "--template", "alpaca"});
        QCOMPARE(hydrated.out, expected);
    }

    void split_dealsEveryRecordOnce() {
        STUDIO_NEEDS_ASSET(file, "datasets/alpaca_en_demo.json");
        STUDIO_RUN(
            split, 0,
            {"data", "split", m_project, "--validation", "0.02", "--test", "0.01", "--seed", "7", "--json"});
        const QJsonObject counts = split.object();
        STUDIO_RUN(info, 0, {"project", "info", m_project, "--json"});
        const auto all = info.object()["records"].toObject()["all"].toInteger();
        QCOMPARE(counts["train"].toInteger() + counts["validation"].toInteger() + counts["test"].toInteger(),
                 all);
        QVERIFY(counts["test"].toInteger() > 0);
        QVERIFY(counts["validation"].toInteger() > 0);
    }

    void train_twentySteps_writesTwentyPoints() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(trained, 0,
                   {"train", "--project", m_project, "--model", text(model), "--run", "loop", "--set",
                    "max_steps=20", "--set", "batch_rows=4", "--set", "cutoff=256", "--set",
                    "evaluate_every=10", "--threads", "1", "--json"});
        QSet<qint64> steps, evaluated;
        for (const QJsonObject& line : trained.lines()) {
            const qint64 step = line["step"].toInteger(-1);
            if (line["loss"].isDouble() && step > 0) steps.insert(step);
            if (line["eval_loss"].isDouble()) evaluated.insert(step);
        }
        QVERIFY2(steps.size() == 20, trained.report().constData());
        QVERIFY(evaluated.contains(0));  // the baseline
        QVERIFY(evaluated.contains(10));
        QVERIFY(evaluated.contains(20));
        QFile metrics(m_project + "/runs/loop/metrics.jsonl");
        QVERIFY(metrics.open(QIODevice::ReadOnly));
        QCOMPARE(metrics.readAll(), trained.out);
        STUDIO_RUN(info, 0, {"model", "info", "--model", m_project + "/runs/loop", "--check", "--json"});
        QCOMPARE(info.object()["finite"].toBool(), true);
        QCOMPARE(info.object()["has_prompt_template"].toBool(), true);
    }

    void compare_testSplit_answersEveryItemWithBothArms() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(compared, 0,
                   {"compare", "--arm", "base=" + text(model), "--arm", "tuned=" + m_project + "/runs/loop",
                    "--project", m_project, "--split", "test", "--max-new-tokens", "8", "--json"});
        STUDIO_RUN(listed, 0, {"data", "list", m_project, "--split", "test", "--json"});
        const QList<QJsonObject> items = compared.lines();
        QVERIFY(!items.isEmpty());
        QCOMPARE(items.size(), listed.lines().size());
        for (const QJsonObject& item : items) {
            QVERIFY(item["prompt"].isString() && item["reference"].isString());
            for (const char* arm : {"base", "tuned"}) {
                const QJsonObject answer = item["answers"].toObject()[arm].toObject();
                QVERIFY(answer["text"].isString());
                QVERIFY(answer["ids"].toArray().size() <= 8);
                QVERIFY(answer["tokens_per_second"].toDouble() > 0.0);
                QVERIFY(!answer["stop_reason"].toString().isEmpty());
            }
        }
    }

    void compare_forPeople_endsWithTheExactMatch() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(compared, 0,
                   {"compare", "--arm", "base=" + text(model), "--arm", "tuned=" + m_project + "/runs/loop",
                    "--project", m_project, "--max-new-tokens", "4", "--limit", "2", "--show", "1"});
        const QByteArray last = compared.out.trimmed().split('\n').last();
        QVERIFY2(QRegularExpression("^exact match: base [0-9]+\\.[0-9] %, tuned [0-9]+\\.[0-9] %$")
                     .match(QString::fromUtf8(last))
                     .hasMatch(),
                 last.constData());
        QCOMPARE(compared.out.count("Reference: "), 1);
    }

    void compare_promptThatIsTooLong_isSaidAndTheOthersAreAsked() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const QString file = text(m_folder / "prompts.txt"), longer = QStringLiteral("once ").repeated(2000);
        QFile prompts(file);
        QVERIFY(prompts.open(QIODevice::WriteOnly));
        prompts.write(("One\n" + longer + "\nTwo\n").toUtf8());
        prompts.close();
        STUDIO_RUN(
            compared, 0,
            {"compare", "--arm", "a=" + text(model), "--prompts", file, "--max-new-tokens", "3", "--json"});
        const QList<QJsonObject> items = compared.lines();
        QCOMPARE(items.size(), 3);
        QVERIFY(items[0].contains("answers") && items[2].contains("answers") &&
                !items[1].contains("answers"));
        QVERIFY2(items[1]["error"].toString().contains("tokens"), compared.report().constData());
        QVERIFY2(compared.error.contains("1 of 3 prompts"), compared.report().constData());
        STUDIO_RUN(none, 1, {"compare", "--arm", "a=" + text(model), "--prompt", longer});
        QVERIFY2(none.error.contains("error: The prompt has"), none.report().constData());
    }

    void sameSeed_givesTheSameMetrics() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const QStringList first = lossesOf(text(model), "same-1", "1");
        QVERIFY(first.size() >= 3);
        QCOMPARE(lossesOf(text(model), "same-2", "1"), first);
    }

    void threadLimit_belowTheThreadsAskedFor_isKept() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const QStringList one = lossesOf(text(model), "limit-none", "1");
        const bool set = qEnvironmentVariableIsSet("OMP_THREAD_LIMIT");
        const QByteArray before = qgetenv("OMP_THREAD_LIMIT");
        qputenv("OMP_THREAD_LIMIT", "1");
        const QStringList limited = lossesOf(text(model), "limit-one", "2");
        set ? qputenv("OMP_THREAD_LIMIT", before) : qunsetenv("OMP_THREAD_LIMIT");
        QVERIFY(one.size() >= 3);
        QCOMPARE(limited, one);
    }

private:
    QStringList lossesOf(const QString& model, const QString& run, const QString& threads) {
        const FinetuneRun trained =
            finetune({"train", "--project", m_project, "--model", model, "--run", run, "--set", "max_steps=3",
                      "--set", "batch_rows=2", "--set", "cutoff=256", "--threads", threads, "--json"});
        QStringList values;
        for (const QJsonObject& line : trained.lines())
            values.append(QString::number(line["loss"].toDouble(), 'g', 17));
        return values;
    }
};

STUDIO_TEST(CliLoopTest)

}  // namespace

#include "loop_test.moc"
