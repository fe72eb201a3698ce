// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/merged_card.h"

#include "core/base/files.h"
#include "core/formats/json.h"
#include "tests/support/assets.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

/// An adapter and its base model, of which only the cards matter.
struct Shelf {
    Shelf() {
        makeFolders(base());
        makeFolders(adapter());
    }
    fs::path base() const { return folder / "small"; }
    fs::path adapter() const { return folder / "poet"; }
    void writeCard(const fs::path& place, const std::string& text) const {
        writeFileAtomically(place / "README.md", text);
    }
    std::string merged() const { return mergedCard({"small-poet", adapter(), base()}); }
    std::string sentence() const {
        return std::string("The LoRA adapter `poet`, merged into the model `small` by FineTune Studio ") +
               programVersion() + ".";
    }
    test::TemporaryFolder folder;
};

}  // namespace

class MergedCardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void merged_adapterWithoutACard_isOneSentence() {
        const Shelf shelf;
        QCOMPARE(shelf.merged(),
                 "---\nlibrary_name: transformers\n---\n\n# small-poet\n\n" + shelf.sentence() + "\n");
        shelf.writeCard(shelf.base(), "---\nlicense: mit\n---\n# Small\n");
        QCOMPARE(shelf.merged(), "---\nlibrary_name: transformers\nlicense: mit\n---\n\n# small-poet\n\n" +
                                     shelf.sentence() + "\n");
    }

    void merged_cardOfAnAdapter_saysNoLongerPeft() {
        const Shelf shelf;
        shelf.writeCard(shelf.base(), "---\nlicense: mit\n---\n# Small\n");
        shelf.writeCard(shelf.adapter(),
                        "---\r\nlibrary_name: peft\r\nbase_model: \"small\"\r\nlicense: apache-2.0\r\n"
                        "tags:\r\n- base_model:adapter:small\r\n- lora\r\n---\r\n\n# Poet\n\nIt rhymes.\n\n" +
                            std::string(kPeftSection) + "\n\nfrom peft import …\n\n## Data\n\nPoems.\n");
        QCOMPARE(
            shelf.merged(),
            "---\nlibrary_name: transformers\nbase_model: \"small\"\nlicense: apache-2.0\ntags:\n- lora\n"
            "---\n\n> " +
                shelf.sentence() +
                " What follows is the adapter's own card.\n\n# Poet\n\nIt rhymes.\n\n## Data\n\nPoems.\n");
    }

    void merged_sectionAtTheEnd_isCutOff() {
        const Shelf shelf;
        shelf.writeCard(shelf.adapter(), "# Poet\n\n" + std::string(kPeftSection) + "\n\nfrom peft …\n");
        QVERIFY2(shelf.merged().ends_with("own card.\n\n# Poet\n"), shelf.merged().c_str());
    }

    void merged_headThatNeverEnds_isText() {
        const Shelf shelf;
        shelf.writeCard(shelf.adapter(), "---\nlibrary_name: peft\n");
        QVERIFY2(shelf.merged().ends_with("own card.\n\n---\nlibrary_name: peft\n"), shelf.merged().c_str());
    }

    void merged_adapterOfARun_hasTheRunsCard() {
        const Shelf shelf;
        const fs::path run = shelf.folder / "round-1";
        makeFolders(run / "model");
        makeFolders(run / "adapter");
        shelf.writeCard(run / "adapter", "---\nlibrary_name: peft\n---\n# Round\n");
        shelf.writeCard(run / "model", "---\nlibrary_name: transformers\n---\n# Round\n");
        // Only a run's folder is known to hold the same model twice.
        QVERIFY(mergedCard({"x", run / "adapter", shelf.base()}).find("# x") == std::string::npos);
        QVERIFY(mergedCard({"x", run / "adapter", shelf.base()}).find("merged into") != std::string::npos);
        writeJsonFile(run / "run.json", {{"base_model", {{"path", (shelf.base() / "").string()}}}});
        QCOMPARE(mergedCard({"x", run / "adapter/", shelf.base()}),
                 std::string("---\nlibrary_name: transformers\n---\n# Round\n"));
    }

    void merged_adapterOfARunIntoAnotherBase_saysNothingOfTheRunsBase() {
        const Shelf shelf;
        const fs::path run = shelf.folder / "round-1";
        makeFolders(run / "model");
        makeFolders(run / "adapter");
        shelf.writeCard(run / "adapter",
                        "---\nlibrary_name: peft\nbase_model: \"large\"\nlicense: apache-2.0\ntags:\n"
                        "- lora\n---\n\n# Round\n");
        shelf.writeCard(run / "model", "---\nlicense: apache-2.0\n---\n# Merged into large\n");
        shelf.writeCard(shelf.base(), "---\nlicense: mit\n---\n# Small\n");
        for (const char* description : {"{\"base_model\": {\"path\": \"/models/large\"}}", "{}", "damaged"}) {
            writeFileAtomically(run / "run.json", description);
            const std::string card = mergedCard({"x", run / "adapter", shelf.base()});
            QVERIFY2(
                card.starts_with("---\nlibrary_name: transformers\ntags:\n- lora\nlicense: mit\n---\n\n> The "
                                 "LoRA adapter `round-1`, merged into the model `small` by "),
                card.c_str());
            QVERIFY2(card.ends_with("own card.\n\n# Round\n"), card.c_str());
        }
    }
};

STUDIO_TEST(MergedCardTest)
#include "merged_card_test.moc"
