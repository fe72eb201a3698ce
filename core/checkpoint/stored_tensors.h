// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/formats/safetensors.h"
#include "core/formats/weight_files.h"
#include "core/tensor/torch.h"

namespace studio {

/// Views of mapped bytes in their own type; valid while the file is mapped. They may lie at any address: copy
/// them, do not compute with them.
Tensor storedTensor(const WeightFiles& weights, const std::string& name);
Tensor storedTensor(const WeightFile& file, const std::string& name);

/// The type of numbers in the format's terms and in libtorch's.
at::ScalarType scalarType(TensorType type);

/// Writes tensors of such types, which are contiguous on the CPU.
void writeTensors(const std::map<std::string, Tensor>& tensors, const std::filesystem::path& file);

/// Reads them back. Users found empty adapters after a day of training elsewhere: what was written is
/// compared before it counts. Throws FileUnwritable.
void verifyTensors(const std::map<std::string, Tensor>& tensors, const std::filesystem::path& file);

}  // namespace studio
