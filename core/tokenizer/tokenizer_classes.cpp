// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/tokenizer_classes.h"

#include <algorithm>
#include <array>

namespace studio {

namespace {

// The defaults of the classes' constructors (transformers 4).
constexpr std::array<TokenizerClass, 6> kClasses = {{
    {"GPT2Tokenizer", "<|endoftext|>", "<|endoftext|>", false},
    {"GPTNeoXTokenizer", "<|endoftext|>", "<|endoftext|>", false},
    {"Qwen2Tokenizer", "", "<|endoftext|>", false},
    {"LlamaTokenizer", "<s>", "</s>", true},
    {"CodeLlamaTokenizer", "<s>", "</s>", true},
    {"GemmaTokenizer", "<bos>", "<eos>", true},
}};

struct ModelType {
    std::string_view type;
    std::string_view tokenizerClass;
};
constexpr std::array<ModelType, 9> kModelTypes = {{
    {"gpt2", "GPT2Tokenizer"},
    {"gpt_neox", "GPTNeoXTokenizer"},
    {"qwen2", "Qwen2Tokenizer"},
    {"qwen3", "Qwen2Tokenizer"},
    {"llama", "LlamaTokenizer"},
    {"mistral", "LlamaTokenizer"},
    {"phi3", "LlamaTokenizer"},
    {"gemma", "GemmaTokenizer"},
    {"gemma2", "GemmaTokenizer"},
}};

}  // namespace

const TokenizerClass* tokenizerClassNamed(std::string_view name) {
    const auto* found = std::find_if(kClasses.begin(), kClasses.end(),
                                     [&](const TokenizerClass& one) { return one.name == name; });
    return found == kClasses.end() ? nullptr : found;
}

const TokenizerClass* tokenizerClassOfModel(std::string_view modelType) {
    const auto* found = std::find_if(kModelTypes.begin(), kModelTypes.end(),
                                     [&](const ModelType& one) { return one.type == modelType; });
    return found == kModelTypes.end() ? nullptr : tokenizerClassNamed(found->tokenizerClass);
}

}  // namespace studio
