// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/prompt_template.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using studio::ErrorCode;
using studio::PromptTemplate;

namespace {

PromptTemplate simple() {
    return {"own", "Own", "{instruction} / {input}:", "{instruction}:", "\n", true};
}

template <typename Call>
std::string errorOf(Call call, ErrorCode code) {
    try {
        call();
    } catch (const studio::Error& e) {
        return e.code() == code ? e.what() : std::string("code ") + studio::errorCodeName(e.code());
    }
    return "no error";
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

class PromptTemplateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void builtIn_alpaca_isByteForByteThePublishedText() {
        const auto alpaca = studio::findTemplate("alpaca");
        QCOMPARE(
            alpaca.withInput,
            std::string("Below is an instruction that describes a task, paired with an input that provides "
                        "further context. Write a response that appropriately completes the request.\n\n### "
                        "Instruction:\n{instruction}\n\n### Input:\n{input}\n\n### Response:"));
        QCOMPARE(
            alpaca.withoutInput,
            std::string("Below is an instruction that describes a task. Write a response that appropriately "
                        "completes the request.\n\n### Instruction:\n{instruction}\n\n### Response:"));
        QCOMPARE(alpaca.separator, std::string("\n"));
        QVERIFY(alpaca.appendEos);
        QCOMPARE(studio::builtInTemplates().front().name, std::string("alpaca"));
        QCOMPARE(studio::builtInTemplates()[1].name, std::string("plain"));
        QCOMPARE(studio::builtInTemplates()[1].withoutInput,
                 std::string("### Question:\n{instruction}\n\n### Answer:"));
    }

    void builtIn_all_areValidAndSurviveJson() {
        for (const auto& known : studio::builtInTemplates()) {
            QVERIFY(studio::checkTemplate(known).empty());
            QVERIFY(studio::parsePromptTemplate(studio::promptTemplateJson(known), "x") == known);
        }
    }

    void hydrate_input_choosesThePart() {
        QCOMPARE(studio::hydrate(simple(), "Add", "").text, std::string("Add:"));
        QCOMPARE(studio::hydrate(simple(), "Add", "1 2").text, std::string("Add / 1 2:"));
        QCOMPARE(studio::hydratedPrompt(simple(), "Add", ""), std::string("Add:\n"));
    }

    void hydrate_bracesInData_stayAsTheyAre() {
        QCOMPARE(studio::hydrate(simple(), "{input} {{x}} {", "}{instruction}").text,
                 std::string("{input} {{x}} { / }{instruction}:"));
    }

    void hydrate_spans_pointAtTheFields() {
        const auto prompt = studio::hydrate(simple(), "臺北", "in");
        QCOMPARE(prompt.spans.size(), std::size_t{2});
        QCOMPARE(prompt.spans[0].field, std::string("instruction"));
        QCOMPARE(prompt.text.substr(prompt.spans[0].begin, prompt.spans[0].end - prompt.spans[0].begin),
                 std::string("臺北"));
        QCOMPARE(prompt.text.substr(prompt.spans[1].begin, prompt.spans[1].end - prompt.spans[1].begin),
                 std::string("in"));
    }

    void hydrate_unknownPlaceholder_isNamedWithASuggestion() {
        auto broken = simple();
        broken.withoutInput = "Say {instrucion}";
        const auto message = errorOf([&] { studio::hydrate(broken, "a", ""); }, ErrorCode::TemplateInvalid);
        QVERIFY2(has(message, "{instrucion}") && has(message, "did you mean {instruction}?"),
                 message.c_str());
        QCOMPARE(studio::hydrate(broken, "a", "b").text, std::string("a / b:"));
    }

    void parseTemplate_braces_followTheRules() {
        const std::string text = "{{x}} {a b} {input}}} {} {";
        const auto parts = studio::parseTemplate(text);
        QCOMPARE(parts.size(), std::size_t{3});
        QCOMPARE(parts[0].text, std::string("{x} {a b} "));
        QVERIFY(parts[1].isPlaceholder);
        QCOMPARE(text.substr(parts[1].begin, parts[1].end - parts[1].begin), std::string("{input}"));
        QCOMPARE(parts[2].text, std::string("} {} {"));
        QCOMPARE(parts[2].end, text.size());
    }

    void checkTemplate_everyIssue_isListed() {
        auto broken = simple();
        broken.withInput = "{instruction} {outptu}";
        broken.withoutInput = "nothing";
        const auto issues = studio::checkTemplate(broken);
        QCOMPARE(issues.size(), std::size_t{3});
        QCOMPARE(issues[0].placeholder, std::string("outptu"));
        QCOMPARE(issues[0].begin, std::size_t{14});
        QCOMPARE(issues[0].end, std::size_t{22});
        QCOMPARE(issues[1].placeholder, std::string("input"));
        QCOMPARE(issues[2].part, std::string("without_input"));
    }

    void parse_badFiles_nameFileAndField() {
        const auto parse = [](const std::string& json, ErrorCode code) {
            return errorOf([&] { studio::parsePromptTemplate(json, "mine.json"); }, code);
        };
        QVERIFY(has(parse("{", ErrorCode::BadFormat), "mine.json"));
        QVERIFY(has(parse("[]", ErrorCode::BadFormat), "mine.json"));
        QVERIFY(has(parse(std::string(100000, '['), ErrorCode::BadFormat), "mine.json"));
        QVERIFY(has(parse("{\"name\": \"\xFF\"}", ErrorCode::BadEncoding), "line 1"));
        QVERIFY(has(parse(R"({"name": "a", "without_input": "x"})", ErrorCode::BadFormat), "with_input"));
        QVERIFY(has(parse(R"({"name": "a", "seperator": ""})", ErrorCode::BadFormat),
                    "did you mean \"separator\"?"));
        QVERIFY(has(
            parse(
                R"({"name": "../a", "with_input": "{instruction}{input}", "without_input": "{instruction}"})",
                ErrorCode::BadFormat),
            "name"));
        QVERIFY(has(parse(R"({"name": "a", "with_input": "{instruction}", "without_input": "{instruction}"})",
                          ErrorCode::TemplateInvalid),
                    "{input}"));
    }

    void saveTemplate_own_isFoundAgain() {
        const studio::test::TemporaryFolder folder;
        studio::saveTemplate(simple(), folder / "templates");
        QVERIFY(studio::findTemplate("own", folder / "templates") == simple());
        QVERIFY(studio::findTemplate((folder / "templates/own.json").string()) == simple());
        studio::writeFileAtomically(folder / "templates/broken.json", "{");
        std::vector<std::string> problems;
        const auto all = studio::allTemplates(folder / "templates", &problems);
        QCOMPARE(all.size(), studio::builtInTemplates().size() + 1);
        QVERIFY(all.back() == simple());
        QCOMPARE(problems.size(), std::size_t{1});
        QVERIFY(has(problems[0], "broken.json"));
    }

    void saveTemplate_builtInOrOddName_isRefused() {
        const studio::test::TemporaryFolder folder;
        for (const char* name : {"alpaca", "../x", "", "Öl"}) {
            auto own = simple();
            own.name = name;
            QVERIFY(
                !has(errorOf([&] { studio::saveTemplate(own, folder.path()); }, ErrorCode::TemplateInvalid),
                     "no error"));
        }
        QVERIFY(std::filesystem::is_empty(folder.path()));
    }

    void findTemplate_unknownName_listsTheKnownOnes() {
        const auto message = errorOf([] { studio::findTemplate("alpacca"); }, ErrorCode::TemplateInvalid);
        QVERIFY2(has(message, "Did you mean \"alpaca\"?") && has(message, "plain"), message.c_str());
    }
};

STUDIO_TEST(PromptTemplateTest)
#include "prompt_template_test.moc"
