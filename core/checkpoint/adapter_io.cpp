// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/adapter_io.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/stored_tensors.h"
#include "core/checkpoint/weight_layouts.h"
#include "core/config/lora_targets.h"
#include "core/formats/json.h"
#include "core/formats/weight_names.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// What the factors of one product are read into.
class AdapterReader {
public:
    AdapterReader(const WeightFile& file, const AdapterConfig& adapter, const ModelConfig& model,
                  const Compute& compute)
        : m_file(file), m_model(model), m_compute(compute) {
        for (const AdapterModule& module : adapterModules(adapter, model, file))
            m_modules[module.module] = module;
    }

    /// All parts of a product have one rank and one scale. Where PEFT's differ, the rank is that of the
    /// widest part, to which the others are filled up with zeros, which add exactly nothing; the scale is
    /// that of the first part, and what another's differs by goes into its B.
    std::unique_ptr<LowRankAdapter> read(const LinearWeights& linear) const {
        const std::vector<Place> places = placesIn(linear);
        if (places.empty()) return nullptr;
        auto adapter = std::make_unique<LowRankAdapter>();
        for (const Place& place : places) adapter->rank = std::max(adapter->rank, place.module->rank);
        adapter->scale = places.front().module->scale;
        const WeightLayout layout =
            linear.layout == WeightLayout::HeadByHead ? linear.layout : WeightLayout::Plain;
        std::vector<Tensor> downs;
        for (const auto& [module, firstOutput] : places) {
            const std::int64_t missing = adapter->rank - module->rank;
            Tensor down = floats(module->down);
            Tensor up = fromStored(floats(module->up), layout, m_model.headCount);
            if (module->scale != adapter->scale) up = up * (module->scale / adapter->scale);
            if (missing > 0) {
                down = at::constant_pad_nd(down, {0, 0, 0, missing});
                up = at::constant_pad_nd(up, {0, missing});
            }
            downs.push_back(down);
            adapter->parts.push_back({firstOutput, weightOf(up)});
        }
        adapter->down = weightOf(at::cat(downs, 0));
        return adapter;
    }

private:
    struct Place {
        const AdapterModule* module = nullptr;
        std::int64_t firstOutput = 0;
    };

    /// The adapted ones of a product's outputs.
    std::vector<Place> placesIn(const LinearWeights& linear) const {
        std::vector<Place> places;
        std::int64_t output = 0;
        for (const auto& [name, rows] : linear.outputs) {
            if (const auto found = m_modules.find(name); found != m_modules.end())
                places.push_back({&found->second, output});
            output += rows;
        }
        return places;
    }

    Tensor floats(const std::string& name) const { return storedTensor(m_file, name).clone().to(at::kFloat); }

    /// Factors of products are bfloat16 where the kernels multiply that.
    Weight weightOf(const Tensor& stored) const {
        Weight weight;
        weight.value = stored.to(m_compute.device, at::kFloat, false, /*copy=*/true).contiguous();
        if (m_compute.fused && m_compute.matmulType == at::kBFloat16)
            weight.rounded = weight.value.to(at::kBFloat16);
        return weight;
    }

    const WeightFile& m_file;
    const ModelConfig& m_model;
    const Compute& m_compute;
    std::map<std::string, AdapterModule> m_modules;
};

AdapterConfig configOf(const Decoder& model, const LoraSettings& lora, double dropout,
                       const std::string& baseModel) {
    AdapterConfig config;
    config.rank = lora.rank;
    config.alpha = lora.alpha;
    config.dropout = dropout;
    config.rankStabilized = lora.rankStabilized;
    config.baseModel = baseModel;
    // Of the targets those that the model has, each under the name that found it.
    for (const std::string& target : lora.targets) {
        const bool used = std::any_of(
            model.adapterParameters().begin(), model.adapterParameters().end(), [&](const Parameter& factor) {
                const std::string module = factor.name.substr(0, factor.name.find(".lora_"));
                return isLoraTarget({target}, module);
            });
        if (used) config.targets.push_back(target);
    }
    return config;
}

std::map<std::string, Tensor> factorsToSave(const Decoder& model) {
    std::map<std::string, Tensor> tensors;
    for (const Parameter& factor : model.adapterParameters()) {
        const Tensor own = factor.tensor.detach().to(at::kCPU, at::kFloat);
        tensors[peftName(factor.name)] = toStored(own, factor.layout, model.config().headCount).contiguous();
    }
    return tensors;
}

