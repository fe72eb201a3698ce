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
