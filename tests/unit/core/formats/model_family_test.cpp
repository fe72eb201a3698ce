// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_family.h"

#include <cmath>
#include <set>

#include "core/formats/family_configs.h"
#include "core/formats/weight_names.h"
#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"

using namespace studio;

namespace {

constexpr const char* kLlamaSizes = R"("vocab_size":64,"hidden_size":32,"intermediate_size":48,
    "num_hidden_layers":3,"num_attention_heads":4,"num_key_value_heads":2,"max_position_embeddings":128)";

/// The smallest file of each family.
std::string smallest(const ModelFamily& family) {
    const std::string head = std::string("{\"architectures\":[\"") + family.architecture +
                             "\"],\"model_type\":\"" + family.modelType + "\",";
    if (family.modelType == std::string("gpt2"))
        return head + R"("vocab_size":64,"n_embd":32,"n_layer":3,"n_head":4,"n_positions":128})";
    return head + kLlamaSizes + "}";
}

ModelConfig configOf(const char* architecture, const std::string& more = "") {
    std::string text = smallest(*familyOf(architecture));
    if (!more.empty()) text = text.substr(0, text.size() - 1) + "," + more + "}";
    return parseModelConfig(parseJson(text, "config.json"), "config.json");
}

std::vector<double> frequencies(const ModelConfig& config) {
    return rotaryFrequencies(config.rotated(), config.ropeTheta, config.rope).perPosition;
}

}  // namespace

class ModelFamilyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFamily_isReadWrittenAndNamed() {
        std::set<std::string> architectures, types;
        for (const ModelFamily& family : modelFamilies()) {
            QVERIFY2(architectures.insert(family.architecture).second, family.architecture);
            QVERIFY2(types.insert(family.modelType).second, family.modelType);
            const ModelConfig config = configOf(family.architecture);
            QCOMPARE(config.family().title, family.title);
            QVERIFY2(config.parameterCount() > 3 * 32 * 48, family.architecture);
            const ModelConfig again = parseModelConfig(modelConfigJson(config), "config.json");
            QCOMPARE(modelConfigJson(again), modelConfigJson(config));
            QVERIFY(expectedTensors(again) == expectedTensors(config));
            // What is written does not lean on what was read.
            ModelConfig bare = config;
            bare.raw = OrderedJson();
            const ModelConfig fresh = parseModelConfig(modelConfigJson(bare), "config.json");
            QVERIFY2(expectedTensors(fresh) == expectedTensors(config), family.architecture);
            QCOMPARE(fresh.normEpsilon, config.normEpsilon);
            QCOMPARE(fresh.exactGelu, config.exactGelu);
            QCOMPARE(fresh.rotarySize, config.rotarySize);
            for (const NamedRows& rows : blockWeights(config, 2).queryKeyValue.outputs)
                QVERIFY(rows.name.find(".2.") != std::string::npos);
        }
        QVERIFY(!familyOf("MambaForCausalLM") && !familyOfType("mamba"));
    }

    void gpt2_itsOwnNamesAndLayout() {
        const ModelConfig config = configOf("GPT2LMHeadModel");
        QVERIFY(config.tiedEmbeddings && config.learnedPositions && config.layerNorm && !config.exactGelu);
        QCOMPARE(config.intermediateSize, std::int64_t{128});
        const auto tensors = expectedTensors(config);
        QCOMPARE(tensors.at("transformer.h.0.attn.c_attn.weight"), (std::vector<std::int64_t>{32, 96}));
        QCOMPARE(tensors.at("transformer.h.2.mlp.c_proj.weight"), (std::vector<std::int64_t>{128, 32}));
        QCOMPARE(tensors.at("transformer.wpe.weight"), (std::vector<std::int64_t>{128, 32}));
        QCOMPARE(tensors.count("lm_head.weight"), std::size_t{0});
        QCOMPARE(configOf("GPT2LMHeadModel", R"("n_inner":40)").intermediateSize, std::int64_t{40});
        QVERIFY(configOf("GPT2LMHeadModel", R"("activation_function":"gelu")").exactGelu);
        STUDIO_COMPARE_ERROR_TEXT(configOf("GPT2LMHeadModel", R"("activation_function":"relu")"),
                                  ErrorCode::ModelUnsupported, "activation_function");
        STUDIO_COMPARE_ERROR_TEXT(configOf("GPT2LMHeadModel", R"("scale_attn_by_inverse_layer_idx":true)"),
                                  ErrorCode::ModelUnsupported, "scale_attn_by_inverse_layer_idx");
    }

    void neoX_rotatesAShareOfEachHead() {
        const ModelConfig config = configOf("GPTNeoXForCausalLM");
        QVERIFY(config.parallelResidual && config.exactGelu && !config.tiedEmbeddings);
        QCOMPARE(config.rotated(), std::int64_t{2});  // a quarter of 8
        QCOMPARE(expectedTensors(config).at("gpt_neox.layers.1.attention.query_key_value.bias"),
                 (std::vector<std::int64_t>{96}));
        QCOMPARE(configOf("GPTNeoXForCausalLM", R"("rotary_pct":0.5,"rotary_emb_base":500)").ropeTheta,
                 500.0);
        const ModelConfig fresh = configOf(
            "GPTNeoXForCausalLM",
            R"("rope_parameters":{"rope_type":"default","rope_theta":700,"partial_rotary_factor":0.5})");
        QCOMPARE(fresh.rotated(), std::int64_t{4});
        QCOMPARE(fresh.ropeTheta, 700.0);
        QVERIFY(!configOf("GPTNeoXForCausalLM", R"("use_parallel_residual":false)").parallelResidual);
    }

    void windows_areThoseOfTheirLayers() {
        QCOMPARE(configOf("MistralForCausalLM", R"("sliding_window":16)").windowOf(0), std::int64_t{16});
        QCOMPARE(configOf("MistralForCausalLM", R"("sliding_window":null)").windowOf(0), std::int64_t{0});
        const char* const late = R"("use_sliding_window":true,"sliding_window":16,"max_window_layers":2)";
        const ModelConfig qwen = configOf("Qwen2ForCausalLM", late);
        QCOMPARE(qwen.windowOf(1), std::int64_t{0});
        QCOMPARE(qwen.windowOf(2), std::int64_t{16});
        QCOMPARE(configOf("Qwen2ForCausalLM", R"("use_sliding_window":false,"sliding_window":16)").window,
                 std::int64_t{0});
        const std::string types = R"(,"layer_types":["full_attention","full_attention",)";
        QCOMPARE(configOf("Qwen3ForCausalLM", late + types + R"("sliding_attention"])").windowOf(2),
                 std::int64_t{16});
        STUDIO_COMPARE_ERROR_TEXT(configOf("Qwen3ForCausalLM", late + types + R"("full_attention"])"),
                                  ErrorCode::ModelUnsupported, "layer_types");
    }

    void qwen_hasTheBiasesAndNormsOfItsKind() {
        const auto two = expectedTensors(configOf("Qwen2ForCausalLM"));
        QCOMPARE(two.count("model.layers.0.self_attn.k_proj.bias"), std::size_t{1});
        QCOMPARE(two.count("model.layers.0.self_attn.o_proj.bias"), std::size_t{0});
        const auto three = expectedTensors(configOf("Qwen3ForCausalLM"));
        QCOMPARE(three.at("model.layers.0.self_attn.q_norm.weight"), (std::vector<std::int64_t>{128}));
        QCOMPARE(three.at("model.layers.0.self_attn.q_proj.weight"), (std::vector<std::int64_t>{512, 32}));
    }

    void ropeScaling_everyKind_followsItsRule() {
        const auto plain = frequencies(configOf("LlamaForCausalLM"));
        QCOMPARE(plain.size(), std::size_t{4});
        const auto linear =
            frequencies(configOf("LlamaForCausalLM", R"("rope_scaling":{"type":"linear","factor":4})"));
        for (std::size_t i = 0; i < 4; ++i) QCOMPARE(linear[i], plain[i] / 4.0);
        QCOMPARE(frequencies(configOf("LlamaForCausalLM", R"("rope_scaling":{"type":"dynamic","factor":4})")),
                 plain);
        // Turns 64 positions long and more are slowed down by 8, those up to 16 long are not.
        const auto llama3 = frequencies(configOf(
            "LlamaForCausalLM", R"("rope_scaling":{"rope_type":"llama3","factor":8,"low_freq_factor":1,
            "high_freq_factor":4,"original_max_position_embeddings":64})"));
        QCOMPARE(llama3[0], plain[0]);
        QCOMPARE(llama3[3], plain[3] / 8.0);
        QVERIFY(llama3[1] < plain[1] && llama3[1] > plain[1] / 8.0);  // 62.8 positions a turn
        const ModelConfig yarn =
            configOf("LlamaForCausalLM", R"("rope_scaling":{"rope_type":"yarn","factor":4,
            "original_max_position_embeddings":32})");
        const RotaryFrequencies stretched = rotaryFrequencies(yarn.rotated(), yarn.ropeTheta, yarn.rope);
        QCOMPARE(stretched.perPosition[0], plain[0]);
        QCOMPARE(stretched.perPosition[3], plain[3] / 4.0);
        QVERIFY(std::abs(stretched.scale - (0.1 * std::log(4.0) + 1.0)) < 1e-12);
        STUDIO_COMPARE_ERROR_TEXT(
            configOf("LlamaForCausalLM", R"("rope_scaling":{"rope_type":"llama3","factor":8})"),
            ErrorCode::ModelConfigInvalid, "low_freq_factor");
        STUDIO_COMPARE_ERROR_TEXT(configOf("LlamaForCausalLM", R"("rope_scaling":{"rope_type":"yarn"})"),
                                  ErrorCode::ModelConfigInvalid, "factor");
    }
};

STUDIO_TEST(ModelFamilyTest)
#include "model_family_test.moc"
