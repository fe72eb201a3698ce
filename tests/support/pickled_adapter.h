// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "core/formats/safetensors.h"
#include "tests/support/pytorch_bytes.h"

namespace studio::test {

/// Gives an adapter of float32 its weights as older versions of PEFT wrote them: adapter_model.bin in the
/// place of adapter_model.safetensors.
inline void pickleAdapter(const std::filesystem::path& folder) {
    std::string items;
    std::vector<std::string> numbers;
    {
        const SafetensorsFile file(folder / kAdapterWeightsFile);
        for (const auto& [name, entry] : file.tensors()) {
            const PickledTensorBytes tensor{.key = std::to_string(numbers.size()),
                                            .count = static_cast<std::int64_t>(entry.elementCount()),
                                            .shape = entry.shape};
            items += pickled(name) + tensor.text();
            numbers.emplace_back(reinterpret_cast<const char*>(file.data(name)), entry.end - entry.begin);
        }
    }
    writeFileAtomically(folder / kAdapterPickleFile, pytorchFile(pickledDictionary(items), numbers));
    std::filesystem::remove(folder / kAdapterWeightsFile);
}

}  // namespace studio::test
