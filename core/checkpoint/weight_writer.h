// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/formats/safetensors.h"
#include "core/model/decoder.h"

namespace studio {

/// Writes a model's weights as one safetensors file in the family's names and layouts. One tensor at a time
/// is put in order, rounded to the type, written, and compared with what is read back, so that memory grows
/// by the largest tensor only. `progress` counts bytes that were written and found right. Throws
/// WeightsInvalid where a weight that is a number would be none in the type, FileUnwritable, DiskFull,
/// Cancelled; then there is no file. Returns the names of those tensors that hold NaN or infinity, in the
/// file's order.
std::vector<std::string> writeWeights(const Decoder& model, TensorType type,
                                      const std::filesystem::path& file,
                                      const ProgressFunction& progress = {},
                                      const std::stop_token& stop = {});

}  // namespace studio
