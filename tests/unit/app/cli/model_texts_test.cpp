// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_texts.h"

#include "tests/support/assets.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"

using namespace studio;
namespace fs = std::filesystem;

class ModelTextsTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;
    ForecastLoad m_load;
    MemoryDevice m_device{"cpu", std::uint64_t(64) << 30};

    ModelEntry base() const {
        ModelEntry entry;
        entry.folder = m_folder / "base";
        entry.ownName = "base";
        entry.summary = summarizeModel(entry.folder);
        return entry;
    }
    ModelEntry adapter() const {
        ModelEntry entry;
        entry.folder = m_folder / "lora";
        entry.ownName = "lora";
        entry.isAdapter = true;
        entry.madeFrom = m_folder / "base";
        entry.adapter = summarizeAdapter(entry.folder, entry.madeFrom);
        return entry;
    }
    OrderedJson json(const ModelEntry& entry) const { return modelEntryJson(entry, m_load, {m_device}); }
    std::vector<std::string> row(const ModelEntry& entry) const {
        return modelEntryRow(entry, forecastOf(entry, m_load, m_device));
    }

private Q_SLOTS:
    void initTestCase() {
        test::writeSmallModel(m_folder / "base");
        test::writeAdapter(m_folder / "lora", readModelConfig(m_folder / "base"), {.base = "base"});
    }

    void modelEntryJson_adapter_needsItsBaseAndItsOwnNumbers() {
        const OrderedJson own = json(adapter()).at("forecast").at(0);
        const OrderedJson ofBase = json(base()).at("forecast").at(0);
        const auto bytes = [](const OrderedJson& need, const char* use) {
            return need.at(use).at("bytes").get<std::int64_t>();
        };
        QCOMPARE(bytes(own, "answering"), bytes(ofBase, "answering") + 4 * adapter().adapter->parameters);
        ModelEntry wider = adapter();
        wider.adapter->held += 1000;
        QCOMPARE(bytes(json(wider).at("forecast").at(0), "answering"), bytes(own, "answering") + 4000);
        QCOMPARE(own.at("answering").at("fit").get<std::string>(), std::string("fits"));
        for (const char* use : {"lora", "full"}) {
            QVERIFY(own.at(use).is_null());
            QVERIFY(bytes(ofBase, use) > 0);
        }
    }

    void modelEntryJson_chatTemplate_isToldOfModelsAlone() {
        ModelEntry chat = base();
        QCOMPARE(json(chat).at("has_chat_template"), OrderedJson(false));
        chat.hasChatTemplate = true;
        QCOMPARE(json(chat).at("has_chat_template"), OrderedJson(true));
        QVERIFY(json(adapter()).at("has_chat_template").is_null());
    }

    void templatesJson_blankFileBesideATemplate_saysWhichCounts() {
        const fs::path folder = m_folder / "chat";
        makeFolders(folder);
        std::vector<std::string> problems;
        const auto source = [&] {
            problems.clear();
            const OrderedJson json = templatesJson(folder, problems).at("chat_template");
            return json.is_null() ? std::string() : json.at("source").get<std::string>();
        };
        writeFileAtomically(folder / "chat_template.jinja", " \n");
        QCOMPARE(source(), std::string());
        QVERIFY(problems.empty());
        writeJsonFile(folder / "tokenizer_config.json", {{"chat_template", "{{ messages[0].content }}"}});
        QCOMPARE(source(), std::string("tokenizer_config.json"));
        QCOMPARE(problems.size(), std::size_t(1));
        const std::string note = (folder / "chat_template.jinja").string() +
                                 " is blank; the chat template of tokenizer_config.json is used. Remove";
        QVERIFY2(problems.front().starts_with(note), problems.front().c_str());
        writeFileAtomically(folder / "chat_template.jinja", "{{ messages[0].content }}");
        QCOMPARE(source(), std::string("chat_template.jinja"));
        QVERIFY(problems.empty());
        fs::remove(folder / "chat_template.jinja");
        QCOMPARE(source(), std::string("tokenizer_config.json"));
        QVERIFY(problems.empty());
    }

    void modelEntryRow_adapter_saysWhatAnsweringNeeds() {
        const std::vector<std::string> own = row(adapter()), ofBase = row(base());
        QCOMPARE(own.size(), std::size_t(8));
        QCOMPARE(own[0], std::string("lora"));
        QCOMPARE(own[1], std::string("opened, adapter"));
        QCOMPARE(own[2], std::string("Llama"));
        QVERIFY2(own[5].ends_with(" GB"), own[5].c_str());
        QCOMPARE(own[6], std::string("–"));
        QCOMPARE(own[7], std::string("–"));
        for (std::size_t use = 5; use < 8; ++use) QVERIFY2(ofBase[use].ends_with(" GB"), ofBase[use].c_str());
    }

    void modelEntry_thatCannotBeRead_hasNoFigures() {
        ModelEntry broken;
        broken.folder = m_folder / "gone";
        broken.ownName = "gone";
        broken.problem = Error(ErrorCode::FileNotFound, "It is not there.", "Bring it back.");
        QVERIFY(!forecastOf(broken, m_load, m_device));
        QVERIFY(json(broken).at("forecast").empty());
        QCOMPARE(json(broken).at("problem").get<std::string>(), std::string(broken.problem->what()));
        QCOMPARE(row(broken), (std::vector<std::string>{"gone", "opened", "–", "–", "–", "–", "–", "–"}));
    }
};

STUDIO_TEST(ModelTextsTest)
#include "model_texts_test.moc"
