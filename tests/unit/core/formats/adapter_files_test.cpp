// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/adapter_files.h"

#include <QElapsedTimer>
#include <cmath>

#include "core/base/files.h"
#include "core/formats/name_pattern.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/pickled_adapter.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

AdapterConfig parsed(const std::string& more) {
    return parseAdapterConfig(parseJson("{\"peft_type\":\"LORA\",\"r\":4,\"lora_alpha\":6" + more + "}", "a"),
                              "a");
}

ModelConfig tinyModel() {
    ModelConfig model;
    model.vocabSize = 8;
    model.hiddenSize = 4;
    model.intermediateSize = 6;
    model.layerCount = 1;
    model.headCount = model.keyValueHeadCount = 2;
    model.headSize = 2;
    model.contextLength = 16;
    return model;
}

}  // namespace

class AdapterFilesTest : public QObject {
    Q_OBJECT

private:
    test::TemporaryFolder m_folder;

    /// A file of float32 zeros with these names and shapes.
    fs::path weights(const std::map<std::string, std::vector<std::int64_t>>& tensors) {
        static const std::vector<float> kZeros(4096);
        std::vector<TensorToWrite> writes;
        for (const auto& [name, shape] : tensors)
            writes.push_back(
                {name, TensorType::Float32, shape, reinterpret_cast<const std::byte*>(kZeros.data())});
        const fs::path file = m_folder / "adapter.safetensors";
        writeSafetensors(file, writes);
        return file;
    }

    std::vector<AdapterModule> modulesOf(const std::map<std::string, std::vector<std::int64_t>>& tensors) {
        const SafetensorsFile file(weights(tensors));
        AdapterConfig adapter;
        adapter.rank = 3;
        return adapterModules(adapter, tinyModel(), file);
    }

private Q_SLOTS:
    void config_plainAndRankStabilized_haveTheirScale() {
        QCOMPARE(parsed("").scale(), 1.5);
        QCOMPARE(parsed(R"(,"use_rslora":true)").scale(), 3.0);
        QCOMPARE(parsed(R"(,"lora_dropout":0.05,"bias":"none","modules_to_save":null)").dropout, 0.05);
        QCOMPARE(parsed(R"(,"target_modules":["q_proj","v_proj"],"rank_pattern":{})").targets.size(),
                 std::size_t{2});
        QCOMPARE(parsed(R"(,"target_modules":".*attn.*")").targets.size(), std::size_t{0});
    }

    void config_whatIsNotPlainLora_isRefusedByItsField_data() {
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("named");
        QTest::newRow("DoRA") << R"(,"use_dora":true)"
                              << "use_dora";
        QTest::newRow("bias") << R"(,"bias":"all")"
                              << "bias";
        QTest::newRow("modules") << R"(,"modules_to_save":["lm_head"])"
                                 << "modules_to_save";
        QTest::newRow("PiSSA") << R"(,"init_lora_weights":"pissa_niter_16")"
                               << "init_lora_weights";
        QTest::newRow("LoftQ") << R"(,"init_lora_weights":"loftq")"
                               << "init_lora_weights";
        QTest::newRow("router") << R"(,"arrow_config":{"top_k":2})"
                                << "arrow_config";
        QTest::newRow("a variant to come") << R"(,"use_other_lora":{"blocks":2})"
                                           << "use_other_lora";
        QTest::newRow("strengths that Python alone reads") << R"(,"alpha_pattern":{"(?P<a>q)_proj":2})"
                                                           << "alpha_pattern";
    }
    void config_whatIsNotPlainLora_isRefusedByItsField() {
        QFETCH(QString, more);
        QFETCH(QString, named);
        STUDIO_COMPARE_ERROR_TEXT(parsed(more.toStdString()), ErrorCode::ModelUnsupported,
                                  named.toStdString());
    }

    void config_switchInQuotes_isToBeWrittenWithout() {
        for (const std::string field : {"use_dora", "use_rslora", "lora_bias", "use_other_lora"})
            for (const std::string value : {"false", "true"})
                STUDIO_COMPARE_ERROR_TEXT(
                    parsed(",\"" + field + "\":\"" + value + "\""), ErrorCode::ModelConfigInvalid,
                    "a: " + field + " must be true or false without quotes, but is \"" + value + "\".");
        // What is not supported at all is said first.
        STUDIO_COMPARE_ERROR_TEXT(parsed(R"(,"use_dora":"false","use_qalora":true)"),
                                  ErrorCode::ModelUnsupported, "QALoRA");
    }

