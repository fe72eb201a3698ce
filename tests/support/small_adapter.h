// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/files.h"
#include "core/formats/adapter_files.h"
#include "core/formats/json.h"
#include "core/formats/safetensors.h"

namespace studio::test {

/// A LoRA adapter of rank 2 in PEFT's layout, for one projection of a model whose hidden size is 32. `last`:
/// the last number of its B.
inline void writeSmallAdapter(const std::filesystem::path& folder, float last = 0.5F) {
    makeFolders(folder);
    writeJsonFile(folder / kAdapterConfigFile, {{"peft_type", "LORA"},
                                                {"base_model_name_or_path", "base"},
                                                {"r", 2},
                                                {"lora_alpha", 4},
                                                {"bias", "none"},
                                                {"target_modules", OrderedJson::array({"q_proj"})}});
    const std::vector<float> down(64, 0.5F);
    std::vector<float> up = down;
    up.back() = last;
    const auto bytes = [](const std::vector<float>& numbers) {
        return reinterpret_cast<const std::byte*>(numbers.data());
    };
    const std::string module = "model.layers.0.self_attn.q_proj";
    writeSafetensors(
        folder / kAdapterWeightsFile,
        {{"base_model.model." + module + ".lora_A.weight", TensorType::Float32, {2, 32}, bytes(down)},
         {"base_model.model." + module + ".lora_B.weight", TensorType::Float32, {32, 2}, bytes(up)}});
}

}  // namespace studio::test
