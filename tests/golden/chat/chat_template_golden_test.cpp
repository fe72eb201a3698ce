// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/text/jinja/chat_template.h"
#include "core/tokenizer/chat_template_files.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

namespace fs = std::filesystem;

using studio::ChatContext;
using studio::ChatTemplate;
using studio::OrderedJson;

namespace {

/// The context of a golden line is what the template is given, whole.
ChatContext contextOf(const OrderedJson& json) {
    ChatContext context;
    for (const auto& item : json.items()) {
        if (item.key() == "messages") {
            context.messages = item.value();
        } else if (item.key() == "add_generation_prompt") {
            context.addGenerationPrompt = item.value().get<bool>();
        } else {
            context.variables[item.key()] = item.value();
        }
    }
    return context;
}

/// Every .jsonl file of the folder whose lines have a "template" and a "context".
std::vector<fs::path> goldenFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

class ChatTemplateGoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_goldenContexts_areEqual() {
        STUDIO_NEEDS_ASSET(folder, "tokenizers/chat_templates");
        int lines = 0;
        for (const fs::path& file : goldenFiles(folder)) {
            std::map<std::string, ChatTemplate> templates;
            std::istringstream stream(studio::readFile(file));
            for (std::string line; std::getline(stream, line);) {
                if (line.empty()) continue;
                ++lines;
                check(studio::parseJson(line, file.string()), file, templates, lines);
                if (QTest::currentTestFailed()) return;
            }
        }
        QVERIFY2(lines > 0, "no golden lines were found");
    }

    void load_modelFolders_renderAConversation() {
        STUDIO_NEEDS_ASSET(folder, "tokenizers");
        int loaded = 0;
        for (const auto& entry : fs::directory_iterator(folder)) {
            const fs::path config = entry.path() / "tokenizer_config.json";
            if (!fs::exists(config) ||
                studio::readFile(config).find("\"chat_template\"") == std::string::npos)
                continue;
            ++loaded;
            const auto model = studio::loadChatTemplate(entry.path());
            ChatContext context;
            context.specialTokens = model.specialTokens;
            context.addMessage("user", "A question, 臺?");
            const std::string text = model.chat.render(context);
            QVERIFY2(text.find("A question, 臺?") != std::string::npos, text.c_str());
            QVERIFY2(text.find("assistant") != std::string::npos, text.c_str());
        }
        QVERIFY2(loaded > 0, "no model with a chat template was found");
    }

private:
    static void check(const OrderedJson& json, const fs::path& file,
                      std::map<std::string, ChatTemplate>& templates, int number) {
        const auto name = json["template"].get<std::string>();
        auto known = templates.find(name);
        if (known == templates.end()) {
            const fs::path source = file.parent_path() / (name + ".jinja");
            known =
                templates.emplace(name, ChatTemplate::parse(studio::readFile(source), source.string())).first;
        }
        const ChatContext context = contextOf(json["context"]);
        const QByteArray place =
            QByteArray::fromStdString(name) + ", golden line " + QByteArray::number(number);
        if (json.contains("rendered")) {
            const std::string text = known->second.render(context);
            QVERIFY2(text == json["rendered"].get<std::string>(), (place + ":\n" + text.c_str()).constData());
            return;
        }
        const auto error = studio::test::errorOf([&] { known->second.render(context); });
        QVERIFY2(error.has_value(), (place + ": no error").constData());
        QVERIFY2(error->args().at(0) == json["error"].get<std::string>(),
                 (place + ": " + error->what()).constData());
    }
};

STUDIO_TEST(ChatTemplateGoldenTest)
#include "chat_template_golden_test.moc"
