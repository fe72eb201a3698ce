// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <list>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_config.h"
#include "core/formats/safetensors.h"

namespace studio::test {

/// A LoRA adapter as PEFT writes it, for the projections q_proj and v_proj of a model of the Llama kind.
struct WrittenAdapter {
    std::string base;  ///< base_model_name_or_path
    std::int64_t rank = 4;
    double alpha = 8.0;
    float size = 0.5F;  ///< its numbers are uniform in ± this; 0: the adapter changes nothing
    std::uint64_t seed = 3;
};

inline void writeAdapter(const std::filesystem::path& folder, const ModelConfig& model,
                         const WrittenAdapter& adapter) {
    makeFolders(folder);
    Random random(adapter.seed);
    std::list<std::vector<float>> numbers;
    std::vector<TensorToWrite> tensors;
    const auto add = [&](const std::string& name, std::int64_t rows, std::int64_t columns) {
        std::vector<float>& values = numbers.emplace_back();
        for (std::int64_t i = 0; i < rows * columns; ++i)
            values.push_back(adapter.size *
                             static_cast<float>(static_cast<double>(random.next() >> 11) * 0x1p-52 - 1.0));
        tensors.push_back({peftName(name),
                           TensorType::Float32,
                           {rows, columns},
                           reinterpret_cast<const std::byte*>(values.data())});
    };
    for (const auto& [name, shape] : expectedTensors(model)) {
        const std::string module = name.substr(0, name.rfind(".weight"));
        if (!module.ends_with("q_proj") && !module.ends_with("v_proj")) continue;
        add(module + ".lora_A.weight", adapter.rank, shape[1]);
        add(module + ".lora_B.weight", shape[0], adapter.rank);
    }
    writeSafetensors(folder / kAdapterWeightsFile, tensors);
    AdapterConfig config;
    config.rank = adapter.rank;
    config.alpha = adapter.alpha;
    config.targets = {"q_proj", "v_proj"};
    config.baseModel = adapter.base;
    writeJsonFile(folder / kAdapterConfigFile, adapterConfigJson(config, false));
}

}  // namespace studio::test
