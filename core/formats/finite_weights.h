// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/weight_file.h"

namespace studio {

/// Whether one of these numbers of a type, little-endian one after another, is NaN or infinite.
bool holdsNonFinite(std::string_view bytes, TensorType type);

/// Names of a file's tensors that hold NaN or infinity, in the order of the names. Throws Cancelled.
std::vector<std::string> tensorsNotFinite(const WeightFile& weights, const std::stop_token& stop = {});

/// For who is to answer with an adapter: beside any model it would give scores that are no numbers. Throws
/// WeightsInvalid naming its file and the tensor, and what openAdapterWeights() does.
void checkAdapterFinite(const std::filesystem::path& folder);

}  // namespace studio
