// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/formats/model_config.h"
#include "core/formats/module_numbers.h"
#include "core/formats/safetensors.h"

namespace studio {

inline constexpr const char* kAdapterConfigFile = "adapter_config.json";
inline constexpr const char* kAdapterWeightsFile = "adapter_model.safetensors";
inline constexpr const char* kAdapterPickleFile = "adapter_model.bin";  ///< as older versions of PEFT wrote

/// What the `adapter_config.json` of a LoRA adapter says, as Hugging Face PEFT writes it.
struct AdapterConfig {
    std::int64_t rank = 8;
    double alpha = 8.0;
    double dropout = 0.0;              ///< while training only
    bool rankStabilized = false;       ///< use_rslora: the scale is alpha / sqrt(rank) (Kalajdzievski 2023)
    std::vector<std::string> targets;  ///< target_modules, where they are a list
    std::string baseModel;             ///< base_model_name_or_path, as it was written
    ModuleNumbers ranks, alphas;       ///< rank_pattern and alpha_pattern: modules that have others
    OrderedJson raw;

    /// Of a module that neither pattern means.
    double scale() const;
    std::int64_t rankOf(const std::string& module) const;
    double scaleOf(const std::string& module) const;
};

/// Reads FOLDER/adapter_config.json. What would change the numbers and is not LoRA as this version computes
/// it (DoRA, trained biases, modules_to_save, other methods of PEFT) is refused by its field. Throws
/// FileNotFound, ModelConfigInvalid, ModelUnsupported.
AdapterConfig readAdapterConfig(const std::filesystem::path& folder);
AdapterConfig parseAdapterConfig(const OrderedJson& json, const std::string& source);
OrderedJson adapterConfigJson(const AdapterConfig& config, bool transposedWeights);

/// FOLDER/adapter_model.safetensors, or FOLDER/adapter_model.bin where that is not there. Throws
/// WeightsInvalid where there is neither.
std::filesystem::path adapterWeights(const std::filesystem::path& folder);
/// Opens that file; of a pickle nothing is run (pytorch_file.h). Throws WeightsInvalid.
std::unique_ptr<WeightFile> openAdapterWeights(const std::filesystem::path& folder);

/// One adapted module of an adapter's file: "model.layers.0.self_attn.q_proj", and the names of its factors
/// there. // A: [rank, inputs], B: [outputs, rank]
struct AdapterModule {
    std::string module;
    std::string down, up;
    std::int64_t rank = 0;
    double scale = 1.0;
};

/// Pairs the file's factors and checks them against a model: every module must be one of its projections,
/// with fitting shapes, that PEFT adapts by the configuration, and there must be one at least. Throws
/// WeightsInvalid naming the tensor, and ModelUnsupported naming an expression that is not read here or takes
/// far too long.
std::vector<AdapterModule> adapterModules(const AdapterConfig& adapter, const ModelConfig& model,
                                          const WeightFile& weights);

/// The name of a factor in PEFT's files: "base_model.model." MODULE ".lora_A.weight".
std::string peftName(const std::string& parameter);

/// Whether a folder holds an adapter rather than a model.
bool isAdapterFolder(const std::filesystem::path& folder);

/// Where the base model lies that an adapter says it was made for: base_model_name_or_path as a path of its
/// own, below the adapter's folder or beside it, or as the name of the folder that the adapter lies in. Empty
/// where none of these is a model's folder: the base must be asked for.
std::filesystem::path adapterBase(const std::filesystem::path& adapterFolder, const AdapterConfig& config);
/// The same of an adapter whose configuration may be missing or damaged, which has none then.
std::filesystem::path adapterBase(const std::filesystem::path& adapterFolder);

/// What the Studio shows of an adapter; needs no torch.
struct AdapterSummary {
    AdapterConfig config;
    std::filesystem::path base;        ///< the folder of the model that it stands beside
    ModelConfig baseConfig;            ///< of that model
    std::string family;                ///< of the base: "Llama"
    std::vector<std::string> targets;  ///< projections that have factors: "q_proj", …
    std::int64_t parameters = 0;       ///< numbers in its factors
    std::int64_t held = 0;             ///< numbers of them in the memory, as wide as the widest of a product
    std::uint64_t bytes = 0;           ///< of its weights' file
};
/// Reads configurations and the header of the weights, not their data, and checks that they fit the base.
/// Throws as readAdapterConfig(), readModelConfig() and adapterModules() do, and FileNotFound where `base` is
/// empty or no model's folder.
AdapterSummary summarizeAdapter(const std::filesystem::path& folder, const std::filesystem::path& base);
/// The same beside a base that was found sound a moment ago: `baseConfig` is what summarizeModel() says of
/// it, and nothing of the base is read again.
AdapterSummary summarizeAdapter(const std::filesystem::path& folder, const std::filesystem::path& base,
                                const ModelConfig& baseConfig);

/// Which weights answer where an adapter stands beside a model: modelHash() of the model, "+", and the
/// SHA-256 over the bytes of adapter_config.json, then of the adapter's weights. Throws FileNotFound,
/// FileUnreadable, WeightsInvalid, Cancelled.
std::string adaptedModelHash(const std::string& modelHash, const std::filesystem::path& adapterFolder,
                             const std::stop_token& stop = {});

}  // namespace studio
