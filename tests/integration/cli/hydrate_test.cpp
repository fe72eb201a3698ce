// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>

#include "tests/integration/cli/finetune_process.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

namespace {

using namespace studio::test;

/// The exact bytes that a model is asked with.
class CliHydrateTest : public QObject {
    Q_OBJECT

    TemporaryFolder m_folder;

    QString write(const QString& name, const QByteArray& bytes) const {
        return writtenFile(m_folder.path(), name, bytes);
    }

private Q_SLOTS:
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
};

STUDIO_TEST(CliHydrateTest)

}  // namespace

#include "hydrate_test.moc"
