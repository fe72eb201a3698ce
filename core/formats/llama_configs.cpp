// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Llama and those that differ from it by a bias, a norm or a window.
#include "core/formats/family_configs.h"

namespace studio {

namespace {

constexpr const char* kSilu = "silu";

void readSizes(ConfigFields& fields, ModelConfig& config) {
    fields.size("vocab_size", kMostVocab, config.vocabSize);
    fields.size("hidden_size", kMostHidden, config.hiddenSize);
    fields.size("intermediate_size", kMostIntermediate, config.intermediateSize);
    fields.size("num_hidden_layers", kMostLayers, config.layerCount);
    fields.size("num_attention_heads", kMostHeads, config.headCount);
    fields.size("max_position_embeddings", kMostContext, config.contextLength);
}

void readHeads(ConfigFields& fields, ModelConfig& config) {
    fields.optionalSize("head_dim", kMostHeadWidth, config.headSize);
    if (config.hiddenSize == 0 || config.headCount == 0) return;  // said already
    const std::string heads = std::to_string(config.headCount);
    const bool divides = config.hiddenSize % config.headCount == 0;
    if (config.headSize == 0 && divides) config.headSize = config.hiddenSize / config.headCount;
    if (config.headSize == 0) {
        fields.issue("hidden_size " + std::to_string(config.hiddenSize) +
                     " is not divisible by num_attention_heads " + heads);
        return;
    }
    if (config.keyValueHeadCount != 0 && config.headCount % config.keyValueHeadCount != 0) {
        fields.issue("num_attention_heads " + heads + " is not divisible by num_key_value_heads " +
                     std::to_string(config.keyValueHeadCount));
    }
}

/// What all of them have in common; `sharedHeads`: whether the number of key/value heads may be left out.
void readCommon(ConfigFields& fields, ModelConfig& config, bool sharedHeads) {
    fields.mustBe("hidden_act", {kSilu, "swish"}, "the activation");
    readSizes(fields, config);
    const bool heads = sharedHeads || fields.json().contains("num_key_value_heads");  // null: as many
    if (heads && !fields.find("num_key_value_heads"))
        config.keyValueHeadCount = config.headCount;
    else
        fields.size("num_key_value_heads", kMostHeads, config.keyValueHeadCount);
    readHeads(fields, config);
    readRotary(fields, config);
    fields.real("rms_norm_eps", config.normEpsilon);
    fields.toggle("tie_word_embeddings", config.tiedEmbeddings);
}

/// Transformers takes `usual` where the file has no sliding_window at all; null says that there is none.
std::int64_t windowIn(ConfigFields& fields, std::int64_t usual) {
    std::int64_t window = fields.json().contains("sliding_window") ? 0 : usual;
    fields.optionalSize("sliding_window", kMostContext, window);
    return window;
}

/// layer_types says again what the other fields do, or something that is not supported.
void checkLayerTypes(ConfigFields& fields, const ModelConfig& config) {
    const OrderedJson* types = fields.find("layer_types");
    if (!types) return;
    if (config.layerCount > 0 && types->size() != static_cast<std::size_t>(config.layerCount))
        fields.issue("layer_types has " + std::to_string(types->size()) +
                     " entries, and num_hidden_layers is " + std::to_string(config.layerCount));
    for (std::size_t i = 0; i < types->size(); ++i) {
        const bool windowed = config.windowOf(static_cast<std::int64_t>(i)) > 0;
        if (!types->is_array() || (*types)[i] != (windowed ? "sliding_attention" : "full_attention"))
            fields.unsupported(
                "windows of attention that differ from layer to layer (layer_types) are not supported",
                "layer_types", "Choose a model without them.");
    }
}

constexpr std::int64_t kUsualWindow = 4096;

/// Qwen's models have a window only where they say so, and only from a layer on.
void readLateWindow(ConfigFields& fields, ModelConfig& config) {
    bool used = false;
    fields.toggle("use_sliding_window", used);
    std::int64_t from = 28;
    const std::int64_t window = windowIn(fields, kUsualWindow);
    if (const OrderedJson* layers = fields.find("max_window_layers");
        layers && layers->is_number_integer() && layers->get<double>() == 0.0)
        from = 0;
    else
        fields.optionalSize("max_window_layers", kMostLayers, from);
    if (used && window > 0 && from < config.layerCount) {
        config.window = window;
        config.firstWindowedLayer = from;
    }
    checkLayerTypes(fields, config);
}

void writeWindow(const ModelConfig& config, OrderedJson& json) {
    json["sliding_window"] = config.window > 0 ? OrderedJson(config.window) : OrderedJson(nullptr);
}

void writeLateWindow(const ModelConfig& config, OrderedJson& json) {
    if (config.window == 0) return;
    json["use_sliding_window"] = true;
    json["sliding_window"] = config.window;
    json["max_window_layers"] = config.firstWindowedLayer;
}

void writeCommon(const ModelConfig& config, OrderedJson& json) {
    json["vocab_size"] = config.vocabSize;
    json["hidden_size"] = config.hiddenSize;
    json["intermediate_size"] = config.intermediateSize;
    json["num_hidden_layers"] = config.layerCount;
    json["num_attention_heads"] = config.headCount;
    json["max_position_embeddings"] = config.contextLength;
    json["num_key_value_heads"] = config.keyValueHeadCount;
    json["head_dim"] = config.headSize;
    json["hidden_act"] = kSilu;
    json["rms_norm_eps"] = config.normEpsilon;
    writeRotary(config, json);
}

}  // namespace

void readLlama(ConfigFields& fields, ModelConfig& config) {
    config.normEpsilon = 1e-6;  // what Transformers assumes where the file does not say
    readCommon(fields, config, true);
    fields.toggle("attention_bias", config.queryKeyValueBias);
    config.outputBias = config.queryKeyValueBias;
    fields.toggle("mlp_bias", config.mlpBias);
    checkLayerTypes(fields, config);
}

void writeLlama(const ModelConfig& config, OrderedJson& json) {
    writeCommon(config, json);
    json["attention_bias"] = config.queryKeyValueBias;
    json["mlp_bias"] = config.mlpBias;
}

void readMistral(ConfigFields& fields, ModelConfig& config) {
    config.normEpsilon = 1e-6;
    fields.mustBe("attention_bias", {false}, "a bias of the attention");
    readCommon(fields, config, false);
    config.window = windowIn(fields, kUsualWindow);
    checkLayerTypes(fields, config);
}

void writeMistral(const ModelConfig& config, OrderedJson& json) {
    writeCommon(config, json);
    writeWindow(config, json);
}

void readQwen2(ConfigFields& fields, ModelConfig& config) {
    config.normEpsilon = 1e-6;
    readCommon(fields, config, false);
    config.queryKeyValueBias = true;
    readLateWindow(fields, config);
}

void writeQwen2(const ModelConfig& config, OrderedJson& json) {
    writeCommon(config, json);
    writeLateWindow(config, json);
}

void readQwen3(ConfigFields& fields, ModelConfig& config) {
    config.normEpsilon = 1e-6;
    config.headSize = 128;
    config.headNorms = true;
    readCommon(fields, config, false);
    fields.toggle("attention_bias", config.queryKeyValueBias);
    config.outputBias = config.queryKeyValueBias;
    readLateWindow(fields, config);
}

void writeQwen3(const ModelConfig& config, OrderedJson& json) {
    writeCommon(config, json);
    json["attention_bias"] = config.queryKeyValueBias;
    writeLateWindow(config, json);
}

void readPhi3(ConfigFields& fields, ModelConfig& config) {
    fields.mustBe("attention_bias", {false}, "a bias of the attention");
    readCommon(fields, config, true);
    config.window = windowIn(fields, 0);
    checkLayerTypes(fields, config);
}

void writePhi3(const ModelConfig& config, OrderedJson& json) {
    writeCommon(config, json);
    writeWindow(config, json);
}

}  // namespace studio
