// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// saveModel() of core/checkpoint/model_io.h and exportModel() of core/engine/export_model.h.
#include <algorithm>
#include <limits>
#include <list>

#include "core/checkpoint/adapter_io.h"
#include "core/checkpoint/model_io.h"
#include "core/checkpoint/stored_tensors.h"
#include "core/engine/export_model.h"
#include "core/formats/chat_templates.h"
#include "core/formats/weight_files.h"
#include "core/generate/generator.h"
#include "core/text/prompt_jinja.h"
#include "core/tokenizer/chat_template_files.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_adapter.h"
#include "tests/support/written_model.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

std::unique_ptr<Decoder> loaded(const fs::path& folder) {
    return loadModel(folder, chooseCompute("cpu", "float32", 1, 0));
}

/// What writeSafetensors() makes of all tensors of a float32 file at once, rounded to the type.
std::string allAtOnce(const fs::path& model, TensorType type, const fs::path& file) {
    const WeightFiles weights(model);
    std::list<Tensor> kept;
    std::vector<TensorToWrite> tensors;
    for (const std::string& name : weights.names()) {
        const Tensor& tensor = kept.emplace_back(storedTensor(weights, name).clone().to(scalarType(type)));
        tensors.push_back(
            {name, type, tensor.sizes().vec(), static_cast<const std::byte*>(tensor.data_ptr())});
    }
    writeSafetensors(file, tensors);
    return readFile(file);
}

double farthest(const Tensor& a, const Tensor& b) {
    return (a - b).abs().max().item<double>();
}

std::size_t entryCount(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// A model of the Llama kind with a tokenizer, and an adapter for it.
struct Shelf {
    Shelf() {
        makeFolders(model());
        const OrderedJson json = test::smallConfig("LlamaForCausalLM");
        test::writeModel(model(), json);
        test::writePieces(model());
        test::writeAdapter(adapter(), parseModelConfig(json, "config.json"), {});
    }
    fs::path model() const { return folder / "tiny"; }
    fs::path adapter() const { return folder / "tuned"; }
    ExportModelJob job(bool merges) const {
        ExportModelJob job;
        job.modelFolder = model();
        if (merges) job.adapterFolder = adapter();
        job.outFolder = folder / "out";
        return job;
    }
    test::TemporaryFolder folder;
};

}  // namespace

class SavedModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void save_eachFamilyAndType_givesTheFileOfAllTensorsAtOnce_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("type");
        for (const char* name : {"LlamaForCausalLM", "MistralForCausalLM", "Qwen2ForCausalLM",
                                 "Qwen3ForCausalLM", "GPT2LMHeadModel", "GPTNeoXForCausalLM"})
            for (const TensorType type : {TensorType::Float32, TensorType::Float16, TensorType::BFloat16})
                QTest::addRow("%s %s", name, tensorTypeName(type)) << QString(name) << static_cast<int>(type);
    }
    void save_eachFamilyAndType_givesTheFileOfAllTensorsAtOnce() {
        QFETCH(QString, architecture);
        QFETCH(int, type);
        const auto stored = static_cast<TensorType>(type);
        const test::TemporaryFolder folder;
        makeFolders(folder / "model");
        test::writeModel(folder / "model", test::smallConfig(architecture.toStdString()));
        const auto model = loaded(folder / "model");
        std::vector<Progress> heard;
        saveModel(*model, folder / "saved", {}, stored,
                  [&](const Progress& progress) { heard.push_back(progress); });
        const std::string bytes = readFile(folder / "saved" / "model.safetensors");
        QVERIFY(bytes == allAtOnce(folder / "model", stored, folder / "expected"));
        if (stored == TensorType::Float32) QVERIFY(bytes == readFile(folder / "model" / "model.safetensors"));
        QCOMPARE(heard.size(), model->parameters().size());
        for (std::size_t i = 0; i < heard.size(); ++i) {
            QVERIFY(heard[i].done > (i > 0 ? heard[i - 1].done : 0));
            QCOMPARE(heard[i].total,
                     model->parameterCount() * static_cast<std::int64_t>(tensorTypeBytes(stored)));
        }
        QCOMPARE(heard.back().done, heard.back().total);
        loaded(folder / "saved");
    }

    void facts_otherTemplateThanTheBases_leaveNoneOfTheBases() {
        const test::TemporaryFolder folder;
        const fs::path base = folder / "base", tools = "additional_chat_templates/tool_use.jinja";
        makeFolders((base / tools).parent_path());
        writeFileAtomically(base / "chat_template.jinja", "{{ messages[0].content }}");
        writeFileAtomically(base / tools, "{{ tools }}{{ messages[0].content }}");
        SavedModelFacts facts;
        facts.tokenizerFolder = base;
        facts.promptTemplate = builtInTemplates().front();
        writeFacts(facts, folder / "other");
        QCOMPARE(chatTemplateSources(folder / "other").size(), std::size_t{1});
        QCOMPARE(readFile(folder / "other" / "chat_template.jinja"), chatTemplateOf(*facts.promptTemplate));
        QVERIFY(!fs::exists(folder / "other" / tools.parent_path()));
        facts.promptTemplate = chatTemplateOfModel(base);
        QVERIFY(facts.promptTemplate && facts.promptTemplate->isChat());
        writeFacts(facts, folder / "same");
        for (const fs::path& name : {fs::path("chat_template.jinja"), tools})
            QCOMPARE(readFile(folder / "same" / name), readFile(base / name));
    }

    void save_stoppedBehindATensor_leavesNothing_data() {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<bool>("isTheLast");
        QTest::newRow("the third") << "LlamaForCausalLM" << false;
        QTest::newRow("the last") << "GPT2LMHeadModel" << true;
    }
    void save_stoppedBehindATensor_leavesNothing() {
        QFETCH(QString, architecture);
        QFETCH(bool, isTheLast);
        const test::TemporaryFolder folder;
        makeFolders(folder / "model");
        test::writeModel(folder / "model", test::smallConfig(architecture.toStdString()));
        const auto model = loaded(folder / "model");
        const std::size_t last = isTheLast ? model->parameters().size() : 3;
        std::stop_source stop;
        std::size_t heard = 0;
        const auto stops = [&](const Progress&) {
            if (++heard == last) stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(
            saveModel(*model, folder / "saved", {}, TensorType::Float32, stops, stop.get_token()), Cancelled);
        QCOMPARE(heard, last);
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
    }

    void save_numberBeyondFloat16_isRefusedByItsTensor() {
        const test::TemporaryFolder folder;
        makeFolders(folder / "model");
        test::writeModel(folder / "model", test::smallConfig("LlamaForCausalLM"),
                         [](test::WrittenWeights& weights) { weights["model.norm.weight"][3] = 70'000.0F; });
        const auto model = loaded(folder / "model");
        STUDIO_COMPARE_ERROR_TEXT(saveModel(*model, folder / "saved", {}, TensorType::Float16),
                                  ErrorCode::WeightsInvalid, "model.norm.weight");
        QCOMPARE(entryCount(folder.path()), std::size_t{1});
        saveModel(*model, folder / "saved", {}, TensorType::BFloat16);
    }

    void export_tellsTheBytesItWrites_andStopsAmongThem_data() {
        QTest::addColumn<bool>("merges");
        QTest::newRow("plain") << false;
        QTest::newRow("merged") << true;
    }
    void export_tellsTheBytesItWrites_andStopsAmongThem() {
        QFETCH(bool, merges);
        const Shelf shelf;
        std::stop_source stop;
        ExportModelJob job = shelf.job(merges);
        Progress last;
        job.onWritten = [&](const Progress& progress) {
            last = progress;
            if (2 * progress.done > progress.total) stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(exportModel(job, {}, stop.get_token()), Cancelled);
        QVERIFY(last.done > 0 && last.done < last.total);
        QCOMPARE(entryCount(shelf.folder.path()), std::size_t{2});
        job.onWritten = [&](const Progress& progress) { last = progress; };
        const ExportModelResult result = exportModel(job, {}, {});
        QCOMPARE(last.done, last.total);
        QCOMPARE(static_cast<std::int64_t>(result.bytes), last.total);
        QVERIFY(result.notFinite.empty());
        const bool same =
            readFile(job.outFolder / "model.safetensors") == readFile(shelf.model() / "model.safetensors");
        QCOMPARE(same, !merges);
    }

    void export_mergedTwice_isTheAdapterBesideTheBase_whichStays() {
        const Shelf shelf;
        const ExportModelJob job = shelf.job(true);
        const std::string weights = readFile(shelf.model() / "model.safetensors");
        const auto base = loaded(shelf.model());
        const std::vector<std::int64_t> ids{1, 7, 30, 12, 5};
        const Tensor alone = logitsOf(*base, ids);
        Tensor beside;
        {
            AdapterSet adapters = loadAdapter(shelf.adapter(), base->config(), base->compute());
            const AttachedAdapters attached(*base, nullptr, adapters);
            beside = logitsOf(*base, ids);
        }
        QVERIFY(farthest(beside, alone) > 1e-2);
        std::vector<std::string> merged;
        for (int time = 0; time < 2; ++time) {
            exportModel(job, {}, {});
            QVERIFY(farthest(logitsOf(*loaded(job.outFolder), ids), beside) < 1e-4);
            merged.push_back(readFile(job.outFolder / "model.safetensors"));
            fs::remove_all(job.outFolder);
        }
        QVERIFY(merged[0] == merged[1]);
        QVERIFY(readFile(shelf.model() / "model.safetensors") == weights);
        QVERIFY(at::equal(logitsOf(*base, ids), alone));
    }

    void export_weightsThatAreNotFinite_areNamed_data() {
        QTest::addColumn<int>("type");
        for (const TensorType type : {TensorType::Float32, TensorType::Float16, TensorType::BFloat16})
            QTest::addRow("%s", tensorTypeName(type)) << static_cast<int>(type);
    }
    void export_weightsThatAreNotFinite_areNamed() {
        QFETCH(int, type);
        const Shelf shelf;
        test::writeModel(
            shelf.model(), test::smallConfig("LlamaForCausalLM"), [](test::WrittenWeights& weights) {
                weights["model.norm.weight"][3] = std::numeric_limits<float>::quiet_NaN();
                weights["model.layers.1.mlp.up_proj.weight"].back() = -std::numeric_limits<float>::infinity();
                weights["model.embed_tokens.weight"][0] = -65504.0F;  // float16's largest
            });
        ExportModelJob job = shelf.job(false);
        job.type = static_cast<TensorType>(type);
        std::vector<std::string> names = exportModel(job, {}, {}).notFinite;
        std::sort(names.begin(), names.end());
        QCOMPARE(names, (std::vector<std::string>{"model.layers.1.mlp.up_proj.weight", "model.norm.weight"}));
    }

    void export_card_isTheModelsOwn_butNotOfAnAdaptersBase() {
        const Shelf shelf;
        writeFileAtomically(shelf.model() / "README.md", "# Tiny\n");
        exportModel(shelf.job(false), {}, {});
        QCOMPARE(readFile(shelf.folder / "out" / "README.md"), std::string("# Tiny\n"));
        fs::remove_all(shelf.folder / "out");
        exportModel(shelf.job(true), {}, {});
        QVERIFY(!fs::exists(shelf.folder / "out" / "README.md"));
    }
};

STUDIO_TEST(SavedModelTest)
#include "saved_model_test.moc"
