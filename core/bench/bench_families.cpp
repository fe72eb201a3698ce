// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_families.h"

namespace studio {

namespace {

/// The sizes of Llama's relatives.
OrderedJson llamaLike(const char* architecture, const char* type) {
    return {{"architectures", {architecture}},
            {"model_type", type},
            {"vocab_size", 32000},
            {"hidden_size", 768},
            {"intermediate_size", 2048},
            {"num_hidden_layers", 8},
            {"num_attention_heads", 12},
            {"num_key_value_heads", 4},
            {"max_position_embeddings", 2048},
            {"tie_word_embeddings", true},
            {"bos_token_id", 1},
            {"eos_token_id", 2}};
}

OrderedJson with(OrderedJson json, const char* key, const OrderedJson& value) {
    json[key] = value;
    return json;
}

/// Half as many layers as GPT-2 of 124 million.
OrderedJson gpt2() {
    return {{"architectures", {"GPT2LMHeadModel"}},
            {"model_type", "gpt2"},
            {"vocab_size", 50257},
            {"n_embd", 768},
            {"n_layer", 6},
            {"n_head", 12},
            {"n_positions", 1024},
            {"bos_token_id", 1},
            {"eos_token_id", 2}};
}

/// Pythia-70M.
OrderedJson neox() {
    return {{"architectures", {"GPTNeoXForCausalLM"}},
            {"model_type", "gpt_neox"},
            {"vocab_size", 50304},
            {"hidden_size", 512},
            {"intermediate_size", 2048},
            {"num_hidden_layers", 6},
            {"num_attention_heads", 8},
            {"max_position_embeddings", 2048},
            {"tie_word_embeddings", false},
            {"bos_token_id", 1},
            {"eos_token_id", 2}};
}

}  // namespace

const std::vector<BenchFamily>& benchFamilies() {
    static const std::vector<BenchFamily> families{
        {"llama", llamaLike("LlamaForCausalLM", "llama")},
        {"mistral", llamaLike("MistralForCausalLM", "mistral")},
        {"qwen2", llamaLike("Qwen2ForCausalLM", "qwen2")},
        {"qwen3", with(llamaLike("Qwen3ForCausalLM", "qwen3"), "head_dim", 64)},
        {"phi3", llamaLike("Phi3ForCausalLM", "phi3")},
        {"gpt2", gpt2()},
        {"gpt_neox", neox()}};
    return families;
}

}  // namespace studio
