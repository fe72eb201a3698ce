// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/stored_tensors.h"

#include <cstring>

#include "core/base/error.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

TensorType storedType(const Tensor& tensor) {
    return tensor.scalar_type() == at::kHalf       ? TensorType::Float16
           : tensor.scalar_type() == at::kBFloat16 ? TensorType::BFloat16
                                                   : TensorType::Float32;
}

Tensor view(const TensorEntry& entry, const std::byte* bytes) {
    return at::from_blob(const_cast<std::byte*>(bytes), entry.shape, scalarType(entry.type));
}

}  // namespace

at::ScalarType scalarType(TensorType type) {
    switch (type) {
        case TensorType::Float16:
            return at::kHalf;
        case TensorType::BFloat16:
            return at::kBFloat16;
        case TensorType::Float32:
            break;
    }
    return at::kFloat;
}

Tensor storedTensor(const WeightFiles& weights, const std::string& name) {
    return view(weights.entry(name), weights.data(name));
}

Tensor storedTensor(const WeightFile& file, const std::string& name) {
    const std::byte* const bytes = file.data(name);
    return view(file.tensors().at(name), bytes);
}

void writeTensors(const std::map<std::string, Tensor>& tensors, const fs::path& file) {
    std::vector<TensorToWrite> writes;
    for (const auto& [name, tensor] : tensors) {
        writes.push_back({name, storedType(tensor), tensor.sizes().vec(),
                          static_cast<const std::byte*>(tensor.data_ptr())});
    }
    writeSafetensors(file, writes);
}

void verifyTensors(const std::map<std::string, Tensor>& tensors, const fs::path& file) {
    const SafetensorsFile written(file);
    for (const auto& [name, tensor] : tensors) {
        if (!written.contains(name) ||
            std::memcmp(written.data(name), tensor.data_ptr(), tensor.nbytes()) != 0) {
            throw Error(ErrorCode::FileUnwritable,
                        "The weights read back from " + file.string() + " differ from what was written (" +
                            name + ").",
                        "Check the disk and save again.", {file.string(), name});
        }
        written.letGo(name);
    }
}

}  // namespace studio
