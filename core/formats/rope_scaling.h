// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace studio {

/// How rotary positions (Su et al. 2021) are stretched beyond the context a model was pretrained with, as
/// `rope_scaling` (or `rope_parameters`) of config.json says it. The rules are those of Hugging Face
/// Transformers (modeling_rope_utils).
struct RopeScaling {
    enum class Kind {
        None,
        Linear,   ///< positions divided by the factor (Chen et al. 2023)
        Dynamic,  ///< changes nothing within max_position_embeddings, beyond which nothing is computed here
        Llama3,   ///< low frequencies divided by the factor, those between blended
        Yarn      ///< NTK by parts and a temperature (Peng et al. 2023, https://arxiv.org/abs/2309.00071)
    };
    Kind kind = Kind::None;
    double factor = 1.0;
    double lowFrequencyFactor = 1.0, highFrequencyFactor = 4.0;  ///< Llama3
    std::int64_t originalContext = 0;                            ///< Llama3, Yarn: of the pretraining
    double betaFast = 32.0, betaSlow = 1.0;                      ///< Yarn: turns within it
    std::optional<double> attentionFactor;                       ///< Yarn
    double mscale = 0.0, mscaleAllDimensions = 0.0;              ///< Yarn; 0: not said
    bool truncated = true;                                       ///< Yarn: borders are whole dimensions

    bool operator==(const RopeScaling&) const = default;
};

/// The angles by which each pair of components turns from one position to the next, and what cosines and
/// sines are multiplied by.
struct RotaryFrequencies {
    std::vector<double> perPosition;  // [rotarySize / 2], radians
    double scale = 1.0;
};
RotaryFrequencies rotaryFrequencies(std::int64_t rotarySize, double theta, const RopeScaling& scaling);

}  // namespace studio
