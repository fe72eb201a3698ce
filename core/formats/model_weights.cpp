// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>
#include <set>

#include "core/base/error.h"
#include "core/formats/model_config.h"
#include "core/formats/quoted.h"
#include "core/formats/sha256.h"
#include "core/formats/tokenizer_choice.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kEmbedding = "model.embed_tokens.weight";
constexpr const char* kHead = "lm_head.weight";
constexpr const char* kNextStep = "Get the model again, or choose another one.";

using Shape = std::vector<std::int64_t>;

std::string shapeText(const Shape& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += (text.empty() ? "" : " × ") + std::to_string(size);
    return shape.empty() ? "a single number" : text;
}

[[noreturn]] void throwMismatch(const WeightFiles& weights, const std::string& what,
                                const std::string& tensor) {
    throw Error(ErrorCode::WeightsInvalid, weights.folder().string() + ": " + what + ".", kNextStep,
                {weights.folder().string(), tensor});
}

/// Buffers that old versions of Transformers stored although they follow from the configuration.
bool isRotaryBuffer(const std::string& name) {
    constexpr std::string_view kSuffix = "rotary_emb.inv_freq";
    return name.size() >= kSuffix.size() &&
           name.compare(name.size() - kSuffix.size(), kSuffix.size(), kSuffix) == 0;
}

bool sameTensor(const WeightFiles& weights, const std::string& a, const std::string& b) {
    const TensorEntry& first = weights.entry(a);
    const TensorEntry& second = weights.entry(b);
    return first.type == second.type && first.shape == second.shape &&
           std::memcmp(weights.data(a), weights.data(b), first.end - first.begin) == 0;
}

void checkMissing(const std::map<std::string, Shape>& expected, const WeightFiles& weights) {
    constexpr std::size_t kMostNames = 5;
    std::size_t missing = 0;
    std::string names;
    std::string first;
    for (const auto& entry : expected) {
        if (weights.contains(entry.first)) continue;
        if (missing == 0) first = entry.first;
        if (missing < kMostNames) names += (missing == 0 ? "" : ", ") + entry.first;
        ++missing;
    }
    if (missing == 0) return;
    if (missing > kMostNames) names += " and " + std::to_string(missing - kMostNames) + " more";
    throwMismatch(weights, "these tensors are missing: " + names, first);
}

void checkUnknown(const ModelConfig& config, const std::map<std::string, Shape>& expected,
                  const WeightFiles& weights) {
    for (const std::string& name : weights.names()) {
        if (expected.count(name) != 0 || isRotaryBuffer(name)) continue;
        if (config.tiedEmbeddings && name == kHead) {
            if (sameTensor(weights, kHead, kEmbedding)) continue;
            throwMismatch(weights,
                          "config.json ties the output layer to the embedding, but the tensor "
                          "\"lm_head.weight\" differs from it",
                          name);
        }
        throwMismatch(
            weights, "the tensor " + inQuotes(name) + " has no place in the model that config.json describes",
            name);
    }
}

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

}  // namespace

std::map<std::string, Shape> expectedTensors(const ModelConfig& config) {
    const std::int64_t hidden = config.hiddenSize;
    const std::int64_t inner = config.intermediateSize;
    const std::int64_t query = config.headCount * config.headSize;
    const std::int64_t keyValue = config.keyValueHeadCount * config.headSize;
    std::map<std::string, Shape> tensors;
    const auto linear = [&](const std::string& name, std::int64_t out, std::int64_t in, bool bias) {
        tensors[name + ".weight"] = {out, in};
        if (bias) tensors[name + ".bias"] = {out};
    };
    const auto norm = [&](const std::string& name) {
        tensors[name + ".weight"] = {hidden};
        if (config.layerNorm) tensors[name + ".bias"] = {hidden};
    };
    tensors[kEmbedding] = {config.vocabSize, hidden};
    if (config.learnedPositions) tensors["model.embed_positions.weight"] = {config.contextLength, hidden};
    for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
        const std::string prefix = "model.layers." + std::to_string(layer) + ".";
        norm(prefix + "input_layernorm");
        linear(prefix + "self_attn.q_proj", query, hidden, config.attentionBias);
        linear(prefix + "self_attn.k_proj", keyValue, hidden, config.attentionBias);
        linear(prefix + "self_attn.v_proj", keyValue, hidden, config.attentionBias);
        linear(prefix + "self_attn.o_proj", hidden, query, config.attentionBias);
        norm(prefix + "post_attention_layernorm");
        if (!config.gelu) linear(prefix + "mlp.gate_proj", inner, hidden, config.mlpBias);
        linear(prefix + "mlp.up_proj", inner, hidden, config.mlpBias);
        linear(prefix + "mlp.down_proj", hidden, inner, config.mlpBias);
    }
    norm("model.norm");
    if (!config.tiedEmbeddings) tensors[kHead] = {config.vocabSize, hidden};
    return tensors;
}

std::int64_t ModelConfig::parameterCount() const {
    std::int64_t count = 0;
    for (const auto& [name, shape] : expectedTensors(*this)) {
        std::int64_t elements = 1;
        for (const std::int64_t size : shape) elements *= size;
        count += elements;
    }
    return count;
}

void checkWeights(const ModelConfig& config, const WeightFiles& weights) {
    const std::map<std::string, Shape> expected = expectedTensors(config);
    for (const auto& [name, shape] : expected) {
        if (!weights.contains(name) || weights.entry(name).shape == shape) continue;
        throwMismatch(weights,
                      "the tensor " + inQuotes(name) + " is " + shapeText(weights.entry(name).shape) +
                          ", but config.json asks for " + shapeText(shape),
                      name);
    }
    checkMissing(expected, weights);
    checkUnknown(config, expected, weights);
}

ModelSummary summarizeModel(const fs::path& folder) {
    ModelSummary summary;
    summary.folder = folder;
    const fs::path absolute = fs::absolute(folder).lexically_normal();
    summary.name = (absolute.has_filename() ? absolute : absolute.parent_path()).filename().string();
    summary.config = readModelConfig(folder);
    const WeightFiles weights(folder);
    checkWeights(summary.config, weights);
    summary.weightBytes = weights.totalBytes();
    summary.storedType = weights.entry(kEmbedding).type;
    summary.tokenizerKind = chooseTokenizer(folder).kind;
    summary.hasPromptTemplate = isFile(folder / kPromptTemplateFile);
    return summary;
}

std::string modelHash(const fs::path& folder, const std::stop_token& stop) {
    Sha256 hash;
    hash.updateFromFile(folder / "config.json", stop);
    for (const fs::path& path : weightPaths(folder)) hash.updateFromFile(path, stop);
    return hash.finish();
}

}  // namespace studio
