// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// The contract of every verb: the keys of --json, exit codes, one line for an error.
class CliVerbsTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;
    QString m_project = text(m_folder / "Verbs.ftproj");

    QString write(const QString& name, const QByteArray& bytes) const {
        return writtenFile(m_folder.path(), name, bytes);
    }

private Q_SLOTS:
    void initTestCase() {
        STUDIO_RUN(created, 0, {"project", "create", m_project, "--json"});
        QCOMPARE(created.object()["name"].toString(), "Verbs");
        const QString file = write("pairs.jsonl",
                                   "{\"instruction\":\"One {x}?\",\"input\":\"\",\"output\":\"1\",\"id\":7}\n"
                                   "{\"instruction\":\"Two?\",\"input\":\"二\",\"output\":\"2\"}\n"
                                   "{\"instruction\":\"No answer\",\"input\":\"\"}\n"
                                   "{\"instruction\":\"Three?\",\"input\":\"\",\"output\":\"3\"}\n");
        STUDIO_RUN(imported, 0, {"data", "import", m_project, file, "--split", "train", "--json"});
        QCOMPARE(imported.object()["imported"].toInteger(), 3);
        QCOMPARE(imported.object()["merged"].toInteger(-1), 0);
        const QJsonArray refused = imported.object()["refused"].toArray();
        QCOMPARE(refused.size(), 1);
        QCOMPARE(valueAt(refused, "0/row").toInteger(), 3);
        QVERIFY(!valueAt(refused, "0/reason").toString().isEmpty());
        QVERIFY(valueAt(refused, "0/file").toString().contains("pairs.jsonl"));
    }

    void help_isFastAndNamesEverySetting() {
        STUDIO_RUN(help, 0, {"--help"}, 2000);
        for (const char* verb : {"project", "data", "runs", "hydrate", "tokenize", "model", "pretrain",
                                 "train", "generate", "compare"}) {
            QVERIFY2(help.out.contains(verb), verb);
        }
        STUDIO_RUN(train, 0, {"train", "--help"}, 2000);
        for (const char* setting : {"learning_rate", "batch_rows", "max_steps", "default", "seed"}) {
            QVERIFY2(train.out.contains(setting), setting);
        }
        STUDIO_RUN(generate, 0, {"generate", "--help"}, 2000);
        for (const char* option :
             {"--max-new-tokens", "--temperature", "--top-k", "--top-p", "--seed", "--stop"}) {
            QVERIFY2(generate.out.contains(option), option);
        }
    }

    void wrongRequest_exitsTwoWithOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown verb") << QStringList{"fly"};
        QTest::newRow("unknown option") << QStringList{"data", "list", m_project, "--colour"};
        QTest::newRow("missing option") << QStringList{"generate", "--prompt", "x"};
        QTest::newRow("missing value") << QStringList{"generate", "--model"};
        QTest::newRow("unknown split") << QStringList{"data", "list", m_project, "--split", "exam"};
        QTest::newRow("unknown setting")
            << QStringList{"train", "--project", m_project, "--model", "x", "--set", "lerning_rate=1"};
        QTest::newRow("setting out of range")
            << QStringList{"train", "--project", m_project, "--model", "x", "--set", "learning_rate=7"};
        QTest::newRow("temperature is no number")
            << QStringList{"generate", "--model", "x", "--prompt", "x", "--temperature", "warm"};
        QTest::newRow("row is no number") << QStringList{"data", "show", m_project, "one"};
        QTest::newRow("row is an option") << QStringList{"data", "delete", m_project, "--row", "abc"};
        QTest::newRow("row beyond all rows")
            << QStringList{"data", "delete", m_project, "99999999999999999999"};
        QTest::newRow("limit below one") << QStringList{"data", "list", m_project, "--limit", "-1"};
        QTest::newRow("negative seed") << QStringList{"data", "split", m_project, "--seed", "-1"};
        QTest::newRow("share is no number") << QStringList{"data", "split", m_project, "--test", "nan"};
        QTest::newRow("share above one") << QStringList{"data", "split", m_project, "--test", "2"};
        QTest::newRow("shares together above one")
            << QStringList{"data", "split", m_project, "--test", "0.6", "--validation", "0.6"};
        QTest::newRow("run without a name")
            << QStringList{"train", "--project", m_project, "--model", "x", "--run", ""};
        QTest::newRow("file without a name") << QStringList{"data", "export", m_project, ""};
        QTest::newRow("no rounds") << QStringList{"bench", "train", "--rounds", "0"};
        QTest::newRow("no verb of verbs") << QStringList{"data"};
        QTest::newRow("arm without name") << QStringList{"compare", "--arm", "x", "--prompt", "x"};
        QTest::newRow("no field of that name")
            << QStringList{"data", "edit", m_project, "1", "--set", "colour=red"};
        QTest::newRow("chat without messages") << QStringList{"hydrate", "--chat", "--model", "x"};
        QTest::newRow("messages without chat")
            << QStringList{"hydrate", "--instruction", "x", "--messages", "x.json"};
        QTest::newRow("chat and instruction")
            << QStringList{"hydrate", "--chat", "--model", "x", "--messages", "x", "--instruction", "x"};
        QTest::newRow("two sources") << QStringList{"hydrate", "--instruction", "x", "--project",
                                                    m_project, "--row",         "1"};
    }

    void wrongRequest_exitsTwoWithOneLine() {
        QFETCH(QStringList, arguments);
        STUDIO_RUN(run, 2, arguments);
        QVERIFY2(run.hasOneErrorLine(), run.report().constData());
        QVERIFY2(run.out.isEmpty(), run.report().constData());
        STUDIO_RUN(asJson, 2, arguments + QStringList{"--json"});
        QVERIFY2(asJson.hasOneErrorLine(), asJson.report().constData());
    }

    void failedRequest_exitsOneWithOneLine_data() {
        const QString nowhere = text(m_folder.path()) + "/nowhere";
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no project") << QStringList{"project", "info", nowhere};
        QTest::newRow("project is there already") << QStringList{"project", "create", m_project};
        QTest::newRow("no file") << QStringList{"data", "import", m_project, nowhere};
        QTest::newRow("no row") << QStringList{"data", "show", m_project, "99"};
        QTest::newRow("no model") << QStringList{"model", "info", "--model", nowhere};
        QTest::newRow("no tokenizer") << QStringList{"tokenize", "--model", nowhere, "--text", "x"};
        QTest::newRow("no template") << QStringList{"hydrate", "--instruction", "x", "--template", "nope"};
        QTest::newRow("hydrate for no model")
            << QStringList{"hydrate", "--instruction", "x", "--model", m_project};
        QTest::newRow("nothing to compare on")
            << QStringList{"compare", "--arm", "a=" + nowhere, "--project", m_project, "--split", "test"};
        QTest::newRow("train without model")
            << QStringList{"train", "--project", m_project, "--model", nowhere};
        QTest::newRow("generate without model")
            << QStringList{"generate", "--model", nowhere, "--prompt", "x"};
    }

    void failedRequest_exitsOneWithOneLine() {
        QFETCH(QStringList, arguments);
        STUDIO_RUN(run, 1, arguments);
        QVERIFY2(run.error.count("error: ") == 1 && run.error.endsWith('\n'), run.report().constData());
        QVERIFY2(run.out.isEmpty(), run.report().constData());
        STUDIO_RUN(asJson, 1, arguments + QStringList{"--json"});
        QVERIFY2(asJson.hasOneErrorLine(), asJson.report().constData());
        QVERIFY2(asJson.out.isEmpty(), asJson.report().constData());
    }

    void data_listShowAndStats() {
        STUDIO_RUN(list, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(list.lines().size(), 3);
        QCOMPARE(list.lines()[1]["input"].toString(), QString::fromUtf8("二"));
        STUDIO_RUN(limited, 0, {"data", "list", m_project, "--limit", "1", "--offset", "1", "--json"});
        QCOMPARE(limited.object()["instruction"].toString(), "Two?");
        STUDIO_RUN(found, 0, {"data", "list", m_project, "--search", "two", "--json"});
        QCOMPARE(found.lines().size(), 1);
        STUDIO_RUN(show, 0, {"data", "show", m_project, "1", "--json"});
        QCOMPARE(show.object()["output"].toString(), "1");
        QCOMPARE(show.object()["split"].toString(), "train");
        STUDIO_RUN(stats, 0, {"data", "stats", m_project, "--json"});
        QCOMPARE(stats.object()["records"].toInteger(), 3);
        QCOMPARE(valueAt(stats.object(), "characters/output/longest").toInteger(), 1);
    }

    void data_editUndoRedoAndDelete() {
        STUDIO_RUN(
            edited, 0,
            {"data", "edit", m_project, "1", "--set", "output=[one]", "--set", "status=draft", "--json"});
        QCOMPARE(edited.object()["output"].toString(), "[one]");
        QCOMPARE(edited.object()["status"].toString(), "draft");
        STUDIO_RUN(undone, 0, {"data", "undo", m_project, "--json"});
        STUDIO_RUN(before, 0, {"data", "show", m_project, "1", "--json"});
        QCOMPARE(before.object()["output"].toString(), "1");
        STUDIO_RUN(redone, 0, {"data", "redo", m_project, "--json"});
        STUDIO_RUN(after, 0, {"data", "show", m_project, "1", "--json"});
        QCOMPARE(after.object()["output"].toString(), "[one]");
        STUDIO_RUN(again, 0, {"data", "undo", m_project});
        STUDIO_RUN(deleted, 0, {"data", "delete", m_project, "2", "3", "--json"});
        STUDIO_RUN(list, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(list.lines().size(), 1);
        STUDIO_RUN(back, 0, {"data", "undo", m_project, "--json"});
        STUDIO_RUN(all, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(all.lines().size(), 3);
    }

    void data_deleteTheSameRowTwice_isOneRow() {
        STUDIO_RUN(deleted, 0, {"data", "delete", m_project, "2", "2", "--json"});
        QCOMPARE(deleted.object()["deleted"].toArray(), QJsonArray{2});
        STUDIO_RUN(back, 0, {"data", "undo", m_project, "--json"});
        STUDIO_RUN(all, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(all.lines().size(), 3);
    }

    void data_deleteWithAnUnknownRow_deletesNothing() {
        STUDIO_RUN(refused, 1, {"data", "delete", m_project, "1", "2", "99999999"});
        QVERIFY2(refused.hasOneErrorLine(), refused.report().constData());
        QVERIFY2(refused.error.contains("no row 99999999, so nothing is deleted"),
                 refused.report().constData());
        STUDIO_RUN(all, 0, {"data", "list", m_project, "--json"});
        QCOMPARE(all.lines().size(), 3);
    }

    void data_exportToAFolder_saysItIsOne() {
        STUDIO_RUN(refused, 1, {"data", "export", m_project, text(m_folder.path())});
        QVERIFY2(refused.hasOneErrorLine() && refused.error.contains("is a folder, not a file"),
                 refused.report().constData());
    }

    void data_listWithoutAMatch_saysSo() {
        STUDIO_RUN(list, 0, {"data", "list", m_project, "--search", "zzzz"});
        QCOMPARE(list.out, QByteArray());
        QCOMPARE(list.error, QByteArray("note: No row matches.\n"));
        STUDIO_RUN(json, 0, {"data", "list", m_project, "--search", "zzzz", "--json"});
        QVERIFY2(json.out.isEmpty() && json.error.isEmpty(), json.report().constData());
    }

    void data_exportKeepsUnknownFields() {
        const QString lines = text(m_folder.path()) + "/out.jsonl";
        STUDIO_RUN(exported, 0, {"data", "export", m_project, lines, "--json"});
        QCOMPARE(exported.object()["exported"].toInteger(), 3);
        QFile file(lines);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readLine().trimmed(),
                 QByteArray("{\"instruction\":\"One {x}?\",\"input\":\"\",\"output\":\"1\",\"id\":7}"));
        const QString array = text(m_folder.path()) + "/out.json";
        STUDIO_RUN(asArray, 0, {"data", "export", m_project, array, "--split", "train", "--json"});
        QFile arrayFile(array);
        QVERIFY(arrayFile.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(arrayFile.readAll()).array().size(), 3);
    }

    void data_importFolderSkippingBad() {
        QVERIFY(QDir(text(m_folder.path())).mkpath("mixed"));
        write("mixed/a.json", "[{\"instruction\":\"a\",\"output\":\"b\"}]");
        write("mixed/b.json", "<html>not found</html>");
        const QString other = text(m_folder / "Mixed.ftproj");
        STUDIO_RUN(created, 0, {"project", "create", other});
        STUDIO_RUN(imported, 0,
                   {"data", "import", other, text(m_folder.path()) + "/mixed", "--skip-bad", "--json"});
        QCOMPARE(imported.object()["imported"].toInteger(), 1);
        QCOMPARE(imported.object()["refused"].toArray().size(), 1);
        QVERIFY(valueAt(imported.object(), "refused/0/file").toString().endsWith("b.json"));
    }

    void hydrate_textWithBracesAndBrackets_isTakenAsItIs() {
        STUDIO_RUN(run, 0,
                   {"hydrate", "--instruction", "[a] {input} -x", "--input", "", "--template", "plain"});
        QCOMPARE(run.out, QByteArray("### Question:\n[a] {input} -x\n\n### Answer:"));
        STUDIO_RUN(json, 0, {"hydrate", "--instruction", "{a}", "--template", "plain", "--json"});
        QCOMPARE(json.object()["prompt"].toString(), "### Question:\n{a}\n\n### Answer:");
    }

    void hydrate_chat_isWhatTheModelReads() {
        QVERIFY(QDir(text(m_folder.path())).mkpath("chatmodel/additional_chat_templates"));
        write("chatmodel/config.json", "{}");
        write("chatmodel/chat_template.jinja",
              "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ m.content }}\n{% endfor %}"
              "{{ think }}{% if add_generation_prompt %}<assistant>{% endif %}\n");
        write("chatmodel/additional_chat_templates/tool_use.jinja",
              "{{ tools|tojson }}{{ raise_exception('no') }}");
        write("chatmodel/tokenizer_config.json", "{\"bos_token\": {\"content\": \"<s>\"}}");
        const QString model = text(m_folder / "chatmodel");
        const QString messages = write("messages.json", "[{\"role\": \"user\", \"content\": \"臺 {x}\"}]");
        const QStringList chat{"hydrate", "--chat", "--model", model, "--messages", messages};
        STUDIO_RUN(plain, 0, chat);
        QCOMPARE(plain.out, QByteArray("<s><user>臺 {x}\n<assistant>"));
        STUDIO_RUN(bare, 0, chat + QStringList{"--no-generation-prompt", "--set", "think=false"});
        QCOMPARE(bare.out, QByteArray("<s><user>臺 {x}\nFalse"));
        STUDIO_RUN(json, 0, chat + QStringList{"--json"});
        QCOMPARE(json.object()["prompt"].toString(), "<s><user>臺 {x}\n<assistant>");
        QCOMPARE(json.object()["template"].toString(), "default");
        QCOMPARE(valueAt(json.object(), "other_templates/0").toString(), "tool_use");
        QCOMPARE(valueAt(json.object(), "special_tokens/bos_token").toString(), "<s>");
        const QString whole =
            write("whole.json", "{\"messages\": [], \"think\": 1, \"add_generation_prompt\": false}");
        STUDIO_RUN(object, 0, {"hydrate", "--chat", "--model", model, "--messages", whole});
        QCOMPARE(object.out, QByteArray("<s>1"));
        const QString tools = write("tools.json", "[{\"name\": \"f\"}]");
        STUDIO_RUN(refused, 1, chat + QStringList{"--tools", tools});
        QVERIFY2(refused.hasOneErrorLine() && refused.error.contains("refuses these messages: no"),
                 refused.report().constData());
        STUDIO_RUN(unknown, 1, chat + QStringList{"--chat-template", "zap"});
        QVERIFY2(unknown.hasOneErrorLine() && unknown.error.contains("It has: default, tool_use."),
                 unknown.report().constData());
        const QString silent =
            write("silent.json", "[{\"role\": \"a\", \"tool_calls\": []}, {\"role\": \"user\"}]");
        STUDIO_RUN(lacking, 1, {"hydrate", "--chat", "--model", model, "--messages", silent});
        QVERIFY2(lacking.error.contains("silent.json: message 2 has no \"content\"."),
                 lacking.report().constData());
        STUDIO_RUN(noMessages, 1, {"hydrate", "--chat", "--model", model, "--messages", tools + "x"});
        QVERIFY2(noMessages.hasOneErrorLine(), noMessages.report().constData());
    }

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
        const auto data = m_folder / "data";
        std::filesystem::create_directories(data / "finetune-studio");
        QJsonObject list{{"folders", QJsonArray{text(model), text(data / "nowhere")}},
                         {"names", QJsonObject{{text(std::filesystem::canonical(model)), "Small stories"}}}};
        writtenFile(data / "finetune-studio", "models.json", QJsonDocument(list).toJson());
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", QByteArray::fromStdString(data.string()));
        const FinetuneRun run = finetune({"model", "list", "--project", m_project, "--json"});
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

STUDIO_TEST(CliVerbsTest)

}  // namespace

#include "verbs_test.moc"
