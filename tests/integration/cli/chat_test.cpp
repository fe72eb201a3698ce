// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A model's own chat template from the prompt through the training to the answer.
#include <QDir>

#include "core/base/files.h"
#include "core/formats/json.h"
#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace fs = std::filesystem;

namespace studio::test {

namespace {

constexpr qint64 kEnd = 510;  // <|endoftext|> of tiny-qwen2
const QString kPrompt = QStringLiteral("<|im_start|>user\nHi there<|im_end|>\n<|im_start|>assistant\n");

QJsonObject jsonIn(const fs::path& file) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(readFile(file))).object();
}

}  // namespace

class CliChatTest : public QObject {
    Q_OBJECT

private:
    TemporaryFolder m_folder;
    fs::path m_model = m_folder / "model";

private Q_SLOTS:
    void initTestCase() {
        STUDIO_NEEDS_ASSET(model, "models/tiny-qwen2");
        fs::create_directory(m_model);
        for (const auto& entry : fs::directory_iterator(model))
            if (entry.is_regular_file()) fs::copy_file(entry.path(), m_model / entry.path().filename());
        // Answers end otherwise than the configuration says.
        writeFileAtomically(
            m_model / "chat_template.jinja",
            "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}"
            "{% if m.role == 'user' %}<|im_end|>{% else %}<|endoftext|>{% endif %}\n\n{% endfor %}"
            "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}");
    }

    void generate_chatModel_isAskedInItsOwnFormat() {
        STUDIO_RUN(ids, 0, {"tokenize", "--model", text(m_model), "--text", kPrompt, "--json"});
        const QJsonArray wanted = ids.object()["ids"].toArray();
        QVERIFY2(!wanted.isEmpty(), ids.report().constData());
        STUDIO_RUN(asked, 0,
                   {"generate", "--model", text(m_model), "--prompt", "Hi there", "--max-new-tokens", "2",
                    "--json"});
        QCOMPARE(asked.object()["prompt_ids"].toArray(), wanted);
        STUDIO_RUN(named, 0,
                   {"generate", "--model", text(m_model), "--prompt", "Hi there", "--max-new-tokens", "2",
                    "--template", "chat", "--json"});
        QCOMPARE(named.object()["prompt_ids"].toArray(), wanted);
        STUDIO_RUN(other, 0,
                   {"generate", "--model", text(m_model), "--prompt", "Hi there", "--max-new-tokens", "2",
                    "--template", "alpaca", "--json"});
        QVERIFY(other.object()["prompt_ids"].toArray() != wanted);
    }

    void generate_modelWithoutOne_isToldSo() {
        STUDIO_NEEDS_ASSET(model, "models/stories260K");
        STUDIO_RUN(refused, 1,
                   {"generate", "--model", text(model), "--prompt", "Hi", "--template", "chat", "--json"});
        QVERIFY2(refused.hasOneErrorLine() && refused.error.contains("has no chat template"),
                 refused.report().constData());
    }

