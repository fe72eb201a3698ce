// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2 (Radford et al. 2019) and GPT-NeoX (Black et al. 2022), of which Pythia's models are.
#include "core/formats/family_configs.h"

namespace studio {

namespace {

/// By GELU's names, of its exact form and of its tanh form.
void readActivation(ConfigFields& fields, const char* key, bool exactByDefault, ModelConfig& config) {
    fields.mustBe(key,
                  {"gelu", "gelu_python", "gelu_new", "gelu_fast", "gelu_accurate", "gelu_python_tanh",
                   "gelu_pytorch_tanh"},
                  "the activation");
    const OrderedJson* field = fields.find(key);
    config.gelu = true;
    config.exactGelu = field ? *field == "gelu" || *field == "gelu_python" : exactByDefault;
}

void splitHeads(ConfigFields& fields, const char* hidden, const char* heads, ModelConfig& config) {
    config.keyValueHeadCount = config.headCount;
    if (config.hiddenSize == 0 || config.headCount == 0) return;  // said already
    if (config.hiddenSize % config.headCount == 0) {
        config.headSize = config.hiddenSize / config.headCount;
        return;
    }
    fields.issue(std::string(hidden) + " " + std::to_string(config.hiddenSize) + " is not divisible by " +
                 heads + " " + std::to_string(config.headCount));
}

}  // namespace

void readGpt2(ConfigFields& fields, ModelConfig& config) {
    config.layerNorm = config.learnedPositions = true;
    config.queryKeyValueBias = config.outputBias = config.mlpBias = true;
    config.tiedEmbeddings = true;
    readActivation(fields, "activation_function", false, config);
    fields.mustBe("scale_attn_weights", {true}, "attention without its scale");
    fields.mustBe("scale_attn_by_inverse_layer_idx", {false}, "attention scaled by the layer");
    fields.mustBe("add_cross_attention", {false}, "cross attention");
    fields.size("vocab_size", kMostVocab, config.vocabSize);
    fields.size("n_embd", kMostHidden, config.hiddenSize);
    fields.size("n_layer", kMostLayers, config.layerCount);
    fields.size("n_head", kMostHeads, config.headCount);
    fields.size(!fields.find("n_positions") && fields.find("n_ctx") ? "n_ctx" : "n_positions", kMostContext,
                config.contextLength);
    config.intermediateSize = 4 * config.hiddenSize;
    fields.optionalSize("n_inner", kMostIntermediate, config.intermediateSize);
    splitHeads(fields, "n_embd", "n_head", config);
    fields.real("layer_norm_epsilon", config.normEpsilon);
    fields.toggle("tie_word_embeddings", config.tiedEmbeddings);
}

void writeGpt2(const ModelConfig& config, OrderedJson& json) {
    json["vocab_size"] = config.vocabSize;
    json["n_embd"] = config.hiddenSize;
    json["n_layer"] = config.layerCount;
    json["n_head"] = config.headCount;
    json["n_positions"] = config.contextLength;
    const bool usual = config.intermediateSize == 4 * config.hiddenSize;
    if (!usual || !json.contains("n_inner") || !json["n_inner"].is_null())
        json["n_inner"] = usual ? OrderedJson(nullptr) : OrderedJson(config.intermediateSize);
    if (!json.contains("activation_function"))
        json["activation_function"] = config.exactGelu ? "gelu" : "gelu_new";
    json["layer_norm_epsilon"] = config.normEpsilon;
}

void readNeoX(ConfigFields& fields, ModelConfig& config) {
    config.layerNorm = true;
    config.mlpBias = true;
    config.parallelResidual = true;
    readActivation(fields, "hidden_act", true, config);
    fields.size("vocab_size", kMostVocab, config.vocabSize);
    fields.size("hidden_size", kMostHidden, config.hiddenSize);
    fields.size("intermediate_size", kMostIntermediate, config.intermediateSize);
    fields.size("num_hidden_layers", kMostLayers, config.layerCount);
    fields.size("num_attention_heads", kMostHeads, config.headCount);
    fields.size("max_position_embeddings", kMostContext, config.contextLength);
    splitHeads(fields, "hidden_size", "num_attention_heads", config);
    config.rotaryShare = 0.25;  // what Transformers assumes where the file does not say
    fields.real("rotary_pct", config.rotaryShare);
    fields.real("rotary_emb_base", config.ropeTheta);
    readRotary(fields, config);
    fields.real("layer_norm_eps", config.normEpsilon);
    fields.toggle("use_parallel_residual", config.parallelResidual);
    bool biased = true;
    fields.toggle("attention_bias", biased);
    config.queryKeyValueBias = config.outputBias = biased;
    fields.toggle("tie_word_embeddings", config.tiedEmbeddings);
}

void writeNeoX(const ModelConfig& config, OrderedJson& json) {
    json["vocab_size"] = config.vocabSize;
    json["hidden_size"] = config.hiddenSize;
    json["intermediate_size"] = config.intermediateSize;
    json["num_hidden_layers"] = config.layerCount;
    json["num_attention_heads"] = config.headCount;
    json["max_position_embeddings"] = config.contextLength;
    if (!json.contains("hidden_act")) json["hidden_act"] = config.exactGelu ? "gelu" : "gelu_new";
    json["layer_norm_eps"] = config.normEpsilon;
    json["use_parallel_residual"] = config.parallelResidual;
    json["attention_bias"] = config.queryKeyValueBias;
    const bool newRope = json.contains("rope_parameters") && json["rope_parameters"].is_object();
    if (newRope) {
        json["rope_parameters"]["partial_rotary_factor"] = config.rotaryShare;
        json["rope_parameters"]["rope_theta"] = config.ropeTheta;
    }
    if (!newRope || json.contains("rotary_pct")) json["rotary_pct"] = config.rotaryShare;
    if (!newRope || json.contains("rotary_emb_base")) json["rotary_emb_base"] = config.ropeTheta;
}

}  // namespace studio
