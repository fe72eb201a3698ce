// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/model_io.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/stored_tensors.h"
#include "core/checkpoint/weight_layouts.h"
#include "core/checkpoint/weight_writer.h"
#include "core/formats/chat_templates.h"
#include "core/formats/json.h"
#include "core/formats/weight_files.h"
#include "core/formats/weight_names.h"
#include "core/text/prompt_jinja.h"
#include "core/tokenizer/tokenizer.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

/// Into the model. Else than by and by all of the file would stand in the memory beside the model, as long as
/// this goes on, and of a large vocabulary a good part of it.
void copyStored(const WeightFiles& weights, const std::string& name, Parameter& parameter,
                std::int64_t heads) {
    constexpr std::int64_t kNumbersAtOnce = 1 << 19;
    const Tensor stored = fromStored(storedTensor(weights, name), parameter.layout, heads);
    const std::int64_t rows = stored.dim() > 1 ? stored.size(0) : 1;
    const std::int64_t atOnce = std::max<std::int64_t>(1, kNumbersAtOnce / (stored.numel() / rows));
    if (parameter.layout != WeightLayout::Plain || rows <= atOnce) {
        parameter.tensor.copy_(stored);
        return weights.letGo(name);
    }
    for (std::int64_t row = 0; row < rows; row += atOnce) {
        const std::int64_t count = std::min(atOnce, rows - row);
        parameter.tensor.narrow(0, row, count).copy_(stored.narrow(0, row, count));
        weights.letGo(name);
    }
}

/// One more token that ends answers.
void addEnd(OrderedJson& json, std::int64_t id) {
    OrderedJson& ends = json["eos_token_id"];
    OrderedJson list = ends.is_array() ? ends : OrderedJson::array();
    if (ends.is_number_integer()) list.push_back(ends);
    if (std::find(list.begin(), list.end(), OrderedJson(id)) == list.end()) list.push_back(id);
    ends = list.size() == 1 ? list.front() : list;
}

/// What the base model's own says of generation is kept, with the ids that end answers; the other ids are
/// the configuration's.
OrderedJson generationConfig(const ModelConfig& config, const SavedModelFacts& facts) {
    const fs::path& base = facts.tokenizerFolder;
    OrderedJson json = OrderedJson::object();
    std::error_code ignored;
    if (const fs::path file = base / "generation_config.json"; !base.empty() && fs::exists(file, ignored)) {
        json = readJsonFile(file);
        if (!json.is_object()) json = OrderedJson::object();
    }
    if (config.bosId) json["bos_token_id"] = *config.bosId;
    const bool says = json.contains("eos_token_id") && !json["eos_token_id"].is_null();
    if (!config.eosIds.empty() && !says)
        json["eos_token_id"] =
            config.eosIds.size() == 1 ? OrderedJson(config.eosIds.front()) : OrderedJson(config.eosIds);
    if (config.padId) json["pad_token_id"] = *config.padId;
    // One beyond the vocabulary ends nothing.
    if (facts.endId && *facts.endId < config.vocabSize) addEnd(json, *facts.endId);
    return json;
}

/// Expects weights that were checked.
std::unique_ptr<Decoder> loaded(const ModelConfig& config, const WeightFiles& weights, const Compute& compute,
                                const TrainedPart& part, const ProgressFunction& progress,
                                const std::stop_token& stop) {
    return translateTorchErrors("loading a model", [&] {
        const at::NoGradGuard noGrad;
        auto model = std::make_unique<Decoder>(config, compute, part);
        Progress done{0, static_cast<std::int64_t>(model->parameters().size())};
        for (Parameter& parameter : model->parameters()) {
            throwIfStopped(stop);
            copyStored(weights, storedName(config, weights, parameter.name), parameter, config.headCount);
            ++done.done;
            if (progress) progress(done);
        }
        model->weightsChanged();
        return model;
    });
}

}  // namespace

std::unique_ptr<Decoder> loadModel(const fs::path& folder, const Compute& compute,
                                   const ProgressFunction& progress, const std::stop_token& stop,
                                   const TrainedPart& part) {
    const ModelConfig config = readModelConfig(folder);
    const WeightFiles weights(folder);
    checkWeights(config, weights);
    return loaded(config, weights, compute, part, progress, stop);
}

std::unique_ptr<Decoder> loadModelToAnswer(const fs::path& folder, const Compute& compute,
                                           const ProgressFunction& progress, const std::stop_token& stop) {
    const ModelConfig config = readModelConfig(folder);
    const WeightFiles weights(folder);
    checkWeights(config, weights);
    TrainedPart nothing;
    nothing.answersFrom = matrixType(config, weights);
    return loaded(config, weights, compute, nothing, progress, stop);
}

std::vector<std::string> parametersNotFinite(const Decoder& model) {
    const at::NoGradGuard noGrad;
    std::vector<std::string> names;
    for (const Parameter& parameter : model.parameters()) {
        if (!at::isfinite(parameter.tensor).all().item<bool>()) names.push_back(parameter.name);
    }
    return names;
}

std::vector<std::string> saveModel(const Decoder& model, const fs::path& folder, const SavedModelFacts& facts,
                                   TensorType type, const ProgressFunction& progress,
                                   const std::stop_token& stop) {
    makeFolders(folder.parent_path());
    AtomicFolder destination(folder);
    ModelConfig config = model.config();
    config.storedType = type;
    writeJsonFile(destination.path() / "config.json", modelConfigJson(config));
    writeJsonFile(destination.path() / "generation_config.json", generationConfig(config, facts));
    std::vector<std::string> notFinite =
        writeWeights(model, type, destination.path() / "model.safetensors", progress, stop);
    checkWeights(config, WeightFiles(destination.path()));  // as any reader opens it
    writeFacts(facts, destination.path());
    throwIfStopped(stop);
    destination.commit();
    return notFinite;
}

void writeFacts(const SavedModelFacts& facts, const fs::path& folder) {
    if (!facts.tokenizerFolder.empty()) copyTokenizerFiles(facts.tokenizerFolder, folder);
    if (facts.promptTemplate) {
        writeFileAtomically(folder / kPromptTemplateFile, promptTemplateJson(*facts.promptTemplate));
        // Other programs would ask in the base's format else, which is no longer the model's.
        if (hasChatTemplate(folder) && !facts.promptTemplate->isChat()) {
            std::error_code ignored;
            fs::remove_all(folder / kMoreChatTemplates, ignored);
            writeFileAtomically(folder / kChatTemplateFile, chatTemplateOf(*facts.promptTemplate));
        }
    }
    if (!facts.card.empty()) writeFileAtomically(folder / "README.md", facts.card);
}

}  // namespace studio
