// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/formats/model_config.h"

namespace studio {

/// One size of model and batch that speed is measured at. The weights and the ids are random: they cost as
/// much as real ones.
struct BenchShape {
    std::string name;
    std::string text;  ///< for people
    ModelConfig config;
    std::int64_t rows = 0;    ///< of a batch
    std::int64_t length = 0;  ///< tokens of a row

    /// Multiplications and additions of one training step: 6 for each weight of a product and token, and
    /// attention's, of which causality leaves half.
    double stepOperations() const;
    PackedBatch batch(std::uint64_t seed) const;
};

/// "a": Llama-style, 8 million weights; "b": GPT-2 of 124 million; "c": like Pythia-70M; "d": like
/// Qwen2.5-0.5B with grouped-query attention, for GPUs.
const std::vector<BenchShape>& benchShapes();

}  // namespace studio
