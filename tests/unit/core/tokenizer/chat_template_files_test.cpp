// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/chat_template_files.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using studio::ChatContext;
using studio::ErrorCode;
using studio::loadChatTemplate;

namespace {

class ModelFolder {
public:
    void write(const std::string& name, const std::string& bytes) const {
        studio::makeFolders((m_folder / name).parent_path());
        studio::writeFileAtomically(m_folder / name, bytes);
    }
    const std::filesystem::path& path() const { return m_folder.path(); }

private:
    studio::test::TemporaryFolder m_folder;
};

std::string textOf(const studio::ModelChatTemplate& model) {
    ChatContext context;
    context.specialTokens = model.specialTokens;
    context.addMessage("user", "Hi");
    return model.chat.render(context);
}

}  // namespace

class ChatTemplateFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void load_textInTheConfig_isTheDefault() {
        const ModelFolder model;
        model.write(
            "tokenizer_config.json",
            R"({"bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false}, "pad_token": null,
                        "model_max_length": 1000000000000000019884624838656,
                        "additional_special_tokens": ["<a>", {"content": "<b>"}],
                        "chat_template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}"})");
        const auto loaded = loadChatTemplate(model.path());
        QCOMPARE(textOf(loaded), std::string("<s>Hi</s>"));
        QCOMPARE(loaded.chosen, std::string("default"));
        QCOMPARE(loaded.file, model.path() / "tokenizer_config.json");
        QCOMPARE(loaded.specialTokens,
                 ChatContext::Json::parse(
                     R"({"bos_token":"<s>","eos_token":"</s>","additional_special_tokens":["<a>","<b>"]})"));
    }

    void load_tokensOfTheMap_fillWhatTheConfigLacks() {
        const ModelFolder model;
        model.write("tokenizer_config.json", R"({"bos_token": "<s>", "chat_template": "x"})");
        model.write("special_tokens_map.json",
                    R"({"bos_token": "<other>", "eos_token": {"content": "<end>"}})");
        QCOMPARE(loadChatTemplate(model.path()).specialTokens,
                 ChatContext::Json::parse(R"({"bos_token":"<s>","eos_token":"<end>"})"));
    }

    void load_tokensThatNoFileNames_areThoseOfTheClass() {
        const ModelFolder model;
        const auto tokensWith = [&](const char* config) {
            model.write("tokenizer_config.json", config);
            return loadChatTemplate(model.path()).specialTokens;
        };
        QCOMPARE(tokensWith(R"({"chat_template": "x", "tokenizer_class": "LlamaTokenizerFast"})"),
                 ChatContext::Json::parse(R"({"bos_token":"<s>","eos_token":"</s>"})"));
        QCOMPARE(
            tokensWith(R"({"chat_template": "x", "tokenizer_class": "Qwen2Tokenizer", "eos_token": "<e>"})"),
            ChatContext::Json::parse(R"({"eos_token":"<e>"})"));
        QCOMPARE(
            tokensWith(R"({"chat_template": "x", "tokenizer_class": "LlamaTokenizer", "bos_token": null})"),
            ChatContext::Json::parse(R"({"eos_token":"</s>"})"));
    }

    void load_list_isChosenFromByName() {
        const ModelFolder model;
        model.write(
            "tokenizer_config.json",
            R"({"chat_template": [{"name": "tool_use", "template": "tools"}, {"name": "rag", "template": "rag"},
                                          {"name": "default", "template": "plain"}]})");
        QCOMPARE(textOf(loadChatTemplate(model.path())), std::string("plain"));
        QCOMPARE(textOf(loadChatTemplate(model.path(), {"rag", false})), std::string("rag"));
        QCOMPARE(textOf(loadChatTemplate(model.path(), {"", true})), std::string("tools"));
        QCOMPARE(textOf(loadChatTemplate(model.path(), {"default", true})), std::string("plain"));
        QCOMPARE(loadChatTemplate(model.path()).otherChoices, (std::vector<std::string>{"tool_use", "rag"}));
        STUDIO_COMPARE_ERROR_TEXT(loadChatTemplate(model.path(), {"zap", false}), ErrorCode::TokenizerInvalid,
                                  "no chat template named \"zap\". It has: tool_use, rag, default.");
    }

    void load_fileOfItsOwn_goesBeforeTheConfig() {
        const ModelFolder model;
        model.write("tokenizer_config.json", R"({"chat_template": "config", "bos_token": "<s>"})");
        model.write("chat_template.jinja", "file{{ bos_token }}\n");
        model.write("additional_chat_templates/tool_use.jinja", "tools");
        QCOMPARE(textOf(loadChatTemplate(model.path())), std::string("file<s>"));
        QCOMPARE(loadChatTemplate(model.path()).file, model.path() / "chat_template.jinja");
        QCOMPARE(textOf(loadChatTemplate(model.path(), {"", true})), std::string("tools"));
    }

    void load_fileWithoutAConfig_isRead() {
        const ModelFolder model;
        model.write("chat_template.jinja", "{{ messages[0].role }}{{ bos_token }}");
        QCOMPARE(textOf(loadChatTemplate(model.path())), std::string("user"));
    }

    void load_noTemplate_saysWhatWasLookedFor() {
        const ModelFolder model;
        STUDIO_COMPARE_ERROR_TEXT(loadChatTemplate(model.path()), ErrorCode::TokenizerInvalid,
                                  "has no chat template: neither chat_template.jinja nor");
        model.write("tokenizer_config.json", R"({"chat_template": null})");
        STUDIO_COMPARE_ERROR(loadChatTemplate(model.path()), ErrorCode::TokenizerInvalid);
    }

    /// A model that says that it has none, in any of the ways that are seen.
    void load_blankOnes_countAsNone_data() {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("file");
        QTest::newRow("text") << R"({"chat_template": ""})" << QString();
        QTest::newRow("white space") << R"({"chat_template": " \n"})" << QString();
        QTest::newRow("list") << R"({"chat_template": [{"name": "default", "template": ""}]})" << QString();
        QTest::newRow("file") << "{}"
                              << "\n";
        QTest::newRow("both") << R"({"chat_template": ""})"
                              << " ";
    }
    void load_blankOnes_countAsNone() {
        QFETCH(QString, config);
        QFETCH(QString, file);
        const ModelFolder model;
        model.write("tokenizer_config.json", config.toStdString());
        if (!file.isNull()) model.write("chat_template.jinja", file.toStdString());
        QVERIFY(!studio::hasChatTemplate(model.path()));
        QVERIFY(!studio::chatTemplateOfModel(model.path()));
        STUDIO_COMPARE_ERROR_TEXT(loadChatTemplate(model.path()), ErrorCode::TokenizerInvalid,
                                  "has no chat template: neither");
    }

    void load_blankFile_leavesTheConfigsOne() {
        const ModelFolder model;
        model.write("tokenizer_config.json", R"({"chat_template": "config"})");
        model.write("chat_template.jinja", "");
        QCOMPARE(textOf(loadChatTemplate(model.path())), std::string("config"));
        QCOMPARE(studio::chatTemplateOfModel(model.path())->chatTemplate, std::string("config"));
    }

    void promptTemplate_ofAModel_namesItsFileInMessages() {
        const ModelFolder model;
        const auto refusal = [&] {
            const auto chat = studio::chatTemplateOfModel(model.path());
            return studio::test::errorOf([&] { studio::hydrate(*chat, "Hi", ""); });
        };
        model.write("tokenizer_config.json", "{\"chat_template\": \"\\n{{ raise_exception('No.') }}\"}");
        QCOMPARE(refusal()->cause(), "The chat template " +
                                         (model.path() / "tokenizer_config.json").string() +
                                         ", line 2, refuses these messages: No.");
        model.write("chat_template.jinja", "{{ raise_exception('No.') }}");
        QCOMPARE(refusal()->cause(), "The chat template " + (model.path() / "chat_template.jinja").string() +
                                         ", line 1, refuses these messages: No.");
    }

    void load_brokenFiles_areNamed() {
        const ModelFolder model;
        model.write("tokenizer_config.json", R"({"chat_template": 3})");
        STUDIO_COMPARE_ERROR_TEXT(loadChatTemplate(model.path()), ErrorCode::TokenizerInvalid,
                                  "neither a text nor a list");
        model.write("tokenizer_config.json", R"({"chat_template": [{"name": "default"}]})");
        STUDIO_COMPARE_ERROR_TEXT(loadChatTemplate(model.path()), ErrorCode::TokenizerInvalid,
                                  "an entry without");
        model.write("tokenizer_config.json", "[]");
        STUDIO_COMPARE_ERROR_TEXT(loadChatTemplate(model.path()), ErrorCode::TokenizerInvalid,
                                  "not a JSON object");
        model.write("tokenizer_config.json", "{\"chat_template\": \"\\n{% if %}\"}");
        STUDIO_COMPARE_ERROR_TEXT(loadChatTemplate(model.path()), ErrorCode::TemplateInvalid,
                                  "tokenizer_config.json, line 2: an expression was expected");
    }
};

STUDIO_TEST(ChatTemplateFilesTest)
#include "chat_template_files_test.moc"
