// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/formats/json.h"

namespace studio {

/// A model of each architecture that this program knows, of 70 to 100 million weights, so that their rates
/// can be compared.
struct BenchFamily {
    std::string name;    ///< the model_type: "llama"
    OrderedJson config;  ///< config.json
};

const std::vector<BenchFamily>& benchFamilies();

}  // namespace studio
