// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace studio {

/// A class of numbers that torch.save() names for what it stores: "FloatStorage".
struct StorageType {
    std::string_view storage;
    const char* name;  ///< as safetensors calls it: "F32"
    std::size_t bytes;
};

/// One tensor of a state dict as its pickle describes it. Nothing of it was compared with the numbers that it
/// speaks of. Texts are views of the pickle.
struct PickledTensor {
    std::string_view name;
    const StorageType* type = nullptr;
    std::string_view storage;                  ///< key of the numbers, which other tensors may share
    std::int64_t storageCount = 0;             ///< numbers that are stored under the key
    std::int64_t offset = 0;                   ///< the first of them that is the tensor's
    std::vector<std::int64_t> shape, strides;  ///< none negative, as many of both
};

/// Reads the pickle of a state dict: an (ordered) dictionary from name to tensor, by the operations of
/// protocol 2 that such a one needs. A pickle is a program that may call any Python function; here there is
/// nothing that could be called: the few names that state dicts need are words of this reader
/// (torch._utils._rebuild_tensor_v2 and _rebuild_parameter, collections.OrderedDict, torch's storages), and
/// every other name, operation or kind of value ends it. Memory and time are linear in the pickle, which is
/// bounded. Throws WeightsInvalid naming file and byte.
std::vector<PickledTensor> readPickledTensors(const std::filesystem::path& path, std::string_view pickle);

}  // namespace studio
