// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// What is asked of a model: its facts, its tokens, its numbers and its answers.
class CliModelTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    QString write(const QString& name, const QByteArray& bytes) const {
        return writtenFile(m_folder.path(), name, bytes);
    }

private Q_SLOTS:
    void tokenize_linesAndDecode() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const QString lines = write("lines.jsonl", "\"Once upon a time\"\n{\"text\":\"你好\"}\n");
        STUDIO_RUN(run, 0, {"tokenize", "--model", text(model), "--lines", lines, "--decode", "--json"});
        QCOMPARE(run.lines().size(), 2);
        QCOMPARE(run.lines()[0]["ids"].toArray().first().toInteger(), 1);  // BOS
        QCOMPARE(run.lines()[0]["decoded"].toString(), "Once upon a time");
        QCOMPARE(run.lines()[0]["pieces"].toArray().size(), run.lines()[0]["ids"].toArray().size());
        STUDIO_RUN(bare, 0, {"tokenize", "--model", text(model), "--text", "Once", "--no-special", "--json"});
        QVERIFY(bare.object()["ids"].toArray().first().toInteger() != 1);
        QVERIFY(!bare.object().contains("decoded"));
    }

    void model_infoAndLogits() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(info, 0, {"model", "info", "--model", text(model), "--json"});
        QCOMPARE(info.object()["vocab_size"].toInteger(), 512);
        QVERIFY(info.object()["parameters"].toInteger() > 200000);
        STUDIO_RUN(logits, 0, {"model", "logits", "--model", text(model), "--ids", "1,403,407", "--json"});
        QCOMPARE(logits.object()["ids"].toArray().size(), 3);
        QCOMPARE(logits.object()["logits"].toArray().size(), 3);
        QCOMPARE(valueAt(logits.object(), "logits/0").toArray().size(), 512);
        STUDIO_RUN(last, 0,
                   {"model", "logits", "--model", text(model), "--ids", "1,403,407", "--last", "--json"});
        QCOMPARE(last.object()["logits"].toArray().size(), 1);
        QCOMPARE(valueAt(last.object(), "logits/0"), valueAt(logits.object(), "logits/2"));
        STUDIO_RUN(wrong, 1, {"model", "logits", "--model", text(model), "--ids", "1,99999", "--json"});
        QVERIFY2(wrong.hasOneErrorLine(), wrong.report().constData());
    }

    void modelInfo_endIds_areAllThatEndAnswers() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const auto copy = m_folder / "ends";
        std::filesystem::create_directory(copy);
        for (const char* name : {"model.safetensors", "tokenizer.model"})
            std::filesystem::create_symlink(model / name, copy / name);
        QFile config(text(model / "config.json"));
        QVERIFY(config.open(QIODevice::ReadOnly));
        QJsonObject json = QJsonDocument::fromJson(config.readAll()).object();
        json["eos_token_id"] = 9;
        write("ends/config.json", QJsonDocument(json).toJson());
        write("ends/generation_config.json", R"({"eos_token_id": [7, 9]})");
        STUDIO_RUN(info, 0, {"model", "info", text(copy), "--json"});
        // The last one is the tokenizer's.
        QCOMPARE(info.object()["eos_ids"].toArray(), (QJsonArray{9, 7, 2}));
        write("ends/generation_config.json", R"({"eos_token_id": "7"})");
        STUDIO_RUN(wrong, 1, {"model", "info", text(copy), "--json"});
        QVERIFY2(wrong.hasOneErrorLine() && wrong.error.contains("generation_config.json: eos_token_id"),
                 wrong.report().constData());
    }

    void modelInfo_forecast_growsWithLengthAndBatch() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const auto needed = [&](const QString& length, const QString& batch, const QString& use) {
            const FinetuneRun run =
                finetune({"model", "info", text(model), "--length", length, "--batch", batch, "--json"});
            return valueAt(run.object(), "forecast/0/" + use + "/bytes").toDouble();
        };
        for (const QString use : {"answering", "lora", "full"}) {
            const double small = needed("64", "1", use), large = needed("256", "64", use);
            QVERIFY2(small > 1e8 && large > small, qPrintable(use));
        }
        STUDIO_RUN(people, 0, {"model", "info", text(model), "--batch", "2"});
        QVERIFY2(people.out.contains("2 rows of 512 tokens"), people.report().constData());
        QVERIFY2(people.out.contains("fits"), people.report().constData());
        STUDIO_RUN(wrong, 2, {"model", "info", text(model), "--batch", "0"});
        QVERIFY(wrong.hasOneErrorLine());
    }

    void modelList_opened_listsSoundAndBrokenModels() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const QString project = text(m_folder / "Models.ftproj");
        STUDIO_RUN(created, 0, {"project", "create", project});
        const auto data = m_folder / "data";
        std::filesystem::create_directories(data / "finetune-studio");
        QJsonObject list{{"folders", QJsonArray{text(model), text(data / "nowhere")}},
                         {"names", QJsonObject{{text(std::filesystem::canonical(model)), "Small stories"}}}};
        writtenFile(data / "finetune-studio", "models.json", QJsonDocument(list).toJson());
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString(data.string()));
        const FinetuneRun run = finetune({"model", "list", "--project", project, "--json"});
        const FinetuneRun people = finetune({"model", "list"});
        before.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", before);
        QCOMPARE(run.exitCode, 0);
        QJsonObject sound, broken;
        for (const QJsonObject& each : run.lines()) {
            if (each["name"] == QStringLiteral("Small stories")) sound = each;
            if (each["name"] == QStringLiteral("nowhere")) broken = each;
        }
        QCOMPARE(sound["origin"].toString(), QStringLiteral("opened"));
        QCOMPARE(sound["family"].toString(), QStringLiteral("Llama"));
        QVERIFY(valueAt(sound, "forecast/0/full/bytes").toDouble() > 1e8);
        QVERIFY(!broken["problem"].toString().isEmpty());
        QVERIFY(broken["parameters"].isNull());
        QCOMPARE(people.exitCode, 0);
        QVERIFY2(people.out.contains("Small stories"), people.report().constData());
        QVERIFY2(people.error.contains("nowhere"), people.report().constData());
    }

    void logits_inInt8_sayWhatTheyCanBeIn() {
        STUDIO_RUN(refused, 2, {"model", "logits", "m", "--ids", "1,2", "--dtype", "int8"});
        QVERIFY2(refused.hasOneErrorLine() &&
                     refused.error.contains("for logits it can be auto, float32, bfloat16 or float16"),
                 refused.report().constData());
    }

    void logits_ofDamagedWeights_areRefused() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const auto copy = m_folder / "damaged";
        std::filesystem::copy(model, copy, std::filesystem::copy_options::recursive);
        QFile weights(text(copy) + "/model.safetensors");
        std::filesystem::permissions(copy / "model.safetensors", std::filesystem::perms::owner_write,
                                     std::filesystem::perm_options::add);
        QVERIFY(weights.open(QIODevice::ReadWrite));
        QVERIFY(weights.seek(weights.size() / 2));
        weights.write(QByteArray(4096, '\xff'));  // NaN in every float format
        weights.close();
        for (const char* form : {"--json", "--last"}) {
            STUDIO_RUN(run, 1, {"model", "logits", text(copy), "--ids", "1,2", form});
            QVERIFY2(run.error.contains("model info --check"), run.report().constData());
        }
        STUDIO_RUN(check, 1, {"model", "info", text(copy), "--check", "--json"});
        QCOMPARE(check.object()["finite"].toBool(true), false);
        QVERIFY2(check.hasOneErrorLine() && check.error.contains("NaN or infinity"),
                 check.report().constData());
        STUDIO_RUN(people, 1, {"model", "info", text(copy), "--check"});
        QVERIFY2(people.hasOneErrorLine() && people.out.contains("finite"), people.report().constData());
    }

    void generate_rawGreedy_isTheGoldenContinuation() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_NEEDS_ASSET(golden, "models/stories260K/golden/empty_prompt_256.json");
        QFile file(text(golden));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray expected = QJsonDocument::fromJson(file.readAll()).object()["ids"].toArray();
        STUDIO_RUN(run, 0,
                   {"generate", "--model", text(model), "--raw", "--prompt", "", "--max-new-tokens", "40",
                    "--json"});
        const QJsonObject answer = run.object();
        QCOMPARE(answer["prompt_ids"].toArray(), QJsonArray{1});
        QCOMPARE(answer["ids"].toArray().size(), 40);
        for (int i = 0; i < 40; ++i) QCOMPARE(answer["ids"].toArray().at(i), expected.at(i));
        QCOMPARE(answer["stop_reason"].toString(), "max_tokens");
        QVERIFY(answer["tokens_per_second"].toDouble() > 0.0);
        STUDIO_RUN(people, 0,
                   {"generate", "--model", text(model), "--raw", "--prompt", "", "--max-new-tokens", "40"});
        QCOMPARE(QString::fromUtf8(people.out), answer["text"].toString() + "\n");
    }

    void compare_oneArm_isEnough() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(
            run, 0,
            {"compare", "--arm", "a=" + text(model), "--prompt", "Once", "--max-new-tokens", "2", "--json"});
        QVERIFY(valueAt(run.object(), "answers/a/text").isString());
        STUDIO_RUN(help, 0, {"compare", "--help"});
        QVERIFY(help.out.contains("one or more models"));
    }

    void compare_promptsFile_hasNullReferences() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        const QString file = write("prompts.txt", "Once upon a time\nThe dog\n");
        STUDIO_RUN(run, 0,
                   {"compare", "--arm", "a=" + text(model), "--arm", "b=" + text(model), "--prompts", file,
                    "--max-new-tokens", "4", "--json"});
        QCOMPARE(run.lines().size(), 2);
        QVERIFY(run.lines()[0]["reference"].isNull());
        QCOMPARE(valueAt(run.lines()[0], "answers/a/text"), valueAt(run.lines()[0], "answers/b/text"));
    }
};

STUDIO_TEST(CliModelTest)

}  // namespace

#include "model_test.moc"
