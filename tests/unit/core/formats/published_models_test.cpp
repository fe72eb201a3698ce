// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/formats/model_config.h"
#include "core/formats/model_family.h"
#include "tests/support/appended_tensor.h"
#include "tests/support/assets.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"

using namespace studio;
namespace fs = std::filesystem;

namespace {

ModelConfig parsed(const char* architecture, const std::string& more) {
    OrderedJson json = test::smallConfig(architecture);
    json.update(parseJson("{" + more + "}", "more"));
    return parseModelConfig(json, "config.json");
}

}  // namespace

/// What model folders have as they are published, and what only looks as if it were known.
class PublishedModelsTest : public QObject {
    Q_OBJECT

private:
    static fs::path written(const test::TemporaryFolder& folder, const char* architecture) {
        test::writeModel(folder.path(), test::smallConfig(architecture));
        return folder / "model.safetensors";
    }

private Q_SLOTS:
    void weights_masksOfAnyType_areLeftAlone() {
        const test::TemporaryFolder folder;
        const fs::path file = written(folder, "GPTNeoXForCausalLM");
        // As Pythia's files have them.
        test::appendTensor(file, "gpt_neox.layers.0.attention.bias", "BOOL", {1, 1, 8, 8}, 64);
        test::appendTensor(file, "gpt_neox.layers.0.attention.masked_bias", "F32", {}, 4);
        test::appendTensor(file, "gpt_neox.layers.1.attention.bias", "U8", {1, 1, 8, 8}, 64);
        test::appendTensor(file, "gpt_neox.layers.1.attention.rotary_emb.inv_freq", "F64", {1}, 8);
        const ModelSummary summary = summarizeModel(folder.path());
        QCOMPARE(summary.config.layerCount, std::int64_t{2});
        const WeightFiles weights(folder.path());
        QCOMPARE(weights.files().front()->otherTensors().at("gpt_neox.layers.0.attention.bias"),
                 std::string("BOOL"));
        STUDIO_COMPARE_ERROR_TEXT(weights.files().front()->data("gpt_neox.layers.1.attention.bias"),
                                  ErrorCode::WeightsInvalid, "\"U8\"");
    }

