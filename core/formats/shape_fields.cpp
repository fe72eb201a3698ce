// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/shape_fields.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/formats/config_fields.h"
#include "core/formats/weight_names.h"

namespace studio {

namespace {

/// "hidden_size 64" each.
using Fields = std::vector<std::string>;

/// Each once.
Fields operator+(Fields fields, const Fields& more) {
    for (const std::string& field : more)
        if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
    return fields;
}

/// What the sizes of the decoder are called in the file, and what follows from what there.
class SizeFields {
public:
    explicit SizeFields(const ModelConfig& config)
        : m_config(config),
          m_family(config.family().modelType),
          m_isGpt2(m_family == "gpt2"),
          m_splitsHidden(m_isGpt2 || m_family == "gpt_neox") {}

    Fields vocabulary() const { return one("vocab_size", m_config.vocabSize); }
    Fields hidden() const { return one(m_isGpt2 ? "n_embd" : "hidden_size", m_config.hiddenSize); }
    Fields positions() const {
        return one(!says("n_positions") && says("n_ctx") ? "n_ctx" : "n_positions", m_config.contextLength);
    }
    Fields wide() const {
        if (m_isGpt2) return says("n_inner") ? one("n_inner", m_config.intermediateSize) : hidden();
        return one("intermediate_size", m_config.intermediateSize);
    }
    Fields headSize() const {
        if (says("head_dim")) return one("head_dim", m_config.headSize);
        return {"head_dim " + std::to_string(m_config.headSize) + " by default"};
    }
    /// All heads together; parts of the hidden size have no size of their own.
    Fields queries() const { return headsHaveSize() ? heads() + headSize() : hidden(); }
    Fields keys() const {
        if (m_splitsHidden || !says("num_key_value_heads")) return queries();
        const Fields shared = one("num_key_value_heads", m_config.keyValueHeadCount);
        return shared + (headsHaveSize() ? headSize() : hidden() + heads());
    }

private:
    static Fields one(const char* key, std::int64_t value) {
        return {std::string(key) + " " + std::to_string(value)};
    }
    bool says(const char* key) const { return ConfigFields::findIn(m_config.raw, key) != nullptr; }
    bool headsHaveSize() const { return !m_splitsHidden && (says("head_dim") || m_family == "qwen3"); }
    Fields heads() const { return one("num_attention_heads", m_config.headCount); }

    const ModelConfig& m_config;
    std::string_view m_family;
    bool m_isGpt2 = false;
    bool m_splitsHidden = false;
};

/// `rows`: of each of the product's names.
Fields fieldsOfLinear(const LinearWeights& weights, const std::vector<Fields>& rows, const Fields& inputs,
                      const std::string& tensor) {
    for (std::size_t i = 0; i < weights.outputs.size(); ++i) {
        if (tensor == weights.outputs[i].name + ".weight") return rows[i] + inputs;
        if (tensor == weights.outputs[i].name + ".bias") return rows[i];
    }
    return {};
}

bool isOf(const std::string& norm, const std::string& tensor) {
    return !norm.empty() && (tensor == norm + ".weight" || tensor == norm + ".bias");
}

Fields fieldsOfBlock(const BlockWeights& block, const SizeFields& sizes, const std::string& tensor) {
    if (isOf(block.inputNorm, tensor) || isOf(block.postNorm, tensor)) return sizes.hidden();
    if (isOf(block.queryNorm, tensor) || isOf(block.keyNorm, tensor)) return sizes.headSize();
    const bool joined = block.queryKeyValue.outputs.size() == 1;
    const std::vector<Fields> parts = joined
                                          ? std::vector<Fields>{sizes.queries() + sizes.keys()}
                                          : std::vector<Fields>{sizes.queries(), sizes.keys(), sizes.keys()};
    const std::vector<Fields> wide(block.wide.outputs.size(), sizes.wide());
    Fields found = fieldsOfLinear(block.queryKeyValue, parts, sizes.hidden(), tensor);
    if (found.empty()) found = fieldsOfLinear(block.output, {sizes.hidden()}, sizes.queries(), tensor);
    if (found.empty()) found = fieldsOfLinear(block.wide, wide, sizes.hidden(), tensor);
    if (found.empty()) found = fieldsOfLinear(block.down, {sizes.hidden()}, sizes.wide(), tensor);
    return found;
}

Fields fieldsOf(const ModelConfig& config, const std::string& tensor) {
    const SizeFields sizes(config);
    const OuterWeights outer = outerWeights(config);
    if (tensor == outer.embedding || tensor == outer.head) return sizes.vocabulary() + sizes.hidden();
    if (tensor == outer.positions) return sizes.positions() + sizes.hidden();
    if (isOf(outer.finalNorm, tensor)) return sizes.hidden();
    Fields found;
    for (std::int64_t layer = 0; found.empty() && layer < config.layerCount; ++layer)
        found = fieldsOfBlock(blockWeights(config, layer), sizes, tensor);
    return found;
}

}  // namespace

std::string shapeFields(const ModelConfig& config, const std::string& tensor) {
    std::string all;
    if (tensor.empty()) return all;
    for (const std::string& field : fieldsOf(config, tensor)) all += (all.empty() ? "" : ", ") + field;
    return all;
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t size : shape) text += (text.empty() ? "" : " × ") + std::to_string(size);
    return shape.empty() ? "a single number" : text;
}

}  // namespace studio
