// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/weight_names.h"

#include <algorithm>

#include "core/base/error.h"

namespace studio {

namespace {

LinearWeights linearOf(const std::string& prefix, const std::vector<const char*>& names,
                       const std::vector<std::int64_t>& rows, std::int64_t inputs, bool biased,
                       WeightLayout layout) {
    if (names.size() != 1 && names.size() != rows.size())
        throw Error(ErrorCode::Internal, "The names of " + prefix + names.front() + " do not fit its parts.",
                    "");
    LinearWeights linear{{}, inputs, biased, layout};
    std::int64_t all = 0;
    for (const std::int64_t count : rows) all += count;
    if (names.size() == 1) linear.outputs.push_back({prefix + names.front(), all});
    for (std::size_t i = 0; names.size() > 1 && i < names.size(); ++i)
        linear.outputs.push_back({prefix + names[i], rows[i]});
    return linear;
}

}  // namespace

BlockWeights blockWeights(const ModelConfig& config, std::int64_t layer) {
    const ModelFamily& family = config.family();
    const BlockNames& names = family.block;
    const std::string prefix = std::string(family.root) + family.blocks + "." + std::to_string(layer) + ".";
    const std::int64_t hidden = config.hiddenSize, wide = config.intermediateSize;
    const std::int64_t queries = config.headCount * config.headSize;
    const std::int64_t keys = config.keyValueHeadCount * config.headSize;
    BlockWeights block;
    block.inputNorm = prefix + names.inputNorm;
    block.postNorm = prefix + names.postNorm;
    if (config.headNorms) {
        block.queryNorm = prefix + names.queryNorm;
        block.keyNorm = prefix + names.keyNorm;
    }
    block.queryKeyValue = linearOf(prefix, names.queryKeyValue, {queries, keys, keys}, hidden,
                                   config.queryKeyValueBias, family.queryKeyValue);
    block.output = linearOf(prefix, {names.output}, {hidden}, queries, config.outputBias, family.linear);
    block.wide =
        linearOf(prefix, names.wide,
                 config.gelu ? std::vector<std::int64_t>{wide} : std::vector<std::int64_t>{wide, wide},
                 hidden, config.mlpBias, family.linear);
    block.down = linearOf(prefix, {names.down}, {hidden}, wide, config.mlpBias, family.linear);
    return block;
}

OuterWeights outerWeights(const ModelConfig& config) {
    const ModelFamily& family = config.family();
    const std::string root = family.root;
    OuterWeights outer;
    outer.embedding = root + family.embedding + ".weight";
    if (config.learnedPositions) outer.positions = root + family.positions + ".weight";
    outer.finalNorm = root + family.finalNorm;
    if (!config.tiedEmbeddings) outer.head = std::string(family.head) + ".weight";
    return outer;
}

std::vector<std::int64_t> storedShape(WeightLayout layout, std::vector<std::int64_t> shape) {
    if (layout == WeightLayout::Transposed && shape.size() == 2) std::swap(shape[0], shape[1]);
    return shape;
}

std::string storedName(const ModelConfig& config, const WeightFiles& weights, const std::string& name) {
    if (weights.contains(name)) return name;
    const std::string root = config.family().root;
    if (!name.starts_with(root)) return {};
    const std::string bare = name.substr(root.size());
    return weights.contains(bare) ? bare : std::string();
}

}  // namespace studio
