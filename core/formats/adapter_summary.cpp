// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What an adapter is and which model it stands beside, without its numbers.
#include <algorithm>
#include <map>
#include <utility>

#include "core/base/error.h"
#include "core/formats/adapter_files.h"
#include "core/formats/model_family.h"
#include "core/formats/sha256.h"
#include "core/formats/weight_files.h"
#include "core/formats/weight_names.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// Folders above an adapter's that may be its model's: MODEL/training/adapter.
constexpr int kMostAbove = 3;

bool holdsModel(const fs::path& folder) {
    std::error_code ignored;
    return !folder.empty() && fs::is_regular_file(folder / "config.json", ignored);
}

/// "q_proj" of "model.layers.0.self_attn.q_proj".
std::string lastPart(const std::string& module) {
    return module.substr(module.rfind('.') + 1);
}

}  // namespace

fs::path adapterBase(const fs::path& adapterFolder, const AdapterConfig& config) {
    if (config.baseModel.empty()) return {};
    const fs::path stated = config.baseModel;
    if (stated.is_absolute()) return holdsModel(stated) ? stated : fs::path();
    std::error_code failed;
    fs::path above = fs::weakly_canonical(adapterFolder, failed);
    if (failed) return {};
    if (!above.has_filename()) above = above.parent_path();  // "x/"
    for (const fs::path& folder : {above / stated, above.parent_path() / stated})
        if (holdsModel(folder)) return folder.lexically_normal();
    for (int i = 0; i < kMostAbove && above.has_relative_path(); ++i) {
        above = above.parent_path();
        if (above.filename() == stated.filename() && holdsModel(above)) return above;
    }
    return {};
}

fs::path adapterBase(const fs::path& adapterFolder) {
    try {
        return adapterBase(adapterFolder, readAdapterConfig(adapterFolder));
    } catch (const Error&) {
        return {};  // who uses the adapter hears what is wrong with it
    }
}

namespace {

/// What the files have, whatever config.json says.
TensorType matrixTypeOf(const fs::path& base, const ModelConfig& config) {
    const WeightFiles weights(base);
    checkWeights(config, weights);
    return matrixType(config, weights);
}

/// `stated`: the model as whoever knows of it calls it; empty: nobody does.
[[noreturn]] void throwNoBase(const fs::path& adapter, const std::string& stated) {
    const std::string folder = adapter.string();
    const std::string next =
        "Open the adapter again and choose the folder of its base model, or name that with --model beside "
        "--adapter.";
    if (stated.empty())
        throw Error(ErrorCode::FileNotFound,
                    "The adapter in " + folder + " does not say which base model it was made for.", next,
                    {folder, "adapter_base_unknown"});
    throw Error(ErrorCode::FileNotFound,
                "The base model of the adapter in " + folder + " is not there: " + stated + ".", next,
                {folder, "adapter_base_missing", stated});
}

/// The factors as one who answers holds them: those of one product are filled up to its highest rank.
std::int64_t heldNumbers(const std::vector<AdapterModule>& modules, const ModelConfig& model) {
    std::map<std::string, std::int64_t> ranks;
    for (const AdapterModule& module : modules) ranks[module.module] = module.rank;
    std::int64_t numbers = 0;
    for (std::int64_t layer = 0; layer < model.layerCount; ++layer) {
        const BlockWeights block = blockWeights(model, layer);
        for (const LinearWeights* product : {&block.queryKeyValue, &block.output, &block.wide, &block.down}) {
            std::int64_t widest = 0, ofRankOne = 0;
            for (const NamedRows& part : product->outputs) {
                const auto found = ranks.find(part.name);
                if (found == ranks.end()) continue;
                widest = std::max(widest, found->second);
                ofRankOne += product->inputs + part.rows;
            }
            numbers += widest * ofRankOne;
        }
    }
    return numbers;
}

AdapterSummary summaryOf(const fs::path& folder, AdapterConfig config, const fs::path& base,
                         ModelConfig baseConfig) {
    AdapterSummary summary;
    summary.config = std::move(config);
    summary.base = base;
    summary.baseConfig = std::move(baseConfig);
    summary.family = summary.baseConfig.family().title;
    const std::unique_ptr<WeightFile> weights = openAdapterWeights(folder);
    const std::vector<AdapterModule> modules = adapterModules(summary.config, summary.baseConfig, *weights);
    summary.held = heldNumbers(modules, summary.baseConfig);
    for (const AdapterModule& module : modules) {
        const std::string target = lastPart(module.module);
        if (std::find(summary.targets.begin(), summary.targets.end(), target) == summary.targets.end())
            summary.targets.push_back(target);
    }
    for (const auto& [name, entry] : weights->tensors())
        summary.parameters += static_cast<std::int64_t>(entry.elementCount());
    std::error_code ignored;
    summary.bytes = fs::file_size(weights->path(), ignored);
    return summary;
}

}  // namespace

AdapterSummary summarizeAdapter(const fs::path& folder, const fs::path& base) {
    AdapterConfig config = readAdapterConfig(folder);
    if (!holdsModel(base)) throwNoBase(folder, base.empty() ? config.baseModel : base.string());
    ModelConfig baseConfig = readModelConfig(base);
    baseConfig.storedType = matrixTypeOf(base, baseConfig);
    return summaryOf(folder, std::move(config), base, std::move(baseConfig));
}

AdapterSummary summarizeAdapter(const fs::path& folder, const fs::path& base, const ModelConfig& baseConfig) {
    return summaryOf(folder, readAdapterConfig(folder), base, baseConfig);
}

std::string adaptedModelHash(const std::string& modelHash, const fs::path& adapterFolder,
                             const std::stop_token& stop) {
    Sha256 hash;
    hash.updateFromFile(adapterFolder / kAdapterConfigFile, stop);
    hash.updateFromFile(adapterWeights(adapterFolder), stop);
    return modelHash + "+" + hash.finish();
}

}  // namespace studio
