// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/gguf_model.h"

#include <algorithm>
#include <cmath>

#include "tests/support/error_of.h"
#include "tests/support/studio_test.h"
#include "tests/support/written_model.h"

using namespace studio;

namespace {

GgufModel modelOf(const OrderedJson& json) {
    return ggufModel(parseModelConfig(json, "config.json"), "m", GgufType::Float16);
}

const GgufValue* find(const GgufModel& model, const std::string& key) {
    for (const auto& [known, value] : model.metadata)
        if (known == key) return &value;
    return nullptr;
}

OrderedJson with(const std::string& architecture, const char* key, const OrderedJson& value) {
    OrderedJson json = test::smallConfig(architecture);
    json[key] = value;
    return json;
}

}  // namespace

class GgufModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ggufModel_everyFamily_hasItsNameAndSizes() {
        const std::pair<const char*, const char*> names[] = {
            {"LlamaForCausalLM", "llama"},    {"MistralForCausalLM", "llama"}, {"Qwen2ForCausalLM", "qwen2"},
            {"Qwen3ForCausalLM", "qwen3"},    {"Phi3ForCausalLM", "phi3"},     {"GPT2LMHeadModel", "gpt2"},
            {"GPTNeoXForCausalLM", "gptneox"}};
        for (const auto& [architecture, name] : names) {
            const GgufModel model = modelOf(test::smallConfig(architecture));
            QCOMPARE(model.architecture, std::string(name));
            const std::string prefix = std::string(name) + ".";
            QVERIFY(*find(model, prefix + "embedding_length") == GgufValue(std::uint32_t{32}));
            QVERIFY(*find(model, prefix + "context_length") == GgufValue(std::uint32_t{64}));
            QVERIFY(*find(model, prefix + "vocab_size") == GgufValue(std::uint32_t{40}));
            // Every weight is in the file once, all of the same number of elements.
            const ModelConfig config = parseModelConfig(test::smallConfig(architecture), "c");
            std::int64_t elements = 0;
            for (const GgufTensor& tensor : model.tensors) {
                std::int64_t count = tensor.source.empty() ? 0 : 1;
                for (const std::int64_t size : tensor.info.shape) count *= size;
                elements += count;
            }
            QCOMPARE(elements, config.parameterCount());
        }
    }

    void ggufModel_linearScaling_isAFactor() {
        const GgufModel model =
            modelOf(with("LlamaForCausalLM", "rope_scaling", {{"rope_type", "linear"}, {"factor", 4.0}}));
        QVERIFY(*find(model, "llama.rope.scaling.type") == GgufValue(std::string("linear")));
        QVERIFY(*find(model, "llama.rope.scaling.factor") == GgufValue(4.0F));
        QVERIFY(!find(model, "llama.rope.scaling.original_context_length"));
    }

    void ggufModel_yarn_hasItsKeys() {
        const OrderedJson yarn = {
            {"rope_type", "yarn"}, {"factor", 2.0}, {"original_max_position_embeddings", 32}};
        const GgufModel model = modelOf(with("Qwen2ForCausalLM", "rope_scaling", yarn));
        QVERIFY(*find(model, "qwen2.rope.scaling.type") == GgufValue(std::string("yarn")));
        QVERIFY(*find(model, "qwen2.rope.scaling.original_context_length") == GgufValue(std::uint32_t{32}));
        QVERIFY(*find(model, "qwen2.rope.scaling.factor") == GgufValue(2.0F));
        OrderedJson odd = yarn;
        odd["attention_factor"] = 1.5;
        STUDIO_COMPARE_ERROR_TEXT(modelOf(with("Qwen2ForCausalLM", "rope_scaling", odd)),
                                  ErrorCode::ModelUnsupported, "attention_factor");
        odd = yarn;
        odd["beta_fast"] = 16.0;
        STUDIO_COMPARE_ERROR_TEXT(modelOf(with("Qwen2ForCausalLM", "rope_scaling", odd)),
                                  ErrorCode::ModelUnsupported, "beta_fast");
        odd = yarn;
        odd["truncate"] = false;
        STUDIO_COMPARE_ERROR_TEXT(modelOf(with("Qwen2ForCausalLM", "rope_scaling", odd)),
                                  ErrorCode::ModelUnsupported, "truncate");
    }

    void ggufModel_llama3Scaling_isATensorOfDivisors() {
        const OrderedJson scaling = {{"rope_type", "llama3"},
                                     {"factor", 8.0},
                                     {"low_freq_factor", 1.0},
                                     {"high_freq_factor", 4.0},
                                     {"original_max_position_embeddings", 32}};
        const GgufModel model = modelOf(with("LlamaForCausalLM", "rope_scaling", scaling));
        const auto found =
            std::find_if(model.tensors.begin(), model.tensors.end(),
                         [](const GgufTensor& one) { return one.info.name == "rope_freqs.weight"; });
        QVERIFY(found != model.tensors.end());
        QVERIFY(found->info.type == GgufType::Float32);
        QCOMPARE(found->values.size(), std::size_t{4});
        // Angles of 10000^(-2i/8) a position: the wavelengths are 6.28, 62.8, 628, 6283 at a context of 32.
        QCOMPARE(found->values.front(), 1.0F);  // below 32 / 4
        for (std::size_t i = 1; i < 4; ++i) QVERIFY(std::fabs(found->values[i] - 8.0F) < 1e-5F);
        STUDIO_COMPARE_ERROR_TEXT(modelOf(with("Qwen3ForCausalLM", "rope_scaling", scaling)),
                                  ErrorCode::ModelUnsupported, "llama3");
    }

    void ggufModel_slidingWindow_endsTheContext() {
        const GgufModel model = modelOf(with("MistralForCausalLM", "sliding_window", 24));
        QVERIFY(*find(model, "llama.context_length") == GgufValue(std::uint32_t{24}));
        QCOMPARE(model.contextLength, std::int64_t{24});
        QCOMPARE(model.notes.at(0).rule, std::string("window_ends_context"));
        QCOMPARE(model.notes.at(0).args, (std::vector<std::string>{"24", "64"}));
        QVERIFY(model.notes.at(0).message.find("24 tokens instead of 64") != std::string::npos);
        const GgufModel wide = modelOf(with("MistralForCausalLM", "sliding_window", 4096));
        QCOMPARE(wide.contextLength, std::int64_t{64});
        QVERIFY(wide.notes.empty());
        OrderedJson late = with("Qwen2ForCausalLM", "sliding_window", 24);
        late["use_sliding_window"] = true;
        late["max_window_layers"] = 1;
        QCOMPARE(modelOf(late).contextLength, std::int64_t{24});
    }

    void ggufModel_whatLlamaCppDoesNotCompute_isRefusedByName() {
        STUDIO_COMPARE_ERROR_TEXT(modelOf(with("LlamaForCausalLM", "partial_rotary_factor", 0.5)),
                                  ErrorCode::ModelUnsupported, "partial_rotary_factor");
        STUDIO_COMPARE_ERROR_TEXT(modelOf(with("Qwen2ForCausalLM", "head_dim", 16)),
                                  ErrorCode::ModelUnsupported, "head_dim");
        STUDIO_COMPARE_ERROR_TEXT(modelOf(with("Qwen3ForCausalLM", "attention_bias", true)),
                                  ErrorCode::ModelUnsupported, "attention_bias");
        QVERIFY(!modelOf(with("Phi3ForCausalLM", "partial_rotary_factor", 0.5)).tensors.empty());
        QVERIFY(!modelOf(with("LlamaForCausalLM", "head_dim", 16)).tensors.empty());
    }
};

STUDIO_TEST(GgufModelTest)
#include "gguf_model_test.moc"
