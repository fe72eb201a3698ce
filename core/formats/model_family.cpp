// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_family.h"

#include <algorithm>

#include "core/formats/family_configs.h"

namespace studio {

namespace {

const BlockNames kLlamaBlock{"input_layernorm",
                             "post_attention_layernorm",
                             {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"},
                             "self_attn.o_proj",
                             {"mlp.gate_proj", "mlp.up_proj"},
                             "mlp.down_proj"};

BlockNames withHeadNorms(BlockNames names) {
    names.queryNorm = "self_attn.q_norm";
    names.keyNorm = "self_attn.k_norm";
    return names;
}

const BlockNames kPhi3Block{"input_layernorm",  "post_attention_layernorm", {"self_attn.qkv_proj"},
                            "self_attn.o_proj", {"mlp.gate_up_proj"},       "mlp.down_proj"};

const BlockNames kGpt2Block{"ln_1", "ln_2", {"attn.c_attn"}, "attn.c_proj", {"mlp.c_fc"}, "mlp.c_proj"};

const BlockNames kNeoXBlock{"input_layernorm", "post_attention_layernorm", {"attention.query_key_value"},
                            "attention.dense", {"mlp.dense_h_to_4h"},      "mlp.dense_4h_to_h"};

ModelFamily llamaLike(const char* architecture, const char* modelType, const char* title, BlockNames block,
                      void (*read)(ConfigFields&, ModelConfig&),
                      void (*write)(const ModelConfig&, OrderedJson&)) {
    return {architecture,
            modelType,
            title,
            "model.",
            "embed_tokens",
            nullptr,
            "layers",
            std::move(block),
            "norm",
            "lm_head",
            WeightLayout::Plain,
            WeightLayout::Plain,
            {"rotary_emb.inv_freq"},
            read,
            write};
}

std::vector<ModelFamily> makeFamilies() {
    return {
        llamaLike("LlamaForCausalLM", "llama", "Llama", kLlamaBlock, readLlama, writeLlama),
        llamaLike("MistralForCausalLM", "mistral", "Mistral", kLlamaBlock, readMistral, writeMistral),
        llamaLike("Qwen2ForCausalLM", "qwen2", "Qwen2", kLlamaBlock, readQwen2, writeQwen2),
        llamaLike("Qwen3ForCausalLM", "qwen3", "Qwen3", withHeadNorms(kLlamaBlock), readQwen3, writeQwen3),
        llamaLike("Phi3ForCausalLM", "phi3", "Phi-3", kPhi3Block, readPhi3, writePhi3),
        {"GPT2LMHeadModel",
         "gpt2",
         "GPT-2",
         "transformer.",
         "wte",
         "wpe",
         "h",
         kGpt2Block,
         "ln_f",
         "lm_head",
         WeightLayout::Transposed,
         WeightLayout::Transposed,
         {"attn.bias", "attn.masked_bias"},
         readGpt2,
         writeGpt2},
        {"GPTNeoXForCausalLM",
         "gpt_neox",
         "GPT-NeoX",
         "gpt_neox.",
         "embed_in",
         nullptr,
         "layers",
         kNeoXBlock,
         "final_layer_norm",
         "embed_out",
         WeightLayout::Plain,
         WeightLayout::HeadByHead,
         {"attention.bias", "attention.masked_bias", "rotary_emb.inv_freq"},
         readNeoX,
         writeNeoX}};
}

template <typename Matches>
const ModelFamily* find(Matches&& matches) {
    const std::vector<ModelFamily>& all = modelFamilies();
    const auto found = std::find_if(all.begin(), all.end(), matches);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<ModelFamily>& modelFamilies() {
    static const std::vector<ModelFamily> families = makeFamilies();
    return families;
}

const ModelFamily* familyOf(const std::string& architecture) {
    return find([&](const ModelFamily& family) { return architecture == family.architecture; });
}

const ModelFamily* familyOfType(const std::string& modelType) {
    return find([&](const ModelFamily& family) { return modelType == family.modelType; });
}

std::string knownArchitectures() {
    std::string all;
    for (const ModelFamily& family : modelFamilies())
        all += (all.empty() ? "" : ", ") + std::string(family.architecture);
    return all;
}

}  // namespace studio
