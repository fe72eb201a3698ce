// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/model_io.h"

#include <cstring>
#include <map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/weight_layouts.h"
#include "core/formats/json.h"
#include "core/formats/safetensors.h"
#include "core/formats/weight_names.h"
#include "core/tokenizer/tokenizer.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

at::ScalarType scalarType(TensorType type) {
    switch (type) {
        case TensorType::Float16:
            return at::kHalf;
        case TensorType::BFloat16:
            return at::kBFloat16;
        case TensorType::Float32:
            break;
    }
    return at::kFloat;
}

/// A view of mapped bytes as a tensor; valid while the file is mapped.
Tensor mapped(const WeightFiles& weights, const std::string& name) {
    const TensorEntry& entry = weights.entry(name);
    return at::from_blob(const_cast<std::byte*>(weights.data(name)), entry.shape, scalarType(entry.type));
}

/// float32, contiguous, on the CPU, in the family's layout: as it is written.
std::map<std::string, Tensor> tensorsToSave(const Decoder& model) {
    std::map<std::string, Tensor> tensors;
    for (const Parameter& parameter : model.parameters()) {
        const Tensor own = parameter.tensor.detach().to(at::kCPU, at::kFloat);
        tensors[parameter.name] = toStored(own, parameter.layout, model.config().headCount).contiguous();
    }
    return tensors;
}

void writeWeights(const std::map<std::string, Tensor>& tensors, const fs::path& file) {
    std::vector<TensorToWrite> writes;
    for (const auto& [name, tensor] : tensors) {
        writes.push_back({name, TensorType::Float32, tensor.sizes().vec(),
                          static_cast<const std::byte*>(tensor.data_ptr())});
    }
    writeSafetensors(file, writes);
}

/// Users found empty adapters after a day of training elsewhere: what was written is read back before it
/// counts.
void verifyWeights(const std::map<std::string, Tensor>& tensors, const fs::path& file) {
    const SafetensorsFile written(file);
    for (const auto& [name, tensor] : tensors) {
        if (!written.contains(name) ||
            std::memcmp(written.data(name), tensor.data_ptr(), tensor.nbytes()) != 0) {
            throw Error(ErrorCode::FileUnwritable,
                        "The weights read back from " + file.string() + " differ from what was written (" +
                            name + ").",
                        "Check the disk and save again.", {file.string(), name});
        }
    }
}

OrderedJson generationConfig(const ModelConfig& config) {
    OrderedJson json = OrderedJson::object();
    if (config.bosId) json["bos_token_id"] = *config.bosId;
    if (config.eosIds.size() == 1) json["eos_token_id"] = config.eosIds.front();
    if (config.eosIds.size() > 1) json["eos_token_id"] = config.eosIds;
    if (config.padId) json["pad_token_id"] = *config.padId;
    return json;
}

}  // namespace

std::unique_ptr<Decoder> loadModel(const fs::path& folder, const Compute& compute,
                                   const ProgressFunction& progress, const std::stop_token& stop,
                                   const TrainedPart& part) {
    const ModelConfig config = readModelConfig(folder);
    const WeightFiles weights(folder);
    checkWeights(config, weights);
    return translateTorchErrors("loading a model", [&] {
        const at::NoGradGuard noGrad;
        auto model = std::make_unique<Decoder>(config, compute, part);
        Progress done{0, static_cast<std::int64_t>(model->parameters().size())};
        for (Parameter& parameter : model->parameters()) {
            throwIfStopped(stop);
            const Tensor stored = mapped(weights, storedName(config, weights, parameter.name));
            parameter.tensor.copy_(fromStored(stored, parameter.layout, config.headCount));
            ++done.done;
            if (progress) progress(done);
        }
        model->weightsChanged();
        return model;
    });
}

std::vector<std::string> parametersNotFinite(const Decoder& model) {
    const at::NoGradGuard noGrad;
    std::vector<std::string> names;
    for (const Parameter& parameter : model.parameters()) {
        if (!at::isfinite(parameter.tensor).all().item<bool>()) names.push_back(parameter.name);
    }
    return names;
}

void saveModel(const Decoder& model, const fs::path& folder, const SavedModelFacts& facts) {
    makeFolders(folder.parent_path());
    AtomicFolder destination(folder);
    const auto tensors = translateTorchErrors("saving a model", [&] { return tensorsToSave(model); });
    ModelConfig config = model.config();
    config.storedType = TensorType::Float32;
    writeJsonFile(destination.path() / "config.json", modelConfigJson(config));
    writeJsonFile(destination.path() / "generation_config.json", generationConfig(config));
    writeWeights(tensors, destination.path() / "model.safetensors");
    verifyWeights(tensors, destination.path() / "model.safetensors");
    if (!facts.tokenizerFolder.empty()) copyTokenizerFiles(facts.tokenizerFolder, destination.path());
    if (facts.promptTemplate) {
        writeFileAtomically(destination.path() / "prompt_template.json",
                            promptTemplateJson(*facts.promptTemplate));
    }
    if (!facts.card.empty()) writeFileAtomically(destination.path() / "README.md", facts.card);
    destination.commit();
}

std::optional<PromptTemplate> savedPromptTemplate(const fs::path& folder) {
    const fs::path file = folder / "prompt_template.json";
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return std::nullopt;
    return parsePromptTemplate(readFile(file), file.string());
}

}  // namespace studio
