// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/weight_file.h"

namespace studio {

/// Low-rank adapters beside the linear layers of the blocks (Hu et al. 2021).
struct LoraSettings {
    std::int64_t rank = 8;
    double alpha = 16.0;               ///< the adapter's output is multiplied by alpha / rank
    std::vector<std::string> targets;  ///< projections: "q_proj", "down_proj", …
    bool rankStabilized = false;       ///< alpha / sqrt(rank) instead (rsLoRA, Kalajdzievski 2023)

    double scale() const {
        const auto width = static_cast<double>(rank);
        return alpha / (rankStabilized ? std::sqrt(width) : width);
    }
};

/// What of a model is trained: all of it, all but some weights, or adapters alone.
struct TrainedPart {
    std::optional<LoraSettings> lora;  ///< then all weights of the model itself are frozen
    std::vector<std::string> frozen;   ///< patterns of parameter names; see matchesPattern()
    /// Nothing is trained and no loss is asked for: each weight is kept once, in as few bits as change no
    /// answer. The type of the matrices in the file that they come from.
    std::optional<TensorType> answersFrom = {};
};

}  // namespace studio
