// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/formats/json.h"
#include "core/formats/rope_scaling.h"
#include "core/formats/weight_files.h"

namespace studio {

struct ModelFamily;

/// What a model's `config.json` says (Hugging Face Transformers), in the terms of the one decoder that all
/// families are variants of.
struct ModelConfig {
    std::string architecture = "LlamaForCausalLM";
    std::int64_t vocabSize = 0;
    std::int64_t hiddenSize = 0;
    std::int64_t intermediateSize = 0;
    std::int64_t layerCount = 0;
    std::int64_t headCount = 0;
    std::int64_t keyValueHeadCount = 0;
    std::int64_t headSize = 0;  ///< head_dim; hidden / heads where config.json does not say
    std::int64_t contextLength = 0;
    double normEpsilon = 1e-5;
    double ropeTheta = 10000.0;
    double rotaryShare = 1.0;     ///< of a head that is rotated
    std::int64_t rotarySize = 0;  ///< its leading components that are; 0: all, unless positions are learned
    RopeScaling rope;
    bool tiedEmbeddings = false;
    bool queryKeyValueBias = false;
    bool outputBias = false;
    bool mlpBias = false;
    bool layerNorm = false;         ///< with biases, instead of RMS norm
    bool gelu = false;              ///< one wide product and GELU instead of SwiGLU
    bool exactGelu = false;         ///< by the error function instead of in its tanh form
    bool learnedPositions = false;  ///< instead of rotary ones
    bool parallelResidual = false;  ///< attention and MLP both read what goes into the block
    bool headNorms = false;         ///< RMS norm of each head's query and key
    std::int64_t window = 0;        ///< sliding window of attention; 0: none
    std::int64_t firstWindowedLayer = 0;
    double initializerRange = 0.02;
    std::optional<std::int64_t> bosId;
    std::vector<std::int64_t> eosIds;  ///< eos_token_id is one id or a list
    /// generation_config.json's eos_token_id, which ends answers, too: chat models name the end of a turn
    /// only there.
    std::vector<std::int64_t> answerEndIds;
    std::optional<std::int64_t> padId;
    TensorType storedType = TensorType::Float32;
    OrderedJson raw;  ///< the whole file, so that unknown fields survive a save

    /// The one of `architecture`, which must be a known one.
    const ModelFamily& family() const;
    /// Components of a head that are rotated; 0 where positions are learned.
    std::int64_t rotated() const { return learnedPositions ? 0 : rotarySize > 0 ? rotarySize : headSize; }
    std::int64_t windowOf(std::int64_t layer) const { return layer >= firstWindowedLayer ? window : 0; }
    /// All weights, from the sizes alone.
    std::int64_t parameterCount() const;
};

/// Reads and checks FOLDER/config.json. Every size must be a positive integer within sane bounds, heads must
/// divide; unknown rotary scalings, activations and number formats are refused by name, and an unknown
/// architecture with the list of the known ones. Both old (`torch_dtype`, `rope_theta`) and new field names
/// (`dtype`, `rope_parameters`) are read. generation_config.json beside it, where there is one, gives
/// answerEndIds and is checked as strictly, but for numbers outside the vocabulary, which end nothing. Throws
/// ModelConfigInvalid or ModelUnsupported naming file and field (all missing fields at once).
ModelConfig readModelConfig(const std::filesystem::path& folder);
/// Throws as readModelConfig() does where there is no config.json; what stands in it is not asked.
void checkHoldsModel(const std::filesystem::path& folder);
ModelConfig parseModelConfig(const OrderedJson& json, const std::string& source);

/// config.json text for a model (raw fields kept, known fields rewritten).
OrderedJson modelConfigJson(const ModelConfig& config);

/// The tensors that such a model's files must have, by Hugging Face name, with their shapes there.
std::map<std::string, std::vector<std::int64_t>> expectedTensors(const ModelConfig& config);

/// Compares names and shapes. Throws WeightsInvalid naming the first tensor and both shapes, or all missing
/// names (up to 5). Names may lack the family's root ("transformer."), all of them. Tensors that the
/// configuration does not know are an error, except the head of a tied model when it equals the embedding,
/// and the family's buffers (masks, rotary frequencies).
void checkWeights(const ModelConfig& config, const WeightFiles& weights);

/// A model that this Studio made carries its prompt template in this file of its folder.
inline constexpr const char* kPromptTemplateFile = "prompt_template.json";

/// What the Studio shows and `finetune model info --json` prints; needs no torch.
struct ModelSummary {
    std::filesystem::path folder;
    std::string name;  ///< as runOrFolderName() gives it
    ModelConfig config;
    std::uint64_t weightBytes = 0;
    TensorType storedType = TensorType::Float32;
    std::string tokenizerKind;       ///< as chooseTokenizer() says; empty: none that this version reads
    bool hasPromptTemplate = false;  ///< a fine-tuned model of this Studio carries its template
};
/// Reads config.json and the weights' headers (not their data) and checks that they fit. Throws as
/// readModelConfig and checkWeights do.
ModelSummary summarizeModel(const std::filesystem::path& folder);

/// SHA-256 over the bytes of config.json, then of the weight files in name order: says which weights these
/// are. Throws FileNotFound, FileUnreadable, WeightsInvalid, Cancelled.
std::string modelHash(const std::filesystem::path& folder, const std::stop_token& stop = {});

}  // namespace studio
