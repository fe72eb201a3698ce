// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/formats/json.h"

namespace studio {

struct ModelConfig;
class ConfigFields;

/// How a weight lies in the files of a family, compared with the decoder's own [outputs, inputs].
enum class WeightLayout {
    Plain,
    Transposed,  ///< [inputs, outputs], as GPT-2's Conv1D has it; a bias is plain
    HeadByHead   ///< rows [head, (query, key, value), component], as GPT-NeoX has it; its bias, too
};

/// The weights of a block by their names behind the block's prefix and before ".weight" and ".bias". Several
/// names are one product, in this order; one name for query, key and value (or gate and up) means that the
/// files have them joined, too.
struct BlockNames {
    const char* inputNorm;
    const char* postNorm;
    std::vector<const char*> queryKeyValue;
    const char* output;
    std::vector<const char*> wide;  ///< gate and up, or what goes into GELU
    const char* down;
    const char* queryNorm = nullptr;  ///< of each head; null: none
    const char* keyNorm = nullptr;
};

/// One architecture of Hugging Face Transformers: what its config.json says in the decoder's terms, and what
/// its weights are called. A family is a variant of the one decoder, by data alone: docs/architectures.md
/// says how to add one.
struct ModelFamily {
    const char* architecture;  ///< "GPT2LMHeadModel", the first of "architectures"
    const char* modelType;     ///< "gpt2"
    const char* title;         ///< "GPT-2"
    /// What all names but the head's begin with, and what files of the bare model leave out: "transformer.".
    const char* root;
    const char* embedding;
    const char* positions;  ///< learned ones; null: none
    const char* blocks;     ///< "h", followed by the number
    BlockNames block;
    const char* finalNorm;
    const char* head;            ///< whole name
    WeightLayout linear;         ///< of the blocks' products
    WeightLayout queryKeyValue;  ///< of that product
    /// Ends of the names of tensors that some versions of Transformers stored although they follow from the
    /// configuration: masks and rotary frequencies.
    std::vector<const char*> buffers;
    /// Reads the family's own fields; see family_configs.h for what is common.
    void (*read)(ConfigFields& fields, ModelConfig& config);
    /// Writes them into the file's object.
    void (*write)(const ModelConfig& config, OrderedJson& json);
};

const std::vector<ModelFamily>& modelFamilies();
/// Null where there is none of that name.
const ModelFamily* familyOf(const std::string& architecture);
const ModelFamily* familyOfType(const std::string& modelType);
/// "LlamaForCausalLM, GPT2LMHeadModel, …".
std::string knownArchitectures();

}  // namespace studio
