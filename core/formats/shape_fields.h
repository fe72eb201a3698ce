// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/formats/model_config.h"

namespace studio {

/// The fields of config.json that a tensor's shape follows from, as the family spells them and with their
/// values: "intermediate_size 176, hidden_size 64", those of a weight's outputs before those of its inputs.
/// `tensor`: a name of expectedTensors(); empty for others.
std::string shapeFields(const ModelConfig& config, const std::string& tensor);

/// "32 × 16", for people.
std::string shapeText(const std::vector<std::int64_t>& shape);

}  // namespace studio
