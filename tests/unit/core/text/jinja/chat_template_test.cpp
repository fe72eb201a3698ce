// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/jinja/chat_template.h"

#include <thread>
#include <vector>

#include "core/base/error.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using studio::ChatContext;
using studio::ChatTemplate;
using studio::ErrorCode;

namespace {

/// Friday, 26 July 2024, 13:05:09.
std::tm someTime() {
    std::tm time{};
    time.tm_year = 124;
    time.tm_mon = 6;
    time.tm_mday = 26;
    time.tm_hour = 13;
    time.tm_min = 5;
    time.tm_sec = 9;
    time.tm_wday = 5;
    time.tm_yday = 207;
    return time;
}

std::string rendered(const std::string& source, const ChatContext& context) {
    return ChatTemplate::parse(source, "test").render(context);
}

}  // namespace

class ChatTemplateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_context_hasTheNamesOfTransformers() {
        ChatContext context;
        context.addMessage("user", "Hi");
        context.specialTokens = {{"bos_token", "<s>"}, {"additional_special_tokens", {"<a>", "<b>"}}};
        context.variables = {{"enable_thinking", false}};
        QCOMPARE(rendered("{{ bos_token }}{{ eos_token }}{{ messages }}{{ add_generation_prompt }}"
                          "{{ enable_thinking }}{{ additional_special_tokens[1] }}",
                          context),
                 std::string("<s>[{'role': 'user', 'content': 'Hi'}]TrueFalse<b>"));
        // Transformers always gives these two, as none where there are none.
        QCOMPARE(rendered("{{ tools }}{{ documents }}{{ tools is defined }}", context),
                 std::string("NoneNoneTrue"));
        context.tools = {{{"name", "f"}}};
        context.documents = ChatContext::Json::array();
        context.addGenerationPrompt = false;
        QCOMPARE(rendered("{{ tools[0].name }}{{ documents }}{{ add_generation_prompt }}", context),
                 std::string("f[]False"));
    }

    void render_variables_goBeforeSpecialTokens() {
        ChatContext context;
        context.specialTokens = {{"eos_token", "</s>"}};
        context.variables = {{"eos_token", "<end>"}};
        QCOMPARE(rendered("{{ eos_token }}", context), std::string("<end>"));
    }

    void render_partsOfAMessage_areReached() {
        ChatContext context;
        context.messages = ChatContext::Json::parse(
            R"([{"role":"user","content":[{"type":"text","text":"a"},{"type":"image"},{"type":"text","text":"b"}]}])");
        QCOMPARE(
            rendered("{% for m in messages %}{% if m.content is string %}{{ m.content }}{% else %}"
                     "{% for p in m.content %}{{ p.text if p.type == 'text' else '<image>' }}{% endfor %}"
                     "{% endif %}{% endfor %}",
                     context),
            std::string("a<image>b"));
    }

    void render_keysOfJson_keepTheirOrder() {
        ChatContext context;
        context.variables = ChatContext::Json::parse(R"({"x":{"z":1,"a":[1.0,2,1e3,null],"m":{"k":true}}})");
        QCOMPARE(rendered("{{ x|tojson }}", context),
                 std::string(R"({"z": 1, "a": [1.0, 2, 1000.0, null], "m": {"k": true}})"));
    }

    void render_time_isTheCallersInPlainEnglish_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* format, const char* expected) {
            QTest::newRow(format) << QString::fromUtf8(format) << QString::fromUtf8(expected);
        };
        row("%d %b %Y", "26 Jul 2024");
        row("%A, %B %-d, %y %j", "Friday, July 26, 24 208");
        row("%Y-%m-%d %H:%M:%S %I %p %a", "2024-07-26 13:05:09 01 PM Fri");
        row("100%% é %f|%z|%Z|", "100% é 000000|||");
    }

    void render_time_isTheCallersInPlainEnglish() {
        QFETCH(QString, format);
        QFETCH(QString, expected);
        ChatContext context;
        context.now = someTime();
        context.variables["format"] = format.toStdString();
        QCOMPARE(QString::fromStdString(rendered("{{ strftime_now(format) }}", context)), expected);
        STUDIO_COMPARE_ERROR_TEXT(rendered("{{ strftime_now('%Q') }}", context), ErrorCode::TemplateInvalid,
                                  "does not know the directive \"%Q\"");
    }

    void render_refusedByTheTemplate_saysItsWords() {
        const auto error = studio::test::errorOf(
            [] { rendered("\n{{ raise_exception('Roles must\nalternate!') }}", ChatContext()); });
        QVERIFY(error.has_value());
        QCOMPARE(error->code(), ErrorCode::TemplateInvalid);
        QCOMPARE(error->args(), (std::vector<std::string>{"Roles must\nalternate!", "test", "2"}));
        QCOMPARE(std::string(error->what()),
                 std::string("The chat template test, line 2, refuses these messages: Roles must alternate! "
                             "Change the messages as it asks for, or choose another template."));
    }

    void render_contextThatIsNoText_isRefused() {
        ChatContext context;
        context.addMessage("user", "a\xFF");
        STUDIO_COMPARE_ERROR_TEXT(rendered("x", context), ErrorCode::BadEncoding, "\"messages\" holds text");
        context.messages = ChatContext::Json::array();
        context.variables["big"] = 18446744073709551615ULL;
        STUDIO_COMPARE_ERROR_TEXT(rendered("x", context), ErrorCode::BadFormat,
                                  "\"big\" holds a whole number");
        ChatContext::Json deep = 1;
        for (int i = 0; i < 1000; ++i) deep = ChatContext::Json::array({std::move(deep)});
        context.variables = {{"deep", std::move(deep)}};
        STUDIO_COMPARE_ERROR_TEXT(rendered("x", context), ErrorCode::TemplateInvalid, "levels deep");
    }

    void parse_sourceThatIsNoText_namesTheLine() {
        STUDIO_COMPARE_ERROR_TEXT(ChatTemplate::parse("a\nb\xC3", "test"), ErrorCode::BadEncoding, "line 2");
        QCOMPARE(rendered("", ChatContext()), std::string());
        QCOMPARE(rendered(std::string("a\0b", 3), ChatContext()), std::string("a\0b", 3));
    }

    void render_fromSeveralThreads_isTheSame() {
        const auto chat = ChatTemplate::parse(
            "{% macro f(m) %}{{ m.role|upper ~ ': ' ~ m.content }}{% endmacro %}"
            "{% for m in messages %}{{ f(m) }}{% endfor %}",
            "test");
        ChatContext context;
        for (int i = 0; i < 50; ++i) context.addMessage("user", std::to_string(i));
        const std::string expected = chat.render(context);
        std::vector<std::string> results(4);
        std::vector<std::thread> threads;
        for (std::string& result : results) {
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i) result = chat.render(context);
            });
        }
        for (std::thread& thread : threads) thread.join();
        for (const std::string& result : results) QCOMPARE(result, expected);
    }
};

STUDIO_TEST(ChatTemplateTest)
#include "chat_template_test.moc"
