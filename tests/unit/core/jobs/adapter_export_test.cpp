// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// performExport() of core/jobs/model_export.h with an adapter by itself.
#include <cmath>

#include "core/jobs/adapter_card.h"
#include "core/jobs/model_export.h"
#include "tests/support/error_of.h"
#include "tests/support/pickled_adapter.h"
#include "tests/unit/core/jobs/export_shelf.h"

using namespace studio;
namespace fs = std::filesystem;

using Shelf = test::ExportShelf;
using test::noJob;

class AdapterExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void alone_isCopiedAsItIs() {
        const Shelf shelf;
        writeFileAtomically(shelf.adapter() / "README.md", "# Tuned\n");
        const std::vector<const char*> own{"LICENSE",
                                           "license.txt",
                                           "Licence-MODEL",
                                           "USE_POLICY.md",
                                           "acceptable_use_policy.txt",
                                           "chat_template.jinja",
                                           "prompt_template.json",
                                           "tokenizer.json",
                                           "tokenizer_config.json"};
        for (const char* name : own) writeFileAtomically(shelf.adapter() / name, name);
        const std::vector<const char*> stray{".hidden",          "golden.json", "logits.npy",
                                             "optimizer.pt",     "notes.txt",   "training_args.bin",
                                             "adapter_model.bin"};
        for (const char* name : stray) writeFileAtomically(shelf.adapter() / name, "x");
        makeFolders(shelf.adapter() / "checkpoint-5");
        makeFolders(shelf.adapter() / "additional_chat_templates");
        writeFileAtomically(shelf.adapter() / "additional_chat_templates/tool_use.jinja", "tools");
        const ModelExport request = shelf.request(ExportFormat::Adapter, "copy");
        Progress last;
        const ExportResult result =
            performExport(request, noJob, [&](const Progress& progress) { last = progress; });
        for (const char* name : {"adapter_config.json", "adapter_model.safetensors", "README.md"})
            QCOMPARE(readFile(request.out / name), readFile(shelf.adapter() / name));
        for (const char* name : own) QCOMPARE(readFile(request.out / name), std::string(name));
        for (const char* name : stray) QVERIFY2(!fs::exists(request.out / name), name);
        QVERIFY(!fs::exists(request.out / "checkpoint-5"));
        QCOMPARE(readFile(request.out / "additional_chat_templates/tool_use.jinja"), std::string("tools"));
        QCOMPARE(last.done, last.total);
        QCOMPARE(result.bytes, exportSize(request).bytes);
    }

    void blankChatTemplates_stayBehind() {
        const Shelf shelf;
        const fs::path more = "additional_chat_templates";
        makeFolders(shelf.adapter() / more);
        writeFileAtomically(shelf.adapter() / "chat_template.jinja", " \n");
        writeFileAtomically(shelf.adapter() / more / "blank.jinja", "\n");
        writeFileAtomically(shelf.adapter() / more / "rag.jinja", "rag");
        writeFileAtomically(shelf.adapter() / "tokenizer_config.json", R"({"chat_template": "real"})");
        const ModelExport request = shelf.request(ExportFormat::Adapter, "copy");
        const ExportResult result = performExport(request, noJob);
        QVERIFY(!fs::exists(request.out / "chat_template.jinja"));
        QVERIFY(!fs::exists(request.out / more / "blank.jinja"));
        QCOMPARE(readFile(request.out / more / "rag.jinja"), std::string("rag"));
        QVERIFY(fs::exists(request.out / "tokenizer_config.json"));
        QCOMPARE(result.bytes, exportSize(request).bytes);
    }

    void factorWithoutItsOther_isRefused_data() {
        QTest::addColumn<QString>("kept");
        QTest::addColumn<QString>("missing");
        QTest::newRow("down alone") << "lora_A"
                                    << "lora_B";
        QTest::newRow("up alone") << "lora_B"
                                  << "lora_A";
    }
    void factorWithoutItsOther_isRefused() {
        QFETCH(QString, kept);
        QFETCH(QString, missing);
        const Shelf shelf;
        const std::vector<float> numbers(64, 0.5F);
        const auto name = [](const QString& factor) {
            return peftName("model.layers.0.self_attn.q_proj." + factor.toStdString() + ".weight");
        };
        writeSafetensors(
            shelf.adapter() / kAdapterWeightsFile,
            {{name(kept), TensorType::Float32, {2, 32}, reinterpret_cast<const std::byte*>(numbers.data())}});
        const ModelExport request = shelf.request(ExportFormat::Adapter, "copy");
        STUDIO_COMPARE_ERROR_TEXT(performExport(request, noJob), ErrorCode::WeightsInvalid,
                                  "the tensor \"" + name(missing) + "\" is missing");
        QVERIFY(!fs::exists(request.out));
    }

    void withoutACard_getsOne() {
        const Shelf shelf;
        const ModelExport request = shelf.request(ExportFormat::Adapter, "copy");
        Progress last;
        const ExportResult result =
            performExport(request, noJob, [&](const Progress& progress) { last = progress; });
        const std::string card = readFile(request.out / "README.md");
        QCOMPARE(card, plainAdapterCard("tuned", readAdapterConfig(shelf.adapter())));
        QVERIFY(!fs::exists(shelf.adapter() / "README.md"));
        QCOMPARE(last.done, last.total);
        QCOMPARE(result.bytes, exportSize(request).bytes);
        QVERIFY(result.bytes > card.size());
    }

    void pickled_isHandedOnUnlessDamaged() {
        const Shelf shelf;
        test::pickleAdapter(shelf.adapter());
        const ModelExport request = shelf.request(ExportFormat::Adapter, "copy");
        performExport(request, noJob);
        QCOMPARE(readFile(request.out / "adapter_model.bin"),
                 readFile(shelf.adapter() / "adapter_model.bin"));
        fs::remove_all(request.out);
        fs::resize_file(shelf.adapter() / "adapter_model.bin", 20);
        STUDIO_COMPARE_ERROR(performExport(request, noJob), ErrorCode::WeightsInvalid);
        QVERIFY(!fs::exists(request.out));
    }

    void weightsThatAreNotFinite_areNoted() {
        const Shelf shelf;
        QVERIFY(performExport(shelf.request(ExportFormat::Adapter, "sound"), noJob).notes.empty());
        test::writeSmallAdapter(shelf.adapter(), std::nanf(""));
        const ExportResult result = performExport(shelf.request(ExportFormat::Adapter, "copy"), noJob);
        QCOMPARE(result.notes.size(), std::size_t{1});
        QCOMPARE(result.notes.front().rule, std::string("weights_not_finite"));
        QCOMPARE(result.notes.front().args,
                 (std::vector<std::string>{"1", peftName("model.layers.0.self_attn.q_proj.lora_B.weight")}));
        QVERIFY(fs::exists(result.out / kAdapterWeightsFile));
    }

    void damagedOrStopped_leavesNothing() {
        const Shelf shelf;
        const ModelExport request = shelf.request(ExportFormat::Adapter, "copy");
        std::stop_source stop;
        const auto stopsAtOnce = [&](const Progress&) { stop.request_stop(); };
        QVERIFY_EXCEPTION_THROWN(performExport(request, noJob, stopsAtOnce, stop.get_token()), Cancelled);
        QVERIFY(!fs::exists(request.out));
        fs::resize_file(shelf.adapter() / "adapter_model.safetensors", 20);
        STUDIO_COMPARE_ERROR(performExport(request, noJob), ErrorCode::WeightsInvalid);
        QCOMPARE(shelf.names(), (std::vector<std::string>{"tiny", "tuned"}));
    }
};

STUDIO_TEST(AdapterExportTest)
#include "adapter_export_test.moc"
