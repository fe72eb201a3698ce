// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/compare_items.h"

#include <fstream>

#include "app/cli/command_context.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/small_model.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"

namespace {

using namespace studio;

class CompareItemsTest : public QObject {
    Q_OBJECT

    test::TemporaryFolder m_folder;

    std::filesystem::path write(const std::string& name, const std::string& bytes) {
        std::ofstream(m_folder / name, std::ios::binary) << bytes;
        return m_folder / name;
    }

private Q_SLOTS:
    void parseArms_nameAndFolder() {
        for (const char* name : {"a", "b=c"}) std::filesystem::create_directory(m_folder / name);
        const std::vector<CompareArm> arms =
            parseArms({"base=" + (m_folder / "a").string(), "fine-tuned=" + (m_folder / "b=c").string()});
        QCOMPARE(arms.size(), std::size_t(2));
        QCOMPARE(arms[1].name, std::string("fine-tuned"));
        QCOMPARE(arms[1].modelFolder, m_folder / "b=c");
    }

    void parseArms_adapter_standsBesideItsModel() {
        const std::string base = (m_folder / "model").string(), adapter = (m_folder / "lora").string();
        test::writeSmallModel(base);
        test::writeAdapter(adapter, readModelConfig(base), {.base = base});
        std::filesystem::create_directory(m_folder / "c++");
        const std::vector<CompareArm> arms = parseArms(
            {"a=" + base, "b=" + base + "+" + adapter, "c=" + adapter, "d=" + (m_folder / "c++").string()});
        QVERIFY(arms[0].adapterFolder.empty());
        for (const std::size_t i : {1U, 2U}) {
            QCOMPARE(arms[i].modelFolder, std::filesystem::path(base));
            QCOMPARE(arms[i].adapterFolder, std::filesystem::path(adapter));
            QCOMPARE(arms[i].trainedFolder(), std::filesystem::path(adapter));
        }
        QCOMPARE(arms[3].modelFolder, m_folder / "c++");
        QCOMPARE(arms[0].trainedFolder(), std::filesystem::path(base));
    }

    void parseArms_whatIsNoAdapter_isSaid() {
        const std::string base = (m_folder / "whole").string(), lost = (m_folder / "lost").string();
        test::writeSmallModel(base);
        test::writeAdapter(lost, readModelConfig(base), {.base = "someone/gone"});
        STUDIO_COMPARE_ERROR_TEXT(parseArms({"a=" + base + "+" + base}), ErrorCode::FileNotFound,
                                  "holds no adapter");
        STUDIO_COMPARE_ERROR_TEXT(parseArms({"a=" + base + "+" + base + "-not-there"}),
                                  ErrorCode::FileNotFound, "There is no folder");
        STUDIO_COMPARE_ERROR_TEXT(parseArms({"a=" + lost}), ErrorCode::FileNotFound, "--arm a=BASE+");
    }

    void parseArms_adapterWithoutItsBase_saysWhereThatIsMissing() {
        const std::filesystem::path folder = m_folder / "unsure", file = folder / kAdapterConfigFile;
        test::writeSmallModel(m_folder / "sure");
        test::writeAdapter(folder, readModelConfig(m_folder / "sure"), {.base = "someone/gone"});
        const std::string arm = "a=" + folder.string();
        STUDIO_COMPARE_ERROR_TEXT(parseArms({arm}), ErrorCode::FileNotFound,
                                  file.string() + " names is not there: someone/gone. Name it:");
        OrderedJson json = readJsonFile(file);
        json.erase("base_model_name_or_path");
        writeJsonFile(file, json);
        STUDIO_COMPARE_ERROR_TEXT(parseArms({arm}), ErrorCode::FileNotFound,
                                  file.string() + " does not say which base model");
        json.erase("peft_type");
        writeJsonFile(file, json);
        STUDIO_COMPARE_ERROR_TEXT(parseArms({arm}), ErrorCode::ModelUnsupported, "(peft_type)");
    }

    void parseArms_noSuchFolder_isAnError() {
        QVERIFY_EXCEPTION_THROWN(parseArms({"a=" + (m_folder / "nowhere").string()}), Error);
    }

    void parseArms_wrongForm_isAUsageError() {
        for (const char* text : {"folder", "=folder", "name="}) {
            QVERIFY_EXCEPTION_THROWN(parseArms({text}), UsageError);
        }
        QVERIFY_EXCEPTION_THROWN(parseArms({"a=x", "a=y"}), UsageError);
    }

    void itemsOfFile_plainText_onePromptALine() {
        const auto items = itemsOfFile(write("prompts.txt", "First\r\n\n  Second {x}\n"));
        QCOMPARE(items.size(), std::size_t(2));
        QCOMPARE(items[0].instruction, std::string("First"));
        QCOMPARE(items[1].instruction, std::string("  Second {x}"));
        QVERIFY(!items[0].hasReference);
    }

    void itemsOfFile_jsonLinesAndArray_giveTheSame() {
        const auto lines = itemsOfFile(write(
            "a.jsonl",
            "{\"instruction\":\"Q\",\"input\":\"I\",\"output\":\"R\"}\n{\"prompt\":\"P\"}\n\"text\"\n"));
        const auto array = itemsOfFile(write(
            "a.json",
            "[{\"instruction\":\"Q\",\"input\":\"I\",\"reference\":\"R\"}, {\"prompt\":\"P\"}, \"text\"]"));
        QCOMPARE(lines.size(), std::size_t(3));
        QCOMPARE(array.size(), lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            QCOMPARE(array[i].instruction, lines[i].instruction);
            QCOMPARE(array[i].input, lines[i].input);
            QCOMPARE(array[i].reference, lines[i].reference);
            QCOMPARE(array[i].hasReference, lines[i].hasReference);
        }
        QCOMPARE(lines[0].reference, std::string("R"));
        QVERIFY(!lines[1].hasReference);
    }

    void itemsOfFile_wrongLine_isNamed() {
        try {
            itemsOfFile(write("bad.jsonl", "{\"instruction\":\"Q\"}\n{\"instruction\":3}\n"));
            QFAIL("no error");
        } catch (const Error& problem) {
            QVERIFY2(std::string(problem.what()).find("line 2") != std::string::npos, problem.what());
        }
        QVERIFY_EXCEPTION_THROWN(itemsOfFile(write("empty.txt", "\n \n")), Error);
    }
};

STUDIO_TEST(CompareItemsTest)

}  // namespace

#include "compare_items_test.moc"
