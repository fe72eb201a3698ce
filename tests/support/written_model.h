// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/formats/json.h"
#include "core/formats/model_config.h"
#include "core/formats/safetensors.h"
#include "tests/support/sentencepiece_bytes.h"

namespace studio::test {

/// config.json of a small model of a family: two blocks, four heads of eight components.
inline OrderedJson smallConfig(const std::string& architecture) {
    if (architecture == "GPT2LMHeadModel")
        return {{"architectures", {architecture}},
                {"vocab_size", 40},
                {"n_embd", 32},
                {"n_layer", 2},
                {"n_head", 4},
                {"n_positions", 64},
                {"bos_token_id", 1},
                {"eos_token_id", 2}};
    OrderedJson json = {
        {"architectures", {architecture}}, {"vocab_size", 40},       {"hidden_size", 32},
        {"intermediate_size", 48},         {"num_hidden_layers", 2}, {"num_attention_heads", 4},
        {"max_position_embeddings", 64},   {"bos_token_id", 1},      {"eos_token_id", 2}};
    if (architecture != "GPTNeoXForCausalLM") json["num_key_value_heads"] = 2;
    if (architecture == "Qwen3ForCausalLM") json["head_dim"] = 16;
    return json;
}

/// The weights that were written, by name.
using WrittenWeights = std::map<std::string, std::vector<float>>;

/// Writes config.json and random float32 weights; `change` may spoil them before.
template <typename Change>
WrittenWeights writeModel(const std::filesystem::path& folder, const OrderedJson& json, Change&& change) {
    writeJsonFile(folder / "config.json", json);
    Random random(11);
    WrittenWeights weights;
    std::vector<TensorToWrite> tensors;
    const auto shapes = expectedTensors(parseModelConfig(json, "config.json"));
    for (const auto& [name, shape] : shapes) {
        std::size_t count = 1;
        for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
        for (std::size_t i = 0; i < count; ++i)
            weights[name].push_back(
                static_cast<float>(static_cast<double>(random.next() >> 11) * 0x1p-53 - 0.5));
    }
    change(weights);
    for (const auto& [name, shape] : shapes)
        tensors.push_back(
            {name, TensorType::Float32, shape, reinterpret_cast<const std::byte*>(weights.at(name).data())});
    writeSafetensors(folder / "model.safetensors", tensors);
    return weights;
}

inline WrittenWeights writeModel(const std::filesystem::path& folder, const OrderedJson& json) {
    return writeModel(folder, json, [](WrittenWeights&) {});
}

/// A tokenizer.model with <unk>, <s>, </s> and a few pieces.
inline void writePieces(const std::filesystem::path& folder) {
    SentencePieceBytes bytes;
    bytes.piece("<unk>", 0.0F, SentencePiece::Kind::Unknown)
        .piece("<s>", 0.0F, SentencePiece::Kind::Control)
        .piece("</s>", 0.0F, SentencePiece::Kind::Control)
        .piece("<0x0A>", 0.0F, SentencePiece::Kind::Byte)
        .piece("\n", 0.0F, SentencePiece::Kind::UserDefined)
        .piece("▁a", -1.0F)
        .piece("▁", -2.0F)
        .piece("a", -3.0F);
    writeFileAtomically(folder / "tokenizer.model", bytes.text());
}

}  // namespace studio::test
