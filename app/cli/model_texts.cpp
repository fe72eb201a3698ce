// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/model_texts.h"

#include <algorithm>

#include "app/cli/run_texts.h"
#include "core/base/error.h"
#include "core/formats/model_family.h"
#include "core/formats/own_template.h"
#include "core/tokenizer/chat_template_files.h"

namespace studio {

namespace {

OrderedJson orNull(const std::string& text) {
    return text.empty() ? OrderedJson() : OrderedJson(text);
}

OrderedJson useJson(const UseForecast& use) {
    const MemoryEstimate& memory = use.memory;
    return {{"bytes", memory.total()},       {"fit", memoryFitName(use.fit)},
            {"weights", memory.weights},     {"gradients", memory.gradients},
            {"optimizer", memory.optimizer}, {"activations", memory.activations},
            {"program", memory.program}};
}

/// What an adapter has in the place of a model's sizes. The patterns are there where they say something.
OrderedJson adapterJson(const AdapterSummary& adapter) {
    OrderedJson json{{"base", adapter.base.string()}, {"rank", adapter.config.rank},
                     {"alpha", adapter.config.alpha}, {"rank_stabilized", adapter.config.rankStabilized},
                     {"targets", adapter.targets},    {"parameters", adapter.parameters},
                     {"weight_bytes", adapter.bytes}};
    if (!adapter.config.ranks.empty()) json["rank_pattern"] = adapter.config.ranks.json();
    if (!adapter.config.alphas.empty()) json["alpha_pattern"] = adapter.config.alphas.json();
    return json;
}

/// The file that could not be read as a template, as it is called in the model's folder.
std::string fileOf(const Error& problem, const std::filesystem::path& folder) {
    const std::filesystem::path tried = problem.args().empty() ? "" : problem.args().front();
    const std::string name = tried.lexically_relative(folder).string();
    return name.empty() || name.starts_with("..") ? kTokenizerConfigFile : name;
}

/// That a blank file counts for nothing here is worth a word: other programs take it before the other one.
void addBlankTemplate(const std::filesystem::path& folder, const std::vector<ChatTemplateSource>& found,
                      const std::string& shown, std::vector<std::string>& problems) {
    const std::filesystem::path file = folder / kChatTemplateFile;
    const auto isThatFile = [&](const ChatTemplateSource& one) { return one.file == file; };
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored) ||
        std::any_of(found.begin(), found.end(), isThatFile))
        return;
    problems.push_back(file.string() + " is blank; the chat template of " + shown +
                       " is used. Remove the blank file: other programs may take it for the template.");
}

OrderedJson chatTemplateJson(const std::filesystem::path& folder, std::vector<std::string>& problems) {
    OrderedJson json;
    try {
        const std::vector<ChatTemplateSource> found = chatTemplateSources(folder);
        if (found.empty()) return json;
        const auto isDefault = [](const ChatTemplateSource& one) { return one.name == kDefaultChatTemplate; };
        const auto usual = std::find_if(found.begin(), found.end(), isDefault);
        const ChatTemplateSource& shown = usual == found.end() ? found.front() : *usual;
        const std::string source = shown.file.lexically_relative(folder).string();
        json["source"] = source;
        addBlankTemplate(folder, found, source, problems);
        if (found.size() > 1)
            for (const ChatTemplateSource& one : found) json["names"].push_back(one.name);
        loadChatTemplate(folder);
    } catch (const Error& problem) {
        problems.emplace_back(problem.what());
        if (json.is_null()) json["source"] = fileOf(problem, folder);
    }
    return json;
}

/// Those of config.json and of generation_config.json, each once.
std::vector<std::int64_t> answerEnds(const ModelConfig& config) {
    std::vector<std::int64_t> ends = config.eosIds;
    for (const std::int64_t id : config.answerEndIds)
        if (std::find(ends.begin(), ends.end(), id) == ends.end()) ends.push_back(id);
    return ends;
}

}  // namespace

OrderedJson summaryJson(const ModelSummary& model) {
    const ModelConfig& config = model.config;
    const auto optionalId = [](const std::optional<std::int64_t>& id) {
        return id ? OrderedJson(*id) : OrderedJson();
    };
    return {{"name", model.name},
            {"folder", model.folder.string()},
            {"architecture", config.architecture},
            {"model_type", config.family().modelType},
            {"parameters", config.parameterCount()},
            {"vocab_size", config.vocabSize},
            {"hidden_size", config.hiddenSize},
            {"intermediate_size", config.intermediateSize},
            {"layers", config.layerCount},
            {"heads", config.headCount},
            {"key_value_heads", config.keyValueHeadCount},
            {"head_size", config.headSize},
            {"context_length", config.contextLength},
            {"rope_theta", config.ropeTheta},
            {"norm_epsilon", config.normEpsilon},
            {"tied_embeddings", config.tiedEmbeddings},
            {"bos_id", optionalId(config.bosId)},
            {"eos_ids", answerEnds(config)},
            {"pad_id", optionalId(config.padId)},
            {"stored_type", tensorTypeName(model.storedType)},
            {"weight_bytes", model.weightBytes},
            {"tokenizer", model.tokenizerKind},
            {"has_prompt_template", model.hasPromptTemplate}};
}