    void hydrate_rowByAChatModel_isWhatItWillRead() {
        const QString project = text(m_folder / "rows"), model = text(m_model);
        const QString rows = writtenFile(m_folder.path(), "two.json",
                                         R"([{"instruction": "Hi there", "output": "Hello."},
                                             {"instruction": "Add.", "input": "1 2", "output": "3"}])");
        STUDIO_RUN(made, 0, {"project", "create", project});
        STUDIO_RUN(imported, 0, {"data", "import", project, rows});
        const QStringList row{"hydrate", "--project", project, "--row", "1"};
        STUDIO_RUN(chat, 0, row + QStringList{"--template", "chat", "--model", model});
        QCOMPARE(chat.out, kPrompt.toUtf8());
        STUDIO_RUN(usual, 0, row + QStringList{"--model", model});
        QCOMPARE(usual.out, kPrompt.toUtf8());
        STUDIO_RUN(json, 0,
                   {"hydrate", "--project", project, "--row", "2", "--template", "chat", "--model", model,
                    "--json"});
        QCOMPARE(json.object()["template"].toString(), "chat");
        QCOMPARE(valueAt(json.object(), "spans/1/field").toString(), "input");
        STUDIO_RUN(alpaca, 0, row + QStringList{"--template", "alpaca", "--model", model});
        STUDIO_RUN(without, 0, row);
        QCOMPARE(alpaca.out, without.out);
    }

    void hydrate_chatWithoutItsModel_isRefused() {
        const QStringList asked{"hydrate", "--instruction", "Hi", "--template", "chat"};
        STUDIO_RUN(noModel, 1, asked);
        QVERIFY2(noModel.hasOneErrorLine() && noModel.error.contains("Name it with --model"),
                 noModel.report().constData());
        STUDIO_RUN(nowhere, 1, asked + QStringList{"--model", text(m_folder / "nowhere")});
        QVERIFY2(nowhere.hasOneErrorLine() && nowhere.error.contains("There is no folder"),
                 nowhere.report().constData());
        STUDIO_RUN(
            both, 2,
            {"hydrate", "--chat", "--model", text(m_model), "--messages", "x.json", "--template", "alpaca"});
        QVERIFY2(both.error.contains("give no --template"), both.report().constData());
    }

    void hydrate_generationPromptAskedForTwice_mustAgree() {
        const QString messages =
            writtenFile(m_folder.path(), "one.json", R"([{"role": "user", "content": "Hi there"}])");
        const QStringList unprompted{
            "hydrate", "--chat", "--model", text(m_model), "--messages", messages, "--no-generation-prompt"};
        STUDIO_RUN(agreed, 0, unprompted + QStringList{"--set", "add_generation_prompt=false"});
        QVERIFY2(agreed.out.contains("Hi there") && !agreed.out.contains("assistant"),
                 agreed.report().constData());
        STUDIO_RUN(contradiction, 2, unprompted + QStringList{"--set", "add_generation_prompt=true"});
        QVERIFY2(contradiction.hasOneErrorLine() && contradiction.error.contains("contradict each other"),
                 contradiction.report().constData());
    }

    void template_thatLeavesOutTheMessage_isToldWhereItIsUsed() {
        const fs::path deaf = m_folder / "deaf";
        fs::copy(m_model, deaf);
        writeFileAtomically(deaf / "chat_template.jinja",
                            "{% for m in messages %}{% if m.role == 'assistant' %}<|im_start|>{{ m.content }}"
                            "<|endoftext|>{% endif %}{% endfor %}"
                            "{% if add_generation_prompt %}<|im_start|>{% endif %}");
        const QString project = text(m_folder / "unheard"), model = text(deaf);
        const QString rows = writtenFile(m_folder.path(), "unheard.json",
                                         R"([{"instruction": "Hi there", "output": "Hello."},
                                             {"instruction": "Name a city.", "output": "Lima"}])");
        STUDIO_RUN(made, 0, {"project", "create", project});
        STUDIO_RUN(imported, 0, {"data", "import", project, rows});
        const QByteArray ofOne = "note: The chat template leaves out what it was given";
        STUDIO_RUN(row, 0, {"hydrate", "--project", project, "--row", "1", "--model", model});
        QVERIFY2(row.error.contains(ofOne), row.report().constData());
        const QString messages = writtenFile(m_folder.path(), "unheard-messages.json",
                                             R"([{"role": "user", "content": "Hi there"}])");
        STUDIO_RUN(chat, 0, {"hydrate", "--chat", "--model", model, "--messages", messages});
        QVERIFY2(chat.error.contains(ofOne), chat.report().constData());
        const QStringList prompt{"--prompt", "Hi there", "--max-new-tokens", "2"};
        STUDIO_RUN(asked, 0, QStringList{"generate", "--model", model} + prompt);
        QVERIFY2(asked.error.contains(ofOne), asked.report().constData());
        STUDIO_RUN(heard, 0, QStringList{"generate", "--model", text(m_model)} + prompt);
        QVERIFY2(!heard.error.contains(ofOne), heard.report().constData());
        const QStringList train{"train", "--project",   project, "--model",   model,       "--run", "deaf",
                                "--set", "max_steps=1", "--set", "cutoff=64", "--threads", "1"};
        const QByteArray ofRows = "The chat template leaves out the instructions of the rows";
        STUDIO_RUN(plan, 0, train + QStringList{"--plan"});
        QVERIFY2(plan.error.count(ofRows) == 1, plan.report().constData());
        STUDIO_RUN(trained, 0, train);
        QVERIFY2(trained.error.count(ofRows) == 1, trained.report().constData());
    }

    void modelInfo_templates_areTold() {
        STUDIO_RUN(one, 0, {"model", "info", text(m_model), "--json"});
        QCOMPARE(one.object()["chat_template"].toObject(), (QJsonObject{{"source", "chat_template.jinja"}}));
        QVERIFY(one.object().contains("prompt_template") && one.object()["prompt_template"].isNull());
        const fs::path run = m_folder / "made" / "round-1";  // as a run leaves its model
        fs::create_directories(run);
        fs::copy(m_model, run / "model", fs::copy_options::recursive);
        writeFileAtomically(run / "run.json", "{}");
        writeFileAtomically(run / "model" / "chat_template.jinja", "");
        writeFileAtomically(run / "model" / "prompt_template.json",
                            R"({"name": "mine", "with_input": "{instruction}{input}",
                                "without_input": "{instruction}"})");
        const auto configure = [&](const char* chatTemplate) {
            OrderedJson config = readJsonFile(m_model / "tokenizer_config.json");
            config["chat_template"] = parseJson(chatTemplate, "test");
            writeJsonFile(run / "model" / "tokenizer_config.json", config);
        };
        configure(R"([{"name": "default", "template": "a"}, {"name": "tool_use", "template": "b"}])");
        STUDIO_RUN(two, 0, {"model", "info", text(run), "--json"});
        QCOMPARE(two.object()["name"].toString(), "round-1");
        QCOMPARE(two.object()["prompt_template"].toString(), "mine");
        QCOMPARE(
            two.object()["chat_template"].toObject(),
            (QJsonObject{{"source", "tokenizer_config.json"}, {"names", QJsonArray{"default", "tool_use"}}}));
        STUDIO_RUN(people, 0, {"model", "info", text(run)});
        QVERIFY2(people.out.contains("tokenizer_config.json (default, tool_use)"),
                 people.report().constData());
        configure(R"("")");
        STUDIO_RUN(none, 0, {"model", "info", text(run), "--json"});
        QVERIFY2(none.object()["chat_template"].isNull() && none.error.isEmpty(), none.report().constData());
        configure("3");
        STUDIO_RUN(broken, 0, {"model", "info", text(run), "--json"});
        QCOMPARE(valueAt(broken.object(), "chat_template/source").toString(), "tokenizer_config.json");
        QVERIFY2(broken.error.contains("neither a text nor a list"), broken.report().constData());
        fs::remove(run / "model" / "chat_template.jinja");
        fs::create_symlink("/proc/self/mem", run / "model" / "chat_template.jinja");  // nothing at its start
        STUDIO_RUN(unreadable, 0, {"model", "info", text(run), "--json"});
        QCOMPARE(valueAt(unreadable.object(), "chat_template/source").toString(), "chat_template.jinja");
        QVERIFY2(unreadable.error.contains("chat_template.jinja"), unreadable.report().constData());
    }

    void train_chatModel_staysInItsFormat() {
        const QString project = text(m_folder / "project"), rows = text(m_folder / "rows.json");
        writeFileAtomically(m_folder / "rows.json",
                            R"([{"instruction": "Hi there", "output": "Hello."},
                                {"instruction": "Add.", "input": "1 2", "output": "3"},
                                {"instruction": "Name a city.", "output": "Lima"}])");
        STUDIO_RUN(made, 0, {"project", "create", project});
        STUDIO_RUN(imported, 0, {"data", "import", project, rows});
        STUDIO_RUN(
            trained, 0,
            {"train", "--project", project, "--model", text(m_model), "--run", "chat", "--set", "max_steps=2",
             "--set", "batch_rows=3", "--set", "cutoff=64", "--threads", "1", "--json"});
        const fs::path model = m_folder / "project" / "runs" / "chat" / "model";
        const QJsonObject own = jsonIn(model / "prompt_template.json");
        QCOMPARE(own["chat_template"].toString().toStdString(), readFile(m_model / "chat_template.jinja"));
        QCOMPARE(own["chat_date"].toString().size(), 10);
        QCOMPARE(jsonIn(model / "generation_config.json")["eos_token_id"].toArray().last().toInteger(-1),
                 kEnd);
        const QByteArray card = QByteArray::fromStdString(readFile(model / "README.md"));
        for (const char* part : {"## Data", "- rows trained on: 2", "## Settings", "| max_steps | 2 |",
                                 "## Result", "- steps: 2", "the chat template of its base model"})
            QVERIFY2(card.contains(part), card.constData());
        STUDIO_RUN(ids, 0, {"tokenize", "--model", text(m_model), "--text", kPrompt, "--json"});
        STUDIO_RUN(
            asked, 0,
            {"generate", "--model", text(model), "--prompt", "Hi there", "--max-new-tokens", "2", "--json"});
        QCOMPARE(asked.object()["prompt_ids"].toArray(), ids.object()["ids"].toArray());
        STUDIO_RUN(compared, 0,
                   {"compare", "--arm", "base=" + text(m_model), "--arm", "tuned=" + text(model), "--prompt",
                    "Hi there", "--max-new-tokens", "2", "--json"});
        QVERIFY2(!compared.error.contains("was trained with"), compared.report().constData());
    }
};

STUDIO_TEST(CliChatTest)

}  // namespace studio::test

#include "chat_test.moc"
