// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/files.h"
#include "core/formats/json.h"
#include "core/formats/model_config.h"
#include "core/formats/safetensors.h"

namespace studio::test {

inline OrderedJson smallModelJson(std::int64_t hidden = 16, std::int64_t context = 64) {
    return {{"architectures", OrderedJson::array({"LlamaForCausalLM"})},
            {"model_type", "llama"},
            {"vocab_size", 96},
            {"hidden_size", hidden},
            {"intermediate_size", 2 * hidden},
            {"num_hidden_layers", 2},
            {"num_attention_heads", 2},
            {"num_key_value_heads", 2},
            {"max_position_embeddings", context},
            {"rms_norm_eps", 1e-5},
            {"tie_word_embeddings", true},
            {"hidden_act", "silu"},
            {"torch_dtype", "float32"}};
}

/// A whole model folder of a few thousand weights, all 0, without a tokenizer.
inline void writeSmallModel(const std::filesystem::path& folder, std::int64_t hidden = 16,
                            std::int64_t context = 64) {
    makeFolders(folder);
    const OrderedJson json = smallModelJson(hidden, context);
    const auto shapes = expectedTensors(parseModelConfig(json, "config.json"));
    const std::vector<float> zeros(static_cast<std::size_t>(96 * hidden + 4 * hidden * hidden));
    std::vector<TensorToWrite> tensors;
    for (const auto& [name, shape] : shapes)
        tensors.push_back(
            {name, TensorType::Float32, shape, reinterpret_cast<const std::byte*>(zeros.data())});
    writeSafetensors(folder / "model.safetensors", tensors);
    writeJsonFile(folder / "config.json", json);
}

/// A model folder of any size whose weights are a hole in the file: header and sizes are right, no disk is
/// used. For what reads headers only.
inline void writeHollowModel(const std::filesystem::path& folder, const OrderedJson& json) {
    makeFolders(folder);
    OrderedJson header = OrderedJson::object();
    std::uint64_t end = 0;
    for (const auto& [name, shape] : expectedTensors(parseModelConfig(json, "config.json"))) {
        std::uint64_t bytes = 2;
        for (const std::int64_t size : shape) bytes *= static_cast<std::uint64_t>(size);
        header[name] = {{"dtype", "F16"}, {"shape", shape}, {"data_offsets", {end, end + bytes}}};
        end += bytes;
    }
    const std::string text = header.dump();
    std::string beginning(8, '\0');
    for (int i = 0; i < 8; ++i)
        beginning[static_cast<std::size_t>(i)] = static_cast<char>(text.size() >> (8 * i));
    writeFileAtomically(folder / "model.safetensors", beginning + text);
    std::filesystem::resize_file(folder / "model.safetensors", 8 + text.size() + end);
    writeJsonFile(folder / "config.json", json);
}

/// config.json of a Llama of these sizes.
inline OrderedJson llamaJson(std::int64_t vocabulary, std::int64_t hidden, std::int64_t wide,
                             std::int64_t layers, std::int64_t heads, std::int64_t shared,
                             std::int64_t context) {
    OrderedJson json = smallModelJson(hidden, context);
    json["vocab_size"] = vocabulary;
    json["intermediate_size"] = wide;
    json["num_hidden_layers"] = layers;
    json["num_attention_heads"] = heads;
    json["num_key_value_heads"] = shared;
    json["tie_word_embeddings"] = false;
    json["torch_dtype"] = "float16";
    return json;
}

}  // namespace studio::test