OrderedJson templatesJson(const std::filesystem::path& folder, std::vector<std::string>& problems) {
    OrderedJson json;
    json["chat_template"] = chatTemplateJson(folder, problems);
    json["prompt_template"] = nullptr;
    try {
        if (const auto own = ownTemplate(folder)) json["prompt_template"] = own->name;
    } catch (const Error& problem) {
        problems.emplace_back(problem.what());
    }
    return json;
}

std::string chatTemplateText(const OrderedJson& chatTemplate) {
    if (chatTemplate.is_null()) return {};
    std::string text = chatTemplate.at("source").get<std::string>(), names;
    if (!chatTemplate.contains("names")) return text;
    for (const OrderedJson& name : chatTemplate["names"])
        names += (names.empty() ? "" : ", ") + name.get<std::string>();
    return text + " (" + names + ")";
}

std::optional<ModelForecast> forecastOf(const ModelEntry& model, const ForecastLoad& load,
                                        const MemoryDevice& device) {
    if (model.summary) return forecastMemory(model.summary->config, load, device);
    if (!model.adapter) return std::nullopt;
    return forecastAdapter(model.adapter->baseConfig, model.adapter->held, load, device);
}

OrderedJson forecastJson(const ModelForecast& forecast, const MemoryDevice& device) {
    return {{"device", device.name},
            {"free_bytes", device.freeBytes > 0 ? OrderedJson(device.freeBytes) : OrderedJson()},
            {"length", forecast.length},
            {"answering", useJson(forecast.answering)},
            {"lora", forecast.trains ? useJson(forecast.lora) : OrderedJson()},
            {"full", forecast.trains ? useJson(forecast.full) : OrderedJson()}};
}

OrderedJson modelEntryJson(const ModelEntry& model, const ForecastLoad& load,
                           const std::vector<MemoryDevice>& devices) {
    OrderedJson json{
        {"name", model.name()},
        {"folder", model.folder.string()},
        {"origin", modelOriginName(model.origin)},
        {"made_from", orNull(model.madeFrom.string())},
        {"problem", model.problem ? OrderedJson(withCommand(*model.problem).what()) : OrderedJson()},
        {"licence", orNull(model.licence.name)},
        {"licence_file", orNull(model.licence.file)}};
    const bool known = model.summary.has_value();
    const auto add = [&](const char* key, const OrderedJson& value) {
        json[key] = known ? value : OrderedJson();
    };
    const ModelSummary summary = known ? *model.summary : ModelSummary();
    const ModelConfig& config = summary.config;
    add("family", known ? config.family().title : "");
    add("architecture", config.architecture);
    add("parameters", known ? config.parameterCount() : 0);
    add("context_length", config.contextLength);
    add("stored_type", tensorTypeName(summary.storedType));
    add("weight_bytes", summary.weightBytes);
    add("tokenizer", orNull(summary.tokenizerKind));
    add("has_prompt_template", summary.hasPromptTemplate);
    add("has_chat_template", model.hasChatTemplate);
    json["adapter"] = model.adapter ? adapterJson(*model.adapter) : OrderedJson();
    json["forecast"] = OrderedJson::array();
    for (const MemoryDevice& device : devices)
        if (const auto need = forecastOf(model, load, device))
            json["forecast"].push_back(forecastJson(*need, device));
    return json;
}

std::vector<std::string> modelEntryRow(const ModelEntry& model, const std::optional<ModelForecast>& need) {
    std::string family, weights, answering, lora, full;
    if (model.summary) {
        family = model.summary->config.family().title;
        weights = parameterText(model.summary->config.parameterCount());
    } else if (model.adapter) {
        family = model.adapter->family;
        weights = parameterText(model.adapter->parameters);
    }
    if (need) answering = shortNeedText(need->answering);
    if (need && need->trains) {
        lora = shortNeedText(need->lora);
        full = shortNeedText(need->full);
    }
    std::vector<std::string> row{
        model.name(), originText(model), family, weights, licenceText(model.licence), answering, lora, full};
    for (std::string& text : row)
        if (text.empty()) text = "–";
    return row;
}

std::string originText(const ModelEntry& model) {
    return std::string(modelOriginName(model.origin)) + (model.isAdapter ? ", adapter" : "");
}

std::string parameterText(std::int64_t count) {
    const auto number = static_cast<double>(count);
    if (count >= 1'000'000'000) return numberText(number / 1e9, 2) + " B";
    if (count >= 1'000'000) return numberText(number / 1e6, count >= 10'000'000 ? 0 : 2) + " M";
    return numberText(number / 1e3, 0) + " K";
}

std::string needText(const UseForecast& use) {
    std::string bytes = numberText(static_cast<double>(use.memory.total()) / 1e9, 1) + " GB";
    switch (use.fit) {
        case MemoryFit::Fits:
            return bytes + ", fits";
        case MemoryFit::Tight:
            return bytes + ", tight";
        case MemoryFit::TooLarge:
            return bytes + ", does not fit";
        case MemoryFit::Unknown:
            break;
    }
    return bytes;
}

std::string shortNeedText(const UseForecast& use) {
    const std::string bytes = numberText(static_cast<double>(use.memory.total()) / 1e9, 1) + " GB";
    if (use.fit == MemoryFit::Tight) return bytes + ", tight";
    return use.fit == MemoryFit::TooLarge ? bytes + ", too much" : bytes;
}

std::string licenceText(const ModelLicence& licence) {
    if (!licence.name.empty() || licence.file.empty()) return licence.name;
    return "see " + licence.file;
}

}  // namespace studio
