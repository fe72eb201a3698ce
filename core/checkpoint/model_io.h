// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/model/decoder.h"
#include "core/text/prompt_template.h"

namespace studio {

/// Loads FOLDER (config.json and weights in float32, float16 or bfloat16; computed in float32). Names and
/// shapes are checked before anything is allocated. Throws ModelConfigInvalid, ModelUnsupported,
/// WeightsInvalid, OutOfMemory, Cancelled.
std::unique_ptr<Decoder> loadModel(const std::filesystem::path& folder, const Compute& compute,
                                   const ProgressFunction& progress = {}, const std::stop_token& stop = {},
                                   const TrainedPart& part = {});

/// The same for a model that is to answer and not to learn: 16 bits stay 16 bits, so that it takes the memory
/// of its files and hardly more. It answers as one that loadModel() loaded: token by token to the last bit,
/// and where many tokens of a prompt are taken at once up to the order of their sums.
std::unique_ptr<Decoder> loadModelToAnswer(const std::filesystem::path& folder, const Compute& compute,
                                           const ProgressFunction& progress = {},
                                           const std::stop_token& stop = {});

/// Names of parameters that hold NaN or infinity; empty for a healthy model.
std::vector<std::string> parametersNotFinite(const Decoder& model);

/// What stands beside the weights in a saved model folder.
struct SavedModelFacts {
    std::filesystem::path tokenizerFolder;         ///< its tokenizer files are copied
    std::optional<PromptTemplate> promptTemplate;  ///< prompt_template.json: the one it was trained with
    std::string card;                              ///< README.md, Markdown; empty: none
    std::optional<std::int64_t> endId = {};  ///< a token that ends answers beside the configuration's own
};

/// Writes a folder that any Hugging Face reader can load: config.json, model.safetensors in the type,
/// generation_config.json (the base's own where it has one) and the tokenizer's files. The folder appears as
/// a whole or not at all; the weights are read back and compared before that. Weights, progress (bytes),
/// what is thrown and what is returned are as writeWeights() has them.
std::vector<std::string> saveModel(const Decoder& model, const std::filesystem::path& folder,
                                   const SavedModelFacts& facts, TensorType type = TensorType::Float32,
                                   const ProgressFunction& progress = {}, const std::stop_token& stop = {});

/// Writes what stands beside the weights into a folder that is being made.
void writeFacts(const SavedModelFacts& facts, const std::filesystem::path& folder);

}  // namespace studio
