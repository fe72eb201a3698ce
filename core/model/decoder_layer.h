// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/decoder.h"

namespace studio {

/// Rows of a weight that have a name of their own.
struct Decoder::Part {
    std::string name;
    const Weight* weight = nullptr;
    std::int64_t firstRow = 0, rows = 0;
    bool decays = true;
    bool trained = true;
    WeightLayout layout = WeightLayout::Plain;
    bool ontoResidual = false;
};

}  // namespace studio
