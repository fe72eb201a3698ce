// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_config.h"

#include <cstring>

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/formats/safetensors.h"
#include "core/formats/sha256.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

OrderedJson smallConfig() {
    return parseJson(
        R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","vocab_size":12,"hidden_size":8,
        "intermediate_size":10,"num_hidden_layers":2,"num_attention_heads":2,"num_key_value_heads":1,
        "max_position_embeddings":32,"rms_norm_eps":1e-05,"tie_word_embeddings":true,"bos_token_id":1,"eos_token_id":2,
        "hidden_act":"silu","torch_dtype":"float32","rope_scaling":null,"my_own_field":{"kept":[1,2]}})",
        "config.json");
}

OrderedJson with(const char* key, const OrderedJson& value) {
    OrderedJson json = smallConfig();
    json[key] = value;
    return json;
}

/// A model folder whose weights are 0, 1, 2, …; `change` may add, drop or reshape tensors.
template <typename Change>
void writeModel(const fs::path& folder, const OrderedJson& json, Change&& change) {
    const ModelConfig config = parseModelConfig(json, "config.json");
    auto shapes = expectedTensors(config);
    change(shapes);
    std::map<std::string, std::vector<float>> numbers;
    std::vector<TensorToWrite> tensors;
    for (const auto& [name, shape] : shapes) {
        std::size_t count = 1;
        for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
        std::vector<float>& values = numbers[name];
        for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<float>(i));
        tensors.push_back(
            {name, TensorType::Float32, shape, reinterpret_cast<const std::byte*>(values.data())});
    }
    writeSafetensors(folder / "model.safetensors", tensors);
    writeJsonFile(folder / "config.json", json);
}

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

}  // namespace

class ModelConfigTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parse_smallConfig_readsEveryField() {
        const ModelConfig config = parseModelConfig(smallConfig(), "config.json");
        QCOMPARE(config.vocabSize, std::int64_t{12});
        QCOMPARE(config.headSize, std::int64_t{4});
        QCOMPARE(config.keyValueHeadCount, std::int64_t{1});
        QCOMPARE(config.normEpsilon, 1e-5);
        QCOMPARE(config.ropeTheta, 10000.0);
        QVERIFY(config.tiedEmbeddings);
        QVERIFY(!config.queryKeyValueBias && !config.outputBias);
        QCOMPARE(config.bosId.value(), std::int64_t{1});
        QCOMPARE(config.eosIds, (std::vector<std::int64_t>{2}));
        QVERIFY(!config.padId.has_value());
        QVERIFY(config.storedType == TensorType::Float32);
    }

    void parse_absentOptionalFields_takesTheLibrarysDefaults() {
        OrderedJson json = smallConfig();
        for (const char* key : {"num_key_value_heads", "rms_norm_eps", "tie_word_embeddings", "torch_dtype",
                                "bos_token_id", "eos_token_id", "hidden_act", "model_type"}) {
            json.erase(key);
        }
        const ModelConfig config = parseModelConfig(json, "config.json");
        QCOMPARE(config.keyValueHeadCount, config.headCount);
        QCOMPARE(config.normEpsilon, 1e-6);
        QVERIFY(!config.tiedEmbeddings);
        QVERIFY(!config.bosId.has_value());
        QVERIFY(config.eosIds.empty());
    }

    void parse_newFieldNames_areRead() {
        OrderedJson json = smallConfig();
        json.erase("torch_dtype");
        json.erase("rope_scaling");
        json["dtype"] = "bfloat16";
        json["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", 500000.0}};
        json["eos_token_id"] = {2, 3};
        json["pad_token_id"] = -1;
        const ModelConfig config = parseModelConfig(json, "config.json");
        QVERIFY(config.storedType == TensorType::BFloat16);
        QCOMPARE(config.ropeTheta, 500000.0);
        QCOMPARE(config.eosIds, (std::vector<std::int64_t>{2, 3}));
        QVERIFY(!config.padId.has_value());
        const OrderedJson written = modelConfigJson(config);
        QCOMPARE(written["rope_parameters"]["rope_theta"].get<double>(), 500000.0);
        QVERIFY(!written.contains("rope_theta"));
        QVERIFY(!written.contains("torch_dtype"));
    }

    void read_generationConfigOfNoUse_isRefused_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("text") << QByteArray(R"({"eos_token_id": "2"})")
                              << QByteArray("eos_token_id must be a token number, but is \"2\"");
        QTest::newRow("text in a list") << QByteArray(R"({"eos_token_id": [2, "3"]})")
                                        << QByteArray("eos_token_id must be a token number, but is \"3\"");
        QTest::newRow("fraction") << QByteArray(R"({"eos_token_id": 2.5})")
                                  << QByteArray("eos_token_id must be a token number, but is 2.5");
        QTest::newRow("list") << QByteArray("[1]") << QByteArray("the file must hold a JSON object");
        QTest::newRow("null") << QByteArray("null") << QByteArray("the file must hold a JSON object");
    }
    void read_generationConfigOfNoUse_isRefused() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, part);
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "config.json", smallConfig().dump());
        writeFileAtomically(folder / "generation_config.json", json.toStdString());
        STUDIO_COMPARE_ERROR_TEXT(readModelConfig(folder.path()), ErrorCode::ModelConfigInvalid,
                                  "generation_config.json: " + part.toStdString());
    }

    void read_generationConfig_addsItsEnds() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "config.json", smallConfig().dump());
        QVERIFY(readModelConfig(folder.path()).answerEndIds.empty());
        writeFileAtomically(folder / "generation_config.json",
                            R"({"eos_token_id": [2, 7], "temperature": 0.6})");
        const ModelConfig config = readModelConfig(folder.path());
        QCOMPARE(config.eosIds, (std::vector<std::int64_t>{2}));
        QCOMPARE(config.answerEndIds, (std::vector<std::int64_t>{2, 7}));
        QCOMPARE(modelConfigJson(config)["eos_token_id"], OrderedJson(2));  // is not written there
        writeFileAtomically(folder / "generation_config.json", R"({"eos_token_id": 7})");
        QCOMPARE(readModelConfig(folder.path()).answerEndIds, (std::vector<std::int64_t>{7}));
        // An id that the vocabulary has not can end no answer.
        writeFileAtomically(folder / "generation_config.json", R"({"eos_token_id": [12, -1, 3]})");
        QCOMPARE(readModelConfig(folder.path()).answerEndIds, (std::vector<std::int64_t>{3}));
        writeFileAtomically(folder / "generation_config.json", R"({"eos_token_id": 9999})");
        QVERIFY(readModelConfig(folder.path()).answerEndIds.empty());
        writeFileAtomically(folder / "generation_config.json", R"({"eos_token_id": null})");
        QVERIFY(readModelConfig(folder.path()).answerEndIds.empty());
        writeFileAtomically(folder / "generation_config.json", "{");
        STUDIO_COMPARE_ERROR_TEXT(readModelConfig(folder.path()), ErrorCode::ModelConfigInvalid,
                                  "generation_config.json");
    }

    void parse_wrongField_isNamed_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* key, const char* value) {
            QTest::addRow("%s=%s", key, value) << QByteArray(key) << QByteArray(value);
        };
        row("vocab_size", "0");
        row("vocab_size", "2000001");
        row("hidden_size", "\"8\"");
        row("hidden_size", "8.0");
        row("hidden_size", "18446744073709551615");
        row("hidden_size", "9");
        row("intermediate_size", "[]");
        row("num_hidden_layers", "-1");
        row("num_hidden_layers", "1000000000");
        row("num_attention_heads", "3");
        row("num_attention_heads", "0");
        row("num_key_value_heads", "5");
        row("num_key_value_heads", "true");
        row("head_dim", "3");
        row("head_dim", "0");
        row("max_position_embeddings", "null");
        row("rms_norm_eps", "0");
        row("rms_norm_eps", "\"small\"");
        row("rope_theta", "-1");
        row("initializer_range", "[]");
        row("tie_word_embeddings", "1");
        row("attention_bias", "\"no\"");
        row("bos_token_id", "12");
        row("bos_token_id", "18446744073709551615");
        row("eos_token_id", "-5");
        row("eos_token_id", "[1,99]");
        row("eos_token_id", "{}");
        row("pad_token_id", "\"x\"");
        row("rope_scaling", "[]");
        row("rope_scaling", "{}");
        row("architectures", "[]");
        row("architectures", "\"LlamaForCausalLM\"");
        row("model_type", "3");
    }
    void parse_wrongField_isNamed() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        const OrderedJson json = with(key.constData(), parseJson(value.toStdString(), "value"));
        STUDIO_COMPARE_ERROR_TEXT(parseModelConfig(json, "the/config.json"), ErrorCode::ModelConfigInvalid,
                                  key.toStdString());
        STUDIO_COMPARE_ERROR_TEXT(parseModelConfig(json, "the/config.json"), ErrorCode::ModelConfigInvalid,
                                  "the/config.json");
    }

    void parse_wrongValue_isShownAsJsonSpellsIt() {
        const auto says = [](const OrderedJson& json, const std::string& words) {
            const auto error = test::errorOf([&] { parseModelConfig(json, "config.json"); });
            return error && std::string(error->what()).find(words) != std::string::npos;
        };
        OrderedJson mistral = with("attention_bias", "false");
        mistral["architectures"] = OrderedJson::array({"MistralForCausalLM"});
        mistral["model_type"] = "mistral";
        QVERIFY(says(mistral, "(attention_bias) \"false\" is not supported."));
        QVERIFY(says(mistral, "attention_bias can be false; choose"));
        mistral["attention_bias"] = true;
        QVERIFY(says(mistral, "(attention_bias) true is not supported."));
        QVERIFY(says(with("hidden_size", 8.5), "hidden_size must be a whole number, but is 8.5."));
        QVERIFY(says(with("hidden_size", "8"), "hidden_size must be a whole number, but is \"8\"."));
        QVERIFY(says(with("mlp_bias", {{"a", 1}}), "mlp_bias must be true or false, but is {\"a\":1}."));
    }

    void parse_missingFields_areAllNamed() {
        const OrderedJson json = {{"model_type", "llama"}, {"hidden_size", 8}, {"vocab_size", -3}};
        const auto error = test::errorOf([&] { parseModelConfig(json, "config.json"); });
        QVERIFY(error.has_value());
        for (const char* key : {"intermediate_size", "num_hidden_layers", "num_attention_heads",
                                "max_position_embeddings", "vocab_size must be at least 1"}) {
            QVERIFY2(error->cause().find(key) != std::string::npos, error->what());
        }
        STUDIO_COMPARE_ERROR(parseModelConfig(OrderedJson::object(), "config.json"),
                             ErrorCode::ModelConfigInvalid);
        STUDIO_COMPARE_ERROR(parseModelConfig(OrderedJson::array(), "config.json"),
                             ErrorCode::ModelConfigInvalid);
    }

    void parse_unsupportedFeature_isRefusedByName_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("next");
        const auto row = [](const char* key, const char* value, const char* part, const char* next) {
            QTest::addRow("%s", part)
                << QByteArray(key) << QByteArray(value) << QByteArray(part) << QByteArray(next);
        };
        row("architectures", R"(["MambaForCausalLM"])", "\"MambaForCausalLM\"",
            "This version knows LlamaForCausalLM, MistralForCausalLM");
        row("architectures", R"(["Qwen2ForCausalLM"])",
            "\"llama\" is not supported with the architecture Qwen2",
            "The model type of Qwen2ForCausalLM is \"qwen2\"");
        row("model_type", R"("mistral")", "\"mistral\"", "The model type of LlamaForCausalLM is \"llama\"");
        row("rope_scaling", R"({"rope_type":"longrope","factor":8})", "\"longrope\"",
            "Its rope_type can be \"default\", \"none\", \"linear\", \"dynamic\", \"llama3\" or \"yarn\"; "
            "choose");
        row("rope_parameters", R"({"rope_type":"proportional"})", "\"proportional\"", "or \"yarn\"; choose");
        row("rope_parameters", R"({"full_attention":{}})", "from layer to layer", "without them");
        row("layer_types", R"(["sliding_attention","full_attention"])", "layer_types", "without them");
        row("quantization_config", R"({"bits":4})", "quantization_config", "before it was quantized");
        row("hidden_act", R"("gelu")", "hidden_act", "hidden_act can be \"silu\" or \"swish\"; choose");
        row("torch_dtype", R"("float64")", "(torch_dtype) \"float64\"",
            "torch_dtype can be \"float32\", \"float16\" or \"bfloat16\"; choose");
        row("dtype", "8", "(dtype) 8 is", "dtype can be \"float32\"");
    }
    void parse_unsupportedFeature_isRefusedByName() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, next);
        const OrderedJson json = with(key.constData(), parseJson(value.toStdString(), "value"));
        STUDIO_COMPARE_ERROR_TEXT(parseModelConfig(json, "config.json"), ErrorCode::ModelUnsupported,
                                  part.toStdString());
        STUDIO_COMPARE_ERROR_TEXT(parseModelConfig(json, "config.json"), ErrorCode::ModelUnsupported,
                                  next.toStdString());
        const auto error = test::errorOf([&] { parseModelConfig(json, "config.json"); });
        const bool listsThem = error->nextStep().find("GPTNeoXForCausalLM") != std::string::npos;
        QCOMPARE(listsThem, part.contains("MambaForCausalLM"));  // else they would not help
    }

    void modelConfigJson_keepsUnknownFieldsAndReadsBack() {
        ModelConfig config = parseModelConfig(smallConfig(), "config.json");
        config.vocabSize = 20;
        config.storedType = TensorType::BFloat16;
        config.eosIds = {2, 5};
        const OrderedJson json = modelConfigJson(config);
        QCOMPARE(json["my_own_field"].dump(), std::string(R"({"kept":[1,2]})"));
        QCOMPARE(json.begin().key(), std::string("architectures"));
        const ModelConfig again = parseModelConfig(json, "config.json");
        QCOMPARE(again.vocabSize, std::int64_t{20});
        QVERIFY(again.storedType == TensorType::BFloat16);
        QCOMPARE(again.eosIds, config.eosIds);
        QVERIFY(again.tiedEmbeddings);
        QCOMPARE(modelConfigJson(again), json);
    }

    void modelConfigJson_newModel_readsBack() {
        ModelConfig config;
        config.vocabSize = 100;
        config.hiddenSize = 16;
        config.intermediateSize = 24;
        config.layerCount = 1;
        config.headCount = 4;
        config.keyValueHeadCount = 2;
        config.headSize = 4;
        config.contextLength = 64;
        const ModelConfig again = parseModelConfig(modelConfigJson(config), "config.json");
        QCOMPARE(again.parameterCount(), config.parameterCount());
        QCOMPARE(again.normEpsilon, config.normEpsilon);
        QVERIFY(again.eosIds.empty());
    }

    void parameterCount_countsByHand() {
        ModelConfig config = parseModelConfig(smallConfig(), "config.json");
        // embedding 12*8; a layer: norms 2*8, q and o 2*8*8, k and v 2*4*8, mlp 3*10*8; the last norm 8
        const std::int64_t layer = 16 + 128 + 64 + 240;
        QCOMPARE(config.parameterCount(), 96 + 2 * layer + 8);
        config.tiedEmbeddings = false;
        QCOMPARE(config.parameterCount(), 2 * 96 + 2 * layer + 8);
        config.queryKeyValueBias = config.outputBias = true;
        config.mlpBias = true;
        QCOMPARE(config.parameterCount(), 2 * 96 + 2 * (layer + (8 + 4 + 4 + 8) + (10 + 10 + 8)) + 8);
        QCOMPARE(expectedTensors(config).at("model.layers.1.self_attn.k_proj.bias"),
                 (std::vector<std::int64_t>{4}));
    }

    void checkWeights_exactMatch_passes() {
        const test::TemporaryFolder folder;
        writeModel(folder.path(), smallConfig(), [](Shapes&) {});
        const ModelSummary summary = summarizeModel(folder.path() / "");
        QCOMPARE(summary.name, folder.path().filename().string());
        QCOMPARE(summary.weightBytes, static_cast<std::uint64_t>(summary.config.parameterCount() * 4));
        QVERIFY(summary.tokenizerKind.empty());
        QVERIFY(!summary.hasPromptTemplate);
        writeFileAtomically(folder / "tokenizer.model", "x");
        writeFileAtomically(folder / kPromptTemplateFile, "{}");
        QCOMPARE(summarizeModel(folder.path()).tokenizerKind, std::string("sentencepiece"));
        QVERIFY(summarizeModel(folder.path()).hasPromptTemplate);
    }

    void summary_ofARunsModel_hasTheRunsName() {
        const test::TemporaryFolder folder;
        makeFolders(folder / "round-1" / "model");
        writeModel(folder / "round-1" / "model", smallConfig(), [](Shapes&) {});
        QCOMPARE(summarizeModel(folder / "round-1" / "model").name, std::string("model"));
        writeFileAtomically(folder / "round-1" / "run.json", "{}");
        QCOMPARE(summarizeModel(folder / "round-1" / "model" / "").name, std::string("round-1"));
    }

    void checkWeights_wrongShapeMissingOrUnknown_isNamed() {
        const test::TemporaryFolder folder;
        writeModel(folder.path(), smallConfig(), [](Shapes& shapes) { shapes["model.norm.weight"] = {9}; });
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid,
                                  "\"model.norm.weight\" is 9, but config.json (hidden_size 8) asks for 8");
        writeModel(folder.path(), smallConfig(), [](Shapes& shapes) {
            for (int i = 0; i < 2; ++i) {
                shapes.erase("model.layers." + std::to_string(i) + ".self_attn.q_proj.weight");
                shapes.erase("model.layers." + std::to_string(i) + ".self_attn.k_proj.weight");
                shapes.erase("model.layers." + std::to_string(i) + ".self_attn.v_proj.weight");
            }
        });
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid, "and 1 more");
        writeModel(folder.path(), smallConfig(),
                   [](Shapes& shapes) { shapes["model.layers.7.extra"] = {1}; });
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid,
                                  "\"model.layers.7.extra\"");
    }

    void checkWeights_tiedHead_mustEqualTheEmbedding() {
        const test::TemporaryFolder folder;
        writeModel(folder.path(), smallConfig(), [](Shapes& shapes) {
            shapes["lm_head.weight"] = {12, 8};
            shapes["model.layers.0.self_attn.rotary_emb.inv_freq"] = {2};
        });
        QCOMPARE(summarizeModel(folder.path()).config.layerCount, std::int64_t{2});
        std::string bytes = readFile(folder / "model.safetensors");
        const SafetensorsFile file(folder / "model.safetensors");
        const std::uint64_t begin =
            bytes.size() - file.tensors().rbegin()->second.end + file.tensors().at("lm_head.weight").begin;
        bytes[begin + 4] ^= 1;
        writeFileAtomically(folder / "model.safetensors", bytes);
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid, "lm_head.weight");
    }

    /// As published GPT-NeoX models hold their masks, and as no weights are held.
    void checkWeights_numbersOfOtherTypes_onlyAsBuffers() {
        const test::TemporaryFolder folder;
        const auto write = [&](const std::string& name) {
            writeModel(folder.path(), smallConfig(), [&](Shapes& shapes) { shapes[name] = {1}; });
            std::string bytes = readFile(folder / "model.safetensors");
            const std::size_t entry = bytes.find("{", bytes.find(name)), type = bytes.find("F32", entry);
            bytes.replace(type, 3, "I32");
            writeFileAtomically(folder / "model.safetensors", bytes);
        };
        write("model.layers.0.self_attn.rotary_emb.inv_freq");
        QCOMPARE(summarizeModel(folder.path()).config.layerCount, std::int64_t{2});
        write("model.norm.weight");
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid,
                                  "\"model.norm.weight\": the dtype \"I32\"");
    }

    void modelHash_coversConfigAndWeights() {
        const test::TemporaryFolder folder;
        writeModel(folder.path(), smallConfig(), [](Shapes&) {});
        const std::string hash = modelHash(folder.path());
        QCOMPARE(hash, sha256(readFile(folder / "config.json") + readFile(folder / "model.safetensors")));
        writeFileAtomically(folder / "notes.txt", "not a part of the model");
        QCOMPARE(modelHash(folder.path()), hash);
        std::string bytes = readFile(folder / "model.safetensors");
        bytes.back() ^= 1;
        writeFileAtomically(folder / "model.safetensors", bytes);
        QVERIFY(modelHash(folder.path()) != hash);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(modelHash(folder.path(), stop.get_token()), Cancelled);
    }

    void readModelConfig_missingOrNoJson_isModelConfigInvalid() {
        const test::TemporaryFolder folder;
        STUDIO_COMPARE_ERROR_TEXT(readModelConfig(folder.path()), ErrorCode::ModelConfigInvalid,
                                  "config.json");
        writeFileAtomically(folder / "config.json", "{\"a\":1,\"a\":2}");
        STUDIO_COMPARE_ERROR_TEXT(readModelConfig(folder.path()), ErrorCode::ModelConfigInvalid,
                                  "given twice");
        writeFileAtomically(folder / "config.json", std::string(1000, '['));
        STUDIO_COMPARE_ERROR_TEXT(readModelConfig(folder.path()), ErrorCode::ModelConfigInvalid, "nested");
    }

    void parse_damagedConfig_neverCrashes() {
        const std::string good = smallConfig().dump();
        Random random(5);
        int refused = 0;
        for (int round = 0; round < 5000; ++round) {
            std::string text = good;
            for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips) {
                text[random.below(text.size())] = "0123456789-.[]{}\",:eEtrufalsn"[random.below(29)];
            }
            const auto error =
                test::errorOf([&] { expectedTensors(parseModelConfig(parseJson(text, "fuzz"), "fuzz")); });
            if (error) ++refused;
        }
        QVERIFY(refused > 1000);
        QVERIFY(refused < 5000);
    }
};

STUDIO_TEST(ModelConfigTest)
#include "model_config_test.moc"
