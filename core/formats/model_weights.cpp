// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <set>

#include "core/base/error.h"
#include "core/formats/model_config.h"
#include "core/formats/model_folders.h"
#include "core/formats/quoted.h"
#include "core/formats/sha256.h"
#include "core/formats/shape_fields.h"
#include "core/formats/tokenizer_choice.h"
#include "core/formats/weight_names.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kNextStep = "Get the model again, or choose another one.";

using Shape = std::vector<std::int64_t>;

[[noreturn]] void throwMismatch(const WeightFiles& weights, const std::string& what,
                                const std::string& tensor) {
    throw Error(ErrorCode::WeightsInvalid, weights.folder().string() + ": " + what + ".", kNextStep,
                {weights.folder().string(), tensor});
}

/// What follows from the configuration and was stored all the same.
bool isBuffer(const ModelConfig& config, const std::string& name) {
    const std::vector<const char*>& ends = config.family().buffers;
    return std::any_of(ends.begin(), ends.end(), [&](const char* end) {
        return name == end || name.ends_with("." + std::string(end));
    });
}

bool sameTensor(const WeightFiles& weights, const std::string& a, const std::string& b) {
    const TensorEntry& first = weights.entry(a);
    const TensorEntry& second = weights.entry(b);
    return first.type == second.type && first.shape == second.shape &&
           std::memcmp(weights.data(a), weights.data(b), first.end - first.begin) == 0;
}

/// Only what the model has no need of may have a type that is not read: the BOOL masks of old GPT-NeoX files.
void checkTypes(const ModelConfig& config, const WeightFiles& weights) {
    for (const auto& file : weights.files()) {
        for (const auto& [name, type] : file->otherTensors())
            if (!isBuffer(config, name))
                throwMismatch(weights, "tensor " + inQuotes(name) + ": " + otherTypeText(type), name);
    }
}

void checkMissing(const ModelConfig& config, const std::map<std::string, Shape>& expected,
                  const WeightFiles& weights) {
    constexpr std::size_t kMostNames = 5;
    std::size_t missing = 0;
    std::string names;
    std::string first;
    for (const auto& entry : expected) {
        if (!storedName(config, weights, entry.first).empty()) continue;
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
    std::set<std::string> known;
    for (const auto& entry : expected) known.insert(storedName(config, weights, entry.first));
    const std::string head = std::string(config.family().head) + ".weight";
    const std::string embedding = storedName(config, weights, outerWeights(config).embedding);
    for (const std::string& name : weights.names()) {
        if (known.count(name) != 0 || isBuffer(config, name)) continue;
        if (config.tiedEmbeddings && name == head) {
            if (sameTensor(weights, head, embedding)) continue;
            throwMismatch(weights,
                          "config.json ties the output layer to the embedding, but the tensor " +
                              inQuotes(head) + " differs from it",
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
    std::map<std::string, Shape> tensors;
    const auto linear = [&](const LinearWeights& weights) {
        for (const NamedRows& rows : weights.outputs) {
            tensors[rows.name + ".weight"] = storedShape(weights.layout, {rows.rows, weights.inputs});
            if (weights.biased) tensors[rows.name + ".bias"] = {rows.rows};
        }
    };
    const auto norm = [&](const std::string& name, std::int64_t width, bool biased) {
        if (name.empty()) return;
        tensors[name + ".weight"] = {width};
        if (biased) tensors[name + ".bias"] = {width};
    };
    const OuterWeights outer = outerWeights(config);
    tensors[outer.embedding] = {config.vocabSize, config.hiddenSize};
    if (!outer.positions.empty()) tensors[outer.positions] = {config.contextLength, config.hiddenSize};
    for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
        const BlockWeights block = blockWeights(config, layer);
        norm(block.inputNorm, config.hiddenSize, config.layerNorm);
        norm(block.postNorm, config.hiddenSize, config.layerNorm);
        norm(block.queryNorm, config.headSize, false);
        norm(block.keyNorm, config.headSize, false);
        for (const LinearWeights* weights : {&block.queryKeyValue, &block.output, &block.wide, &block.down})
            linear(*weights);
    }
    norm(outer.finalNorm, config.hiddenSize, config.layerNorm);
    if (!outer.head.empty()) tensors[outer.head] = {config.vocabSize, config.hiddenSize};
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
    checkTypes(config, weights);
    const std::map<std::string, Shape> expected = expectedTensors(config);
    for (const auto& [name, shape] : expected) {
        const std::string stored = storedName(config, weights, name);
        if (stored.empty() || weights.entry(stored).shape == shape) continue;
        throwMismatch(weights,
                      "the tensor " + inQuotes(stored) + " is " + shapeText(weights.entry(stored).shape) +
                          ", but config.json (" + shapeFields(config, name) + ") asks for " +
                          shapeText(shape),
                      stored);
    }
    checkMissing(config, expected, weights);
    checkUnknown(config, expected, weights);
}

TensorType matrixType(const ModelConfig& config, const WeightFiles& weights) {
    std::set<TensorType> types;
    for (const auto& [name, shape] : expectedTensors(config))
        if (shape.size() > 1) types.insert(weights.entry(storedName(config, weights, name)).type);
    return types.size() == 1 ? *types.begin() : TensorType::Float32;
}

ModelSummary summarizeModel(const fs::path& folder) {
    ModelSummary summary;
    summary.folder = folder;
    summary.name = runOrFolderName(folder);
    summary.config = readModelConfig(folder);
    const WeightFiles weights(folder);
    checkWeights(summary.config, weights);
    summary.config.storedType = matrixType(summary.config, weights);
    summary.weightBytes = weights.totalBytes();
    summary.storedType =
        weights.entry(storedName(summary.config, weights, outerWeights(summary.config).embedding)).type;
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