    void patterns_firstKeyThatFits_counts_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("module");
        QTest::addColumn<int>("rank");  // 4 where no key fits
        const QString q = QStringLiteral("model.layers.11.self_attn.q_proj");
        const auto row = [](const char* name, const char* pattern, const QString& module, int rank) {
            QTest::newRow(name) << QString::fromUtf8(pattern) << module << rank;
        };
        row("last name", R"({"q_proj":2})", q, 2);
        row("whole name", R"({"model.layers.11.self_attn.q_proj":2})", q, 2);
        row("end of a name", R"({"self_attn.q_proj":2})", q, 2);
        row("no whole part", R"({"proj":2,"1.self_attn.q_proj":3})", q, 4);
        row("not the end", R"({"self_attn":2})", q, 4);
        row("longer than the name", R"({"a.q_proj":2})", QStringLiteral("q_proj"), 4);
        row("another layer", R"({"layers.1.self_attn.q_proj":2})", q, 4);
        row("a dot is any character", R"({"self.attn.q.proj":2})", q, 2);
        row("first of two", R"({"q_proj":2,"layers.11.self_attn.q_proj":3})", q, 2);
        row("second of two", R"({"k_proj":2,"q_proj":3})", q, 3);
        row("alternatives", R"({"k_proj|q_proj":2})", q, 2);
        row("alternatives end nowhere else", R"({"q_proj|model":2})", QStringLiteral("model.x"), 4);
        row("from the beginning", R"({"^model\\.layers\\.\\d+\\.self_attn.*":2})", q, 2);
        row("not the beginning", R"({"^layers.11.self_attn.q_proj":2})", q, 4);
        row("classes", R"({"layers\\.(1[0-9]|2)\\..*_proj":2})", q, 2);
        row("classes of others", R"({"layers\\.([0-9]|2)\\..*_proj":2})", q, 4);
    }
    void patterns_firstKeyThatFits_counts() {
        QFETCH(QString, pattern);
        QFETCH(QString, module);
        QFETCH(int, rank);
        const AdapterConfig config = parsed(",\"rank_pattern\":" + pattern.toStdString());
        QCOMPARE(config.rankOf(module.toStdString()), std::int64_t{rank});
        QCOMPARE(config.scaleOf(module.toStdString()), 6.0 / rank);
        QCOMPARE(config.scale(), 1.5);
        const AdapterConfig strengths = parsed(",\"alpha_pattern\":" + pattern.toStdString());
        QCOMPARE(strengths.rankOf(module.toStdString()), std::int64_t{4});
        QCOMPARE(strengths.scaleOf(module.toStdString()), (rank == 4 ? 6.0 : rank) / 4.0);
    }

    void patterns_rankStabilized_takesTheModulesOwnRank() {
        const AdapterConfig config =
            parsed(R"(,"use_rslora":true,"rank_pattern":{"q_proj":9},"alpha_pattern":{"q_proj":1.5})");
        QCOMPARE(config.scaleOf("x.q_proj"), 0.5);
        QCOMPARE(config.scaleOf("x.v_proj"), 3.0);
    }

    void patterns_wrongValues_areNamed() {
        STUDIO_COMPARE_ERROR_TEXT(
            parsed(R"(,"rank_pattern":{"q_proj":0,"v_proj":"x"})"), ErrorCode::ModelConfigInvalid,
            "a, rank_pattern: \"q_proj\" must be at least 1, but is 0; \"v_proj\" must be");
        STUDIO_COMPARE_ERROR_TEXT(parsed(R"(,"alpha_pattern":{"q_proj":-2})"), ErrorCode::ModelConfigInvalid,
                                  "a, alpha_pattern: \"q_proj\" must be a number above 0");
        for (const char* field : {"alpha_pattern", "rank_pattern"})
            STUDIO_COMPARE_ERROR_TEXT(parsed(",\"" + std::string(field) + "\":{\"q_proj\":null}"),
                                      ErrorCode::ModelConfigInvalid,
                                      "\"q_proj\" must be a number, but is null");
        STUDIO_COMPARE_ERROR_TEXT(parsed(R"(,"alpha_pattern":[2])"), ErrorCode::ModelConfigInvalid,
                                  "alpha_pattern must be an object");
        STUDIO_COMPARE_ERROR_TEXT(parsed(R"(,"rank_pattern":{"q_proj":5000})"), ErrorCode::ModelConfigInvalid,
                                  "\"q_proj\" is 5000, above the 4096");
        // A key ends where it ends, not at a NUL in it.
        STUDIO_COMPARE_ERROR_TEXT(parsed(R"(,"rank_pattern":{"q":2,"q\u0000x":0})"),
                                  ErrorCode::ModelConfigInvalid, "\"q?x\" must be at least 1, but is 0");
    }

    void patterns_thatAreNotReadHere_areSaidToBeSo() {
        // Which Python reads, but for the first.
        for (const std::string key : {"a)|(b", "[[q]_proj", "[q&&z]_proj", "(?P<a>q)_proj", "q{2}+"})
            for (const std::string field : {"rank_pattern", "alpha_pattern"})
                STUDIO_COMPARE_ERROR_TEXT(parsed(",\"" + field + "\":{\"" + key + "\":2}"),
                                          ErrorCode::ModelUnsupported,
                                          "a: this program cannot read the expression \"" + key + "\" (" +
                                              field + ") as Python does. Write it there in a plainer way");
    }

    void patterns_many_areReadInLinearTimeUpToABound() {
        const auto ofKeys = [](int count, const std::string& number) {
            std::string text = R"(,"rank_pattern":{)";
            for (int i = 0; i < count; ++i) text += (i ? ",\"m" : "\"m") + std::to_string(i) + "\":" + number;
            return text + "}";
        };
        QCOMPARE(parsed(ofKeys(16'384, "2")).rankOf("m16383"), std::int64_t{2});
        STUDIO_COMPARE_ERROR_TEXT(parsed(ofKeys(16'385, "2")), ErrorCode::ModelConfigInvalid,
                                  "rank_pattern has 16385 entries, above the 16384 that this program takes");
        const auto error = test::errorOf([&] { parsed(ofKeys(16'384, "0")); });
        QVERIFY(error && std::string(error->what()).size() < 1000);
    }

    void patterns_slow_shareTheirTime() {
        const std::string query = "base_model.model.model.layers.0.self_attn.q_proj";
        const SafetensorsFile file(
            weights({{query + ".lora_A.weight", {4, 4}}, {query + ".lora_B.weight", {4, 4}}}));
        std::string keys;
        for (int i = 0; i < 300; ++i)
            keys += (i ? ",\"" : "\"") + std::string("(?:.*.*.*.*.*)Z") + std::to_string(i) + "\":2";
        const AdapterConfig config = parsed(",\"alpha_pattern\":{" + keys + "}");
        QElapsedTimer timer;
        timer.start();
        STUDIO_COMPARE_ERROR_TEXT(adapterModules(config, tinyModel(), file), ErrorCode::ModelUnsupported,
                                  "take far too long");
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
        const PatternBudget spent{std::chrono::milliseconds(-1)};
        STUDIO_COMPARE_ERROR(config.alphas.of("q_proj", spent), ErrorCode::ModelUnsupported);
    }

    void modules_ofOtherRanks_haveThem() {
        const std::string attention = "base_model.model.model.layers.0.self_attn.";
        const SafetensorsFile file(weights({{attention + "q_proj.lora_A.weight", {2, 4}},
                                            {attention + "q_proj.lora_B.weight", {4, 2}},
                                            {attention + "v_proj.lora_A.weight", {4, 4}},
                                            {attention + "v_proj.lora_B.weight", {4, 4}}}));
        const auto modules = adapterModules(
            parsed(R"(,"rank_pattern":{"q_proj":2},"alpha_pattern":{"v_proj":1})"), tinyModel(), file);
        QCOMPARE(modules.size(), std::size_t{2});
        QCOMPARE(modules[0].rank, std::int64_t{2});
        QCOMPARE(modules[0].scale, 3.0);
        QCOMPARE(modules[1].rank, std::int64_t{4});
        QCOMPARE(modules[1].scale, 0.25);
        STUDIO_COMPARE_ERROR_TEXT(
            adapterModules(parsed(R"(,"rank_pattern":{"v_proj":2})"), tinyModel(), file),
            ErrorCode::WeightsInvalid,
            "is 2 × 4, but the model and the rank (r 4 of adapter_config.json) ask for 4 × 4");
    }

    void modules_beyondTheTargets_areRefused() {
        const std::string query = "base_model.model.model.layers.0.self_attn.q_proj";
        const SafetensorsFile file(
            weights({{query + ".lora_A.weight", {4, 4}}, {query + ".lora_B.weight", {4, 4}}}));
        for (const char* named :
             {R"("q_proj")", R"("v_proj","self_attn.q_proj")", R"("model.layers.0.self_attn.q_proj")"})
            QCOMPARE(
                adapterModules(parsed(R"(,"target_modules":[)" + std::string(named) + "]"), tinyModel(), file)
                    .size(),
                std::size_t{1});
        for (const char* other : {R"("v_proj")", R"("proj")", R"("layers.0.q_proj")"})
            STUDIO_COMPARE_ERROR_TEXT(
                adapterModules(parsed(R"(,"target_modules":[)" + std::string(other) + "]"), tinyModel(),
                               file),
                ErrorCode::WeightsInvalid, "belongs to a module that target_modules of adapter_config.json");
    }

    void modules_thatPeftLeavesOut_areRefusedByTheField_data() {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("refusal");  // empty: the adapter is read
        const auto row = [](const char* fields, const char* refusal) {
            QTest::newRow(fields) << QString::fromUtf8(fields) << QString::fromUtf8(refusal);
        };
        const char* const target = "a module that target_modules of adapter_config.json does not name";
        const char* const layer = "a layer that layers_to_transform of adapter_config.json does not name";
        const char* const excluded = "a module that exclude_modules of adapter_config.json leaves out";
        row(R"("target_modules":null)", "");
        row(R"("target_modules":[])", target);
        row(R"("target_modules":"all-linear")", "");
        row(R"("target_modules":"All-Linear")", "");
        row(R"("target_modules":".*attn.*")", "");
        row(R"("target_modules":"(?i)model\\.layers\\.[0-9]+\\.SELF_ATTN\\.Q_PROJ")", "");
        row(R"("target_modules":"q_proj|.*q_proj")", "");
        row(R"("target_modules":"q_proj")", target);  // which is no end of a name here
        row(R"("target_modules":".*attn")", target);
        row(R"("target_modules":"")", target);
        row(R"x("target_modules":"(?P<a>.*)")x", "cannot read the expression \"(?P<a>.*)\" (target_modules)");
        row(R"("target_modules":["q_proj"],"layers_to_transform":null,"layers_pattern":null)", "");
        row(R"x("target_modules":["q_proj"],"layers_to_transform":[],"layers_pattern":"(h)")x", "");
        row(R"("target_modules":["q_proj"],"layers_to_transform":0)", "");
        row(R"("target_modules":["q_proj"],"layers_to_transform":[3,0])", "");
        row(R"("target_modules":["q_proj"],"layers_to_transform":[0],"layers_pattern":"layers")", "");
        row(R"("target_modules":["q_proj"],"layers_to_transform":[0],"layers_pattern":["h","layers"])", "");
        row(R"("target_modules":["q_proj"],"layers_to_transform":[0],"layers_pattern":"")", "");
        row(R"("target_modules":["q_proj"],"layers_to_transform":[0],"layers_pattern":"h")", layer);
        row(R"x("target_modules":["q_proj"],"layers_to_transform":[0],"layers_pattern":"(layers)")x",
            "cannot read the expression \"(layers)\" (layers_pattern)");
        row(R"("target_modules":["q_proj"],"layers_to_transform":1)", layer);
        row(R"("target_modules":["q_proj"],"layers_to_transform":[1,2])", layer);
        row(R"("target_modules":["model.layers.0.self_attn.q_proj"],"layers_to_transform":1)", "");
        row(R"("exclude_modules":[])", "");
        row(R"("exclude_modules":"")", "");
        row(R"("exclude_modules":["v_proj","attn.q_proj"])", "");
        row(R"("exclude_modules":["self_attn.q_proj"])", excluded);
        row(R"("exclude_modules":"q_proj")", "");
        row(R"("exclude_modules":".*\\.0\\..*","target_modules":["q_proj"])", excluded);
    }
    void modules_thatPeftLeavesOut_areRefusedByTheField() {
        QFETCH(QString, fields);
        QFETCH(QString, refusal);
        const std::string query = "base_model.model.model.layers.0.self_attn.q_proj";
        const SafetensorsFile file(
            weights({{query + ".lora_A.weight", {4, 4}}, {query + ".lora_B.weight", {4, 4}}}));
        const AdapterConfig config = parsed("," + fields.toStdString());
        if (refusal.isEmpty()) {
            QCOMPARE(adapterModules(config, tinyModel(), file).size(), std::size_t{1});
            return;
        }
        const auto error = test::errorOf([&] { adapterModules(config, tinyModel(), file); });
        QVERIFY(error);
        QVERIFY2(std::string(error->what()).find(refusal.toStdString()) != std::string::npos, error->what());
    }

    void config_targetsOfAnotherKind_areNamed() {
        for (const std::string field : {"target_modules", "exclude_modules", "layers_pattern"})
            for (const std::string value : {"7", "true", "{\"q_proj\":1}", "[\"q_proj\",1]"})
                STUDIO_COMPARE_ERROR_TEXT(parsed(",\"" + field + "\":" + value),
                                          ErrorCode::ModelConfigInvalid,
                                          "a: " + field + " must be a text or a list of texts, but is");
        for (const std::string value : {"1.5", "\"1\"", "[0,\"1\"]", "true"})
            STUDIO_COMPARE_ERROR_TEXT(
                parsed(",\"layers_to_transform\":" + value), ErrorCode::ModelConfigInvalid,
                "a: layers_to_transform must be a whole number or a list of them, but is");
    }

    void config_whatPeftWritesByTheWay_changesNothing() {
        const AdapterConfig config = parsed(
            R"(,"alora_invocation_tokens":null,"alpha_pattern":{},"arrow_config":null,"auto_mapping":null,
            "base_model_name_or_path":null,"bias":"none","corda_config":null,"ensure_weight_tying":false,
            "eva_config":null,"exclude_modules":null,"fan_in_fan_out":true,"inference_mode":true,
            "init_lora_weights":"gaussian","layer_replication":null,"layers_pattern":null,
            "layers_to_transform":[0,1],"loftq_config":{},"lora_bias":false,"megatron_config":null,
            "megatron_core":"megatron.core","modules_to_save":null,"peft_version":"0.18.0",
            "qalora_group_size":16,"rank_pattern":{},"revision":null,"target_modules":"all-linear",
            "target_parameters":null,"task_type":"CAUSAL_LM","trainable_token_indices":null,
            "use_bdlora":null,"use_dora":false,"use_qalora":false,"use_rslora":false)");
        QCOMPARE(config.scale(), 1.5);
        QVERIFY(config.targets.empty());
    }

    void weightsOfAnAdapter_pickled_areThoseOfLastResort() {
        const fs::path folder = m_folder / "adapter";
        makeFolders(folder);
        STUDIO_COMPARE_ERROR_TEXT(adapterWeights(folder), ErrorCode::WeightsInvalid,
                                  "adapter_model.safetensors");
        STUDIO_COMPARE_ERROR_TEXT(openAdapterWeights(folder), ErrorCode::WeightsInvalid, "adapter_model.bin");
        // One that asks for a function to be called is refused, and none is.
        const std::string call = "\x80\x02" + test::pickledName("os", "system") + ")R.";
        writeFileAtomically(folder / "adapter_model.bin", test::pytorchFile(call, {}));
        QVERIFY(adapterWeights(folder) == folder / "adapter_model.bin");
        STUDIO_COMPARE_ERROR_TEXT(openAdapterWeights(folder), ErrorCode::WeightsInvalid, "os.system");
        fs::copy_file(weights({{"one", {2, 3}}}), folder / "adapter_model.safetensors");
        QVERIFY(adapterWeights(folder) == folder / "adapter_model.safetensors");
        QVERIFY(openAdapterWeights(folder)->contains("one"));
        test::pickleAdapter(folder);
        QCOMPARE(openAdapterWeights(folder)->tensors().at("one").shape, (std::vector<std::int64_t>{2, 3}));
    }

    void config_anotherMethodOrNone_isRefused() {
        for (const char* text : {R"({"peft_type":"IA3","r":4})", R"({"r":4})"})
            STUDIO_COMPARE_ERROR_TEXT(parseAdapterConfig(parseJson(text, "a"), "a"),
                                      ErrorCode::ModelUnsupported, "peft_type");
    }

    void config_wrongValues_areNamedTogether() {
        STUDIO_COMPARE_ERROR_TEXT(
            parseAdapterConfig(parseJson(R"({"peft_type":"LORA","r":0,"lora_alpha":-1})", "a"), "a"),
            ErrorCode::ModelConfigInvalid,
            "lora_alpha must be a number above 0, but is -1. Correct it there, or get the adapter "
            "again.");
        STUDIO_COMPARE_ERROR(readAdapterConfig(m_folder / "nowhere"), ErrorCode::FileNotFound);
    }

    void json_readsBack() {
        AdapterConfig config;
        config.rank = 16;
        config.alpha = 32.5;
        config.dropout = 0.1;
        config.rankStabilized = true;
        config.targets = {"q_proj", "attn.c_proj"};
        config.baseModel = "some/model";
        const OrderedJson json = adapterConfigJson(config, true);
        const AdapterConfig again = parseAdapterConfig(json, "a");
        QCOMPARE(again.rank, config.rank);
        QCOMPARE(again.alpha, config.alpha);
        QCOMPARE(again.dropout, config.dropout);
        QVERIFY(again.rankStabilized && json["fan_in_fan_out"] == true);
        QVERIFY(again.targets == config.targets && again.baseModel == config.baseModel);
        QVERIFY(!json.contains("rank_pattern") && !json.contains("alpha_pattern"));
        config.alpha = 16.0;
        QCOMPARE(adapterConfigJson(config, false)["lora_alpha"].dump(), std::string("16"));
        config.ranks.add("q_proj", 4);
        config.alphas.add("h\\.[01]\\..*", 0.5);
        QCOMPARE(config.ranks.json().dump(), std::string(R"({"q_proj":4})"));
        QCOMPARE(config.alphas.json().dump(), std::string(R"({"h\\.[01]\\..*":0.5})"));
    }

    void modules_fitting_arePaired() {
        const std::string q = "base_model.model.model.layers.0.self_attn.q_proj";
        const auto modules = modulesOf({{q + ".lora_A.weight", {3, 4}}, {q + ".lora_B.weight", {4, 3}}});
        QCOMPARE(modules.size(), std::size_t{1});
        QCOMPARE(modules[0].module, std::string("model.layers.0.self_attn.q_proj"));
    }

    void modules_notFitting_areNamed() {
        const std::string q = "base_model.model.model.layers.0.self_attn.q_proj";
        const std::string far = "base_model.model.model.layers.7.self_attn.q_proj";
        STUDIO_COMPARE_ERROR_TEXT(modulesOf({{q + ".lora_A.weight", {3, 4}}}), ErrorCode::WeightsInvalid,
                                  "lora_B");
        STUDIO_COMPARE_ERROR_TEXT(modulesOf({{q + ".lora_B.weight", {4, 3}}}), ErrorCode::WeightsInvalid,
                                  "lora_A");
        STUDIO_COMPARE_ERROR_TEXT(modulesOf({{q + ".lora_A.weight", {2, 4}}, {q + ".lora_B.weight", {4, 2}}}),
                                  ErrorCode::WeightsInvalid, "3 × 4");
        STUDIO_COMPARE_ERROR_TEXT(
            modulesOf({{far + ".lora_A.weight", {3, 4}}, {far + ".lora_B.weight", {4, 3}}}),
            ErrorCode::WeightsInvalid, "layers.7");
        STUDIO_COMPARE_ERROR_TEXT(modulesOf({{"base_model.model.lm_head.weight", {8, 4}}}),
                                  ErrorCode::WeightsInvalid, "lm_head");
    }
};

STUDIO_TEST(AdapterFilesTest)
#include "adapter_files_test.moc"
