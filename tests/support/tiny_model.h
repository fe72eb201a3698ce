// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/data/example.h"
#include "core/model/decoder.h"

namespace studio::test {

/// A decoder of a few thousand weights with grouped-query attention and biases where asked for.
ModelConfig tinyConfig(bool tied = true, bool biased = false);
// The same sizes as another family, with what is particular about it.
void makeGpt2(ModelConfig& config);
void makeNeoX(ModelConfig& config);   ///< exact GELU, half of a head rotated, attention and MLP side by side
void makeQwen3(ModelConfig& config);  ///< norms of heads, a window from the second layer on
std::unique_ptr<Decoder> tinyModel(const ModelConfig& config, std::uint64_t seed, bool fused = true);

/// Rows of random ids with these lengths; the first third of each row is prompt.
std::vector<Example> randomRows(const std::vector<std::int64_t>& lengths, std::int64_t vocabSize,
                                std::uint64_t seed);

/// Mean cross-entropy of the batch's labels, without gradients.
double meanLoss(const Decoder& model, const DeviceBatch& batch);

PackedBatch pack(const std::vector<Example>& rows);

}  // namespace studio::test