    void weights_numbersOfAnUnknownType_areNamed() {
        const test::TemporaryFolder folder;
        const fs::path file = written(folder, "LlamaForCausalLM");
        test::appendTensor(file, "model.layers.0.self_attn.q_proj.weight_scale", "F8_E4M3", {2}, 2);
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid, "\"F8_E4M3\"");
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid,
                                  "q_proj.weight_scale");
    }

    void weights_masksInShards_areFoundThere() {
        const test::TemporaryFolder folder;
        const fs::path file = written(folder, "GPT2LMHeadModel");
        test::appendTensor(file, "transformer.h.0.attn.bias", "BOOL", {1, 1, 4, 4}, 16);
        OrderedJson map = OrderedJson::object();
        for (const std::string& name : WeightFiles(folder.path()).names()) map[name] = "one.safetensors";
        map["transformer.h.0.attn.bias"] = "one.safetensors";
        fs::rename(file, folder / "one.safetensors");
        writeJsonFile(folder / "model.safetensors.index.json", {{"weight_map", map}});
        QCOMPARE(summarizeModel(folder.path()).config.layerCount, std::int64_t{2});
        map["transformer.h.1.attn.bias"] = "one.safetensors";
        writeJsonFile(folder / "model.safetensors.index.json", {{"weight_map", map}});
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid, "h.1.attn.bias");
    }

    void weights_whatOnlyHasTheName_isCalledWhatItIs_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("pointer") << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:00\n")
                                 << QByteArray("Git LFS pointer");
        QTest::newRow("page") << QByteArray("\n<!DOCTYPE html><html></html>") << QByteArray("web page");
        QTest::newRow("gguf") << QByteArray("GGUF\3\0\0\0\1\0\0\0\0\0\0\0", 16) << QByteArray("GGUF file");
    }
    void weights_whatOnlyHasTheName_isCalledWhatItIs() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, part);
        const test::TemporaryFolder folder;
        const fs::path file = written(folder, "LlamaForCausalLM");
        writeFileAtomically(file, bytes.toStdString());
        STUDIO_COMPARE_ERROR_TEXT(summarizeModel(folder.path()), ErrorCode::WeightsInvalid,
                                  part.toStdString());
    }

    void config_endsOfAnswers_areThoseOfTheGeneration() {
        const test::TemporaryFolder folder;
        written(folder, "Phi3ForCausalLM");
        QVERIFY(readModelConfig(folder.path()).answerEndIds.empty());
        writeJsonFile(folder / "generation_config.json",
                      {{"eos_token_id", {2, 7, 4000}}, {"pad_token_id", 1}});
        const ModelConfig config = readModelConfig(folder.path());
        QCOMPARE(config.answerEndIds, (std::vector<std::int64_t>{2, 7}));
        QCOMPARE(config.eosIds, (std::vector<std::int64_t>{2}));
        writeJsonFile(folder / "generation_config.json", {{"eos_token_id", 9}});
        QCOMPARE(readModelConfig(folder.path()).answerEndIds, (std::vector<std::int64_t>{9}));
        writeFileAtomically(folder / "generation_config.json", "{");
        STUDIO_COMPARE_ERROR_TEXT(readModelConfig(folder.path()), ErrorCode::ModelConfigInvalid,
                                  "generation_config.json");
    }

    void config_ofAnAdaptersFolder_saysSo() {
        const test::TemporaryFolder folder;
        writeFileAtomically(folder / "adapter_config.json", "{}");
        STUDIO_COMPARE_ERROR_TEXT(readModelConfig(folder.path()), ErrorCode::ModelConfigInvalid,
                                  "LoRA adapter");
    }

    void config_windowLeftOut_isTheFamilysUsualOne() {
        QCOMPARE(parsed("MistralForCausalLM", "").window, std::int64_t{4096});
        QCOMPARE(parsed("MistralForCausalLM", R"("sliding_window":null)").window, std::int64_t{0});
        QCOMPARE(parsed("Phi3ForCausalLM", "").window, std::int64_t{0});
        const char* const used = R"("use_sliding_window":true,"max_window_layers":1)";
        QCOMPARE(parsed("Qwen2ForCausalLM", used).windowOf(1), std::int64_t{4096});
        QCOMPARE(parsed("Qwen2ForCausalLM", used + std::string(R"(,"sliding_window":null)")).window,
                 std::int64_t{0});
        // What is written does not lean on what was read.
        for (const ModelConfig& config :
             {parsed("MistralForCausalLM", R"("sliding_window":null)"),
              parsed("MistralForCausalLM", R"("sliding_window":16)"), parsed("Qwen3ForCausalLM", used)}) {
            ModelConfig bare = config;
            bare.raw = OrderedJson();
            const ModelConfig again = parseModelConfig(modelConfigJson(bare), "config.json");
            QCOMPARE(again.windowOf(0), config.windowOf(0));
            QCOMPARE(again.windowOf(1), config.windowOf(1));
        }
    }

    void config_layerTypes_mustSayTheSameAndBeAll() {
        const auto types = [](const char* family, const char* list) {
            return parsed(family, std::string(R"("sliding_window":16,"layer_types":[)") + list + "]").window;
        };
        const char* const windows = R"("sliding_attention","sliding_attention")";
        const char* const none = R"("full_attention","full_attention")";
        QCOMPARE(types("MistralForCausalLM", windows), std::int64_t{16});
        QCOMPARE(types("LlamaForCausalLM", none), std::int64_t{0});
        for (const char* family : {"LlamaForCausalLM", "Qwen2ForCausalLM", "Qwen3ForCausalLM"})
            STUDIO_COMPARE_ERROR_TEXT(types(family, windows), ErrorCode::ModelUnsupported, "layer_types");
        STUDIO_COMPARE_ERROR_TEXT(types("Phi3ForCausalLM", none), ErrorCode::ModelUnsupported, "layer_types");
        STUDIO_COMPARE_ERROR_TEXT(types("LlamaForCausalLM", R"("full_attention")"),
                                  ErrorCode::ModelConfigInvalid, "layer_types");
    }

    void config_keyValueHeadsNull_areAsManyAsHeads() {
        for (const char* family : {"MistralForCausalLM", "Qwen2ForCausalLM", "LlamaForCausalLM"})
            QCOMPARE(parsed(family, R"("num_key_value_heads":null)").keyValueHeadCount, std::int64_t{4});
    }

    void config_rotaryRules_areReadExactlyOrRefused() {
        const std::string byLayer = R"("rope_parameters":{"full_attention":{"rope_type":"default"}})";
        STUDIO_COMPARE_ERROR_TEXT(parsed("LlamaForCausalLM", byLayer), ErrorCode::ModelUnsupported,
                                  "rope_parameters");
        const std::string linear = R"("rope_scaling":{"type":"linear","factor":2},"rope_parameters":)";
        const char* const same = R"({"rope_type":"linear","factor":2,"rope_theta":5000})";
        QCOMPARE(parsed("LlamaForCausalLM", linear + same).ropeTheta, 5000.0);
        const char* const others[] = {R"({"rope_type":"default"})", R"({"rope_type":"linear","factor":4})"};
        for (const char* other : others)
            STUDIO_COMPARE_ERROR_TEXT(parsed("LlamaForCausalLM", linear + other),
                                      ErrorCode::ModelConfigInvalid, "say different things");
        // The original context may stand beside the scaling.
        const std::string yarn = R"("rope_scaling":{"rope_type":"yarn","factor":4)";
        const std::string beside = R"(},"original_max_position_embeddings":16)";
        const std::string within = R"(,"original_max_position_embeddings":8)";
        QCOMPARE(parsed("Qwen3ForCausalLM", yarn + beside).rope.originalContext, std::int64_t{16});
        STUDIO_COMPARE_ERROR_TEXT(parsed("Qwen3ForCausalLM", yarn + within + beside),
                                  ErrorCode::ModelConfigInvalid, "original_max_position_embeddings");
    }

    void config_wrongValue_isShownAsItStands() {
        const std::string act = R"("hidden_act":"relu2")";
        STUDIO_COMPARE_ERROR_TEXT(parsed("GPTNeoXForCausalLM", act), ErrorCode::ModelUnsupported,
                                  "(hidden_act) \"relu2\" is");
        const std::string size = "\"hidden_size\":\"" + std::string(5000, '9') + "\"";
        const auto error = test::errorOf([&] { parsed("LlamaForCausalLM", size); });
        QVERIFY(error && error->cause().size() < 300);
    }

    void config_quantizedByAnyName_isRefused() {
        for (const std::string name : {"quantization", "compression_config"}) {
            const std::string field = "\"" + name + "\":{}";
            STUDIO_COMPARE_ERROR_TEXT(parsed("LlamaForCausalLM", field), ErrorCode::ModelUnsupported, name);
        }
    }
};

STUDIO_TEST(PublishedModelsTest)
#include "published_models_test.moc"