/// Logits of a few tokens.
Tensor probeOf(const Decoder& model) {
    const at::NoGradGuard noGrad;
    const ModelConfig& config = model.config();
    const std::int64_t count = std::min<std::int64_t>(8, config.contextLength);
    KeyValueCache cache(config, count, model.compute().device);
    const Tensor ids = at::arange(count, at::kLong).remainder(config.vocabSize).to(model.compute().device);
    return model.logits(model.hiddenCached(ids, cache)).to(at::kCPU);
}

/// What was written is used before it counts.
void checkLogits(Decoder& model, const fs::path& folder) {
    const Tensor before = probeOf(model);
    AdapterSet again = loadAdapter(folder, model.config(), model.compute());
    Tensor after;
    {
        const AttachedAdapters attached(model, nullptr, again);
        after = probeOf(model);
    }
    if (at::allclose(before, after, 1e-5, 1e-5)) return;
    throw Error(ErrorCode::FileUnwritable,
                "The adapter read back from " + folder.string() +
                    " gives other answers than the one that was trained.",
                "Check the disk and save again.", {folder.string()});
}

}  // namespace

AdapterSet loadAdapter(const fs::path& folder, const ModelConfig& model, const Compute& compute) {
    const AdapterConfig config = readAdapterConfig(folder);
    const std::unique_ptr<WeightFile> file = openAdapterWeights(folder);
    return translateTorchErrors("loading an adapter", [&] {
        const at::NoGradGuard noGrad;
        const AdapterReader reader(*file, config, model, compute);
        AdapterSet adapters;
        for (std::int64_t layer = 0; layer < model.layerCount; ++layer) {
            const BlockWeights block = blockWeights(model, layer);
            adapters.push_back({reader.read(block.queryKeyValue), reader.read(block.output),
                                reader.read(block.wide), reader.read(block.down)});
        }
        return adapters;
    });
}

void saveAdapter(Decoder& model, const LoraSettings& lora, double dropout, const std::string& baseModel,
                 const fs::path& folder, const SavedModelFacts& facts) {
    makeFolders(folder.parent_path());
    AtomicFolder destination(folder);
    const auto tensors = translateTorchErrors("saving an adapter", [&] { return factorsToSave(model); });
    if (tensors.empty()) throw Error(ErrorCode::Internal, "There is no adapter to save.", "");
    const bool transposed = model.config().family().linear == WeightLayout::Transposed;
    writeJsonFile(destination.path() / kAdapterConfigFile,
                  adapterConfigJson(configOf(model, lora, dropout, baseModel), transposed));
    writeTensors(tensors, destination.path() / kAdapterWeightsFile);
    verifyTensors(tensors, destination.path() / kAdapterWeightsFile);
    translateTorchErrors("using an adapter", [&] {
        checkLogits(model, destination.path());
        return 0;
    });
    writeFacts(facts, destination.path());
    destination.commit();
}

void mergeAdapter(Decoder& model, const AdapterSet& adapters, const std::stop_token& stop) {
    const at::NoGradGuard noGrad;
    const auto merge = [](const LinearLayer& layer, const std::unique_ptr<LowRankAdapter>& adapter) {
        if (!adapter) return;
        std::int64_t row = 0;
        for (const LowRankAdapter::Part& part : adapter->parts) {
            const Tensor down = adapter->down.value.narrow(0, row, adapter->rank);
            layer.weight.value.detach()
                .narrow(0, part.firstOutput, part.up.value.size(0))
                .add_(at::matmul(part.up.value, down).mul_(adapter->scale));
            row += adapter->rank;
        }
    };
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        throwIfStopped(stop);
        const DecoderBlock& block = model.blocks()[i];
        merge(block.qkv, adapters[i].qkv);
        merge(block.output, adapters[i].output);
        merge(block.wide, adapters[i].wide);
        merge(block.down, adapters[i].down);
    }
    model.weightsChanged();
}

AttachedAdapters::AttachedAdapters(Decoder& model, NextTokenScorer* scorer, AdapterSet& adapters)
    : m_model(model), m_scorer(scorer), m_adapters(adapters) {
    m_model.swapAdapters(m_adapters);
    if (m_scorer) m_scorer->adaptersChanged();
}

AttachedAdapters::~AttachedAdapters() {
    m_model.swapAdapters(m_adapters);
    if (m_scorer) m_scorer->adaptersChanged();
}

}  // namespace studio
