// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/formats/model_config.h"
#include "core/formats/model_family.h"

namespace studio {

/// Rows of one product that have a name of their own: "model.layers.0.self_attn.q_proj", to which ".weight"
/// and ".bias" are added.
struct NamedRows {
    std::string name;
    std::int64_t rows = 0;
};

/// One product of a block: its outputs in the decoder's order.
struct LinearWeights {
    std::vector<NamedRows> outputs;
    std::int64_t inputs = 0;
    bool biased = false;
    WeightLayout layout = WeightLayout::Plain;
};

/// Names without ".weight" and ".bias"; those of norms that a model has not are empty.
struct BlockWeights {
    std::string inputNorm, postNorm, queryNorm, keyNorm;
    LinearWeights queryKeyValue, output, wide, down;
};
BlockWeights blockWeights(const ModelConfig& config, std::int64_t layer);

/// Whole names; `positions` and `head` are empty where a model has none, `finalNorm` is without its ending.
struct OuterWeights {
    std::string embedding, positions, finalNorm, head;
};
OuterWeights outerWeights(const ModelConfig& config);

/// What a weight of the decoder's shape is in the file. // [outputs, inputs] or [outputs]
std::vector<std::int64_t> storedShape(WeightLayout layout, std::vector<std::int64_t> shape);

/// The name of a tensor in these files, which may have left out the family's root ("transformer."); empty
/// where they have it under neither name.
std::string storedName(const ModelConfig& config, const WeightFiles& weights, const std::string& name);

/// The type of the matrices, where all have the same; Float32, which holds all of them, where they have not.
/// Expects weights that were checked.
TensorType matrixType(const ModelConfig& config, const WeightFiles& weights);

}  // namespace studio
