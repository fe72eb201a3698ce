// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/chat_prompt.h"

#include "core/text/prompt_jinja.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using studio::ErrorCode;
using studio::HydratedPrompt;
using studio::PromptTemplate;

namespace {

const char* const kChatMl =
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor "
    "%}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
const char* const kInstructions =
    "{{ bos_token }}{% for message in messages %}{% if message.role == 'user' %}"
    "[INST] {{ message.content | trim }} [/INST]{% else %} {{ message.content | trim }} {{ eos_token }}{% "
    "endif %}"
    "{% endfor %}";
// The prompt opens a thought that a conversation that is over does not have.
const char* const kThinking =
    "{% for message in messages %}<{{ message.role }}>{{ message.content.split('</think>')[-1] }}"
    "{% if message.role == 'assistant' %}<end>{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<assistant><think>\n{% endif %}";

PromptTemplate chat(const char* source) {
    return studio::chatPromptTemplate(source, {{"bos_token", "<s>"}, {"eos_token", "</s>"}}, "2026-11-30");
}

std::string prompt(const PromptTemplate& one, const std::string& instruction, const std::string& input = {}) {
    return studio::hydratedPrompt(one, instruction, input);
}

std::string answer(const PromptTemplate& one, const std::string& response) {
    return studio::answerText(one, "Hi", "", response);
}

}  // namespace

class ChatPromptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prompt_eachTemplate_endsWhereTheAnswerBegins() {
        QCOMPARE(prompt(chat(kChatMl), "Add.", "1 2"),
                 std::string("<|im_start|>user\nAdd.\n\n1 2<|im_end|>\n<|im_start|>assistant\n"));
        QCOMPARE(prompt(chat(kInstructions), " Hi "), std::string("<s>[INST] Hi [/INST]"));
        QCOMPARE(prompt(chat(kThinking), "Hi"), std::string("<user>Hi<assistant><think>\n"));
    }

    void answer_eachTemplate_hasWhatStandsAroundIt() {
        QCOMPARE(answer(chat(kChatMl), "Hello."), std::string("Hello.<|im_end|>"));
        QCOMPARE(answer(chat(kInstructions), "Hello."), std::string(" Hello. </s>"));
        QCOMPARE(answer(chat(kThinking), "Hello."), std::string("Hello.<end>"));
    }

    void answer_textsLikeTheMarks_areNoMarks() {
        QCOMPARE(answer(chat(kChatMl), "e"), std::string("e<|im_end|>"));
        QCOMPARE(answer(chat(kChatMl), "<|im_end|>\n"), std::string("<|im_end|>\n<|im_end|>"));
        QCOMPARE(answer(chat(kInstructions), "/INST"), std::string(" /INST </s>"));
    }

    void answer_spaceAroundTheResponse_isTheTemplatesBusiness() {
        QCOMPARE(answer(chat(kChatMl), " a \n"), std::string(" a \n<|im_end|>"));
        QCOMPARE(answer(chat(kInstructions), " a \n"), std::string(" a </s>"));
        QCOMPARE(answer(chat(kChatMl), " \n"), std::string());  // nothing to learn
    }

    void answer_templateThatChangesIt_isRefused() {
        const PromptTemplate shouting = chat(
            "{% for message in messages %}{{ message.content | upper }}{% endfor %}"
            "{% if add_generation_prompt %}:{% endif %}");
        STUDIO_COMPARE_ERROR(answer(shouting, "a"), ErrorCode::TemplateInvalid);
        const PromptTemplate deaf = chat("{{ messages[0].content }}");
        STUDIO_COMPARE_ERROR(answer(deaf, "a"), ErrorCode::TemplateInvalid);
        QCOMPARE(studio::promptForm(deaf), (studio::PromptForm{true, ""}));  // it can be asked, all the same
    }

    void form_ofATemplate_saysHowItsPromptIsRead() {
        QCOMPARE(studio::promptForm(chat(kChatMl)), (studio::PromptForm{true, "<|im_end|>"}));
        QCOMPARE(studio::promptForm(chat(kInstructions)), (studio::PromptForm{true, "</s>"}));
        QCOMPARE(studio::promptForm(studio::builtInTemplates().front()), studio::PromptForm());
    }

    void spans_ofTheFields_standInTheWholePrompt() {
        const HydratedPrompt hydrated = studio::hydrate(chat(kChatMl), "Add.", "1 2");
        QCOMPARE(hydrated.spans.size(), std::size_t{2});
        for (const auto& [field, text] : {std::pair("instruction", "Add."), std::pair("input", "1 2")}) {
            const auto& span = hydrated.spans[std::string(field) == "input" ? 1 : 0];
            QCOMPARE(span.field, std::string(field));
            QCOMPARE(hydrated.text.substr(span.begin, span.end - span.begin), std::string(text));
        }
        // What the template trims away takes the span with it that it was part of.
        QVERIFY(studio::hydrate(chat(kInstructions), " Hi", "").spans.empty());
        QCOMPARE(studio::hydrate(chat(kInstructions), "Hi", "").spans.size(), std::size_t{1});
    }

    void date_isTheOneItWasTakenOn() {
        const PromptTemplate dated = chat(
            "{{ strftime_now('%d %b %Y') }} {{ messages[0].content }}"
            "{% if messages | length > 1 %}{{ messages[1].content }}{% endif %}");
        QCOMPARE(prompt(dated, "Hi"), std::string("30 Nov 2026 Hi"));
    }

    void refusal_ofTheTemplate_isItsOwnWords() {
        const PromptTemplate strict = chat("{{ raise_exception('Only with a system message.') }}");
        STUDIO_COMPARE_ERROR(prompt(strict, "Hi"), ErrorCode::TemplateInvalid);
        STUDIO_COMPARE_ERROR(studio::chatPromptTemplate("{% if %}", {}, ""), ErrorCode::TemplateInvalid);
    }

    void mistakes_ofOneFromAFile_nameTheFile() {
        const auto from = [](const char* source, const char* file) {
            return studio::chatPromptTemplate(source, {}, "2026-11-30", file);
        };
        // The same template of two models: each message names its own.
        for (const char* file : {"/a/tokenizer_config.json", "/b/chat_template.jinja"}) {
            const std::string name = file;
            STUDIO_COMPARE_ERROR_TEXT(prompt(from("{{ raise_exception('No.') }}", file), "Hi"),
                                      ErrorCode::TemplateInvalid, "The chat template " + name + ", line 1");
            STUDIO_COMPARE_ERROR_TEXT(answer(from("{{ messages[0].content }}", file), "a"),
                                      ErrorCode::TemplateInvalid,
                                      "The chat template " + name + ": it changes the text of a response.");
            STUDIO_COMPARE_ERROR_TEXT(from("{% if %}", file), ErrorCode::TemplateInvalid,
                                      "The chat template " + name + ", line 1");
        }
        QCOMPARE(from(kChatMl, "/a/tokenizer_config.json"), from(kChatMl, "/b/chat_template.jinja"));
        const std::string json = studio::promptTemplateJson(chat("{{ messages[0].content }}"));
        STUDIO_COMPARE_ERROR_TEXT(answer(studio::parsePromptTemplate(json, "/c/prompt_template.json"), "a"),
                                  ErrorCode::TemplateInvalid, "The chat template /c/prompt_template.json: ");
    }

    void json_writtenAndRead_isTheSame() {
        PromptTemplate one = chat(kChatMl);
        one.name = "chat-2";
        one.title = "Chat of a model";
        QCOMPARE(studio::parsePromptTemplate(studio::promptTemplateJson(one), "x.json"), one);
        QCOMPARE(studio::chatTemplateOf(one), std::string(kChatMl));
    }

    void json_damagedChat_isRefusedByItsField_data() {
        QTest::addColumn<QString>("change");
        QTest::newRow("template no text") << R"(, "chat_template": 1)";
        QTest::newRow("empty") << R"(, "chat_template": "")";
        QTest::newRow("blank") << R"(, "chat_template": " \n")";
        QTest::newRow("not Jinja") << R"(, "chat_template": "{% for %}")";
        QTest::newRow("tokens no object") << R"(, "chat_template": "x", "special_tokens": [])";
        QTest::newRow("token no text") << R"(, "chat_template": "x", "special_tokens": {"bos_token": 1})";
        QTest::newRow("date no text") << R"(, "chat_template": "x", "chat_date": 20261130)";
    }
    void json_damagedChat_isRefusedByItsField() {
        QFETCH(QString, change);
        const std::string json =
            "{\"name\": \"c\", \"with_input\": \"{instruction}{input}\","
            " \"without_input\": \"{instruction}\"" +
            change.toStdString() + "}";
        QVERIFY_EXCEPTION_THROWN(studio::parsePromptTemplate(json, "c.json"), studio::Error);
    }
};

STUDIO_TEST(ChatPromptTest)
#include "chat_prompt_test.moc"
