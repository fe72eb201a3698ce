// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/adapter_card.h"

#include "core/base/files.h"
#include "core/jobs/merged_card.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

std::string cardOf(const std::string& base) {
    AdapterConfig adapter;
    adapter.baseModel = base;
    return plainAdapterCard("poet", adapter);
}

}  // namespace

class AdapterCardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void card_ofAConfiguration_saysWhatThatSays() {
        AdapterConfig adapter;
        adapter.rank = 16;
        adapter.alpha = 32.0;
        adapter.targets = {"q_proj", "v_proj"};
        adapter.baseModel = "org/small";
        const std::string card = plainAdapterCard("poet", adapter);
        QVERIFY2(card.starts_with("---\nlibrary_name: peft\nbase_model: \"org/small\"\ntags:\n- lora\n---\n\n"
                                  "# poet\n\nA LoRA adapter."),
                 card.c_str());
        QVERIFY2(card.find("\n- base model: org/small\n- method: LoRA of rank 16, alpha 32\n"
                           "- modules: q_proj, v_proj\n\n" +
                           peftSection("org/small")) != std::string::npos,
                 card.c_str());
        adapter.alpha = 0.5;
        adapter.rankStabilized = true;
        adapter.ranks.add("v_proj", 4);
        const std::string others = plainAdapterCard("poet", adapter);
        QVERIFY2(others.find("LoRA of rank 16, alpha 0.5, rank-stabilized; others in some modules\n") !=
                     std::string::npos,
                 others.c_str());
    }

    void card_baseOnSomeMachine_isItsLastPart_data() {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("name");
        QTest::newRow("hub") << "org/small"
                             << "org/small";
        QTest::newRow("old model of the hub") << "gpt2"
                                              << "gpt2";
        QTest::newRow("path") << "/home/someone/models/small/"
                              << "small";
        QTest::newRow("run") << "/home/someone/runs/first/model"
                             << "first";
        QTest::newRow("relative") << "../models/small"
                                  << "small";
        QTest::newRow("home") << "~/small"
                              << "small";
        QTest::newRow("cache of the hub")
            << "/home/someone/models--org--small/snapshots/0123456789abcdef0123456789abcdef01234567"
            << "small";
        QTest::newRow("Windows") << "C:\\Users\\someone\\small"
                                 << "small";
    }
    void card_baseOnSomeMachine_isItsLastPart() {
        QFETCH(QString, base);
        QFETCH(QString, name);
        const std::string card = cardOf(base.toStdString());
        QVERIFY2(card.find("\nbase_model: \"" + name.toStdString() + "\"\n") != std::string::npos,
                 card.c_str());
        QVERIFY2(card.find("\nbase = \"" + name.toStdString() + "\"\n") != std::string::npos, card.c_str());
        QVERIFY2(card.find("someone") == std::string::npos, card.c_str());
    }

    void card_textsWithMarks_areOneLineThatReadsAsItIs() {
        AdapterConfig adapter;
        adapter.baseModel = "small\n\n# Heading\r<b>_`x`_ of_words";
        adapter.targets = {"q_proj", "v\n## Other"};
        const std::string card = plainAdapterCard("poet\n# Second", adapter);
        for (const char* heading : {"\n# Heading", "\n## Other", "\n# Second", "\r"})
            QVERIFY2(card.find(heading) == std::string::npos, card.c_str());
        QVERIFY2(card.find("\n# poet \\# Second\n") != std::string::npos, card.c_str());
        QVERIFY2(card.find("\n- base model: small  \\# Heading \\<b\\>\\_\\`x\\`\\_ of_words\n") !=
                     std::string::npos,
                 card.c_str());
        QVERIFY2(card.find("\n- modules: q_proj, v \\#\\# Other\n") != std::string::npos, card.c_str());
    }

    void card_withoutABase_namesNone() {
        for (const char* base : {"", "/", "./", "/home/someone/out/checkpoint-500"}) {
            const std::string card = cardOf(base);
            QVERIFY2(card.find("base_model") == std::string::npos, card.c_str());
            QVERIFY2(card.find("- base model") == std::string::npos, card.c_str());
            QVERIFY2(card.find("base = \"path/to/the/base/model\"") != std::string::npos, card.c_str());
        }
    }

    void card_mergedLater_losesItsSectionOfPeft() {
        const test::TemporaryFolder folder;
        makeFolders(folder / "poet");
        writeFileAtomically(folder / "poet" / "README.md", cardOf("org/small"));
        const std::string merged = mergedCard({"whole", folder / "poet", folder / "small"});
        QVERIFY2(merged.find(kPeftSection) == std::string::npos, merged.c_str());
        QVERIFY2(merged.find("PeftModel") == std::string::npos, merged.c_str());
        QVERIFY2(merged.find("library_name: transformers\nbase_model: \"org/small\"\n") != std::string::npos,
                 merged.c_str());
    }
};

STUDIO_TEST(AdapterCardTest)
#include "adapter_card_test.moc"
