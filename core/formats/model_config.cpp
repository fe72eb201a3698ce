// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_config.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/config_fields.h"
#include "core/formats/model_family.h"
#include "core/formats/quoted.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

struct DtypeName {
    const char* name;
    TensorType type;
};
constexpr std::array<DtypeName, 3> kDtypes{
    {{"float32", TensorType::Float32}, {"float16", TensorType::Float16}, {"bfloat16", TensorType::BFloat16}}};

const char* dtypeName(TensorType type) {
    return std::find_if(kDtypes.begin(), kDtypes.end(),
                        [&](const DtypeName& row) { return row.type == type; })
        ->name;
}

std::string dtypeNames() {
    std::vector<OrderedJson> names;
    for (const DtypeName& row : kDtypes) names.emplace_back(row.name);
    return ConfigFields::anyOf(names);
}

void readDtype(ConfigFields& fields, ModelConfig& config) {
    const char* key = fields.find("dtype") ? "dtype" : "torch_dtype";
    const OrderedJson* dtype = fields.find(key);
    if (!dtype) return;
    const std::string name = dtype->is_string() ? dtype->get<std::string>() : dtype->dump();
    const auto row = std::find_if(kDtypes.begin(), kDtypes.end(),
                                  [&](const DtypeName& known) { return name == known.name; });
    if (row == kDtypes.end())
        fields.unsupported("the number format (" + std::string(key) + ") " + ConfigFields::shown(*dtype) +
                               " is not supported",
                           name, std::string(key) + " can be " + dtypeNames() + "; choose such a model.");
    config.storedType = row->type;
}

/// eos_token_id: one id or a list.
std::vector<std::int64_t> endIds(ConfigFields& fields, std::int64_t vocabSize) {
    const OrderedJson* eos = fields.find("eos_token_id");
    if (!eos) return {};
    const OrderedJson list = eos->is_array() ? *eos : OrderedJson::array({*eos});
    constexpr std::size_t kMostEosIds = 64;
    std::vector<std::int64_t> ids;
    if (list.size() > kMostEosIds) {
        fields.issue("eos_token_id lists more than " + std::to_string(kMostEosIds) + " tokens");
        return ids;
    }
    for (const OrderedJson& one : list)
        if (const auto value = fields.id("eos_token_id", one, vocabSize)) ids.push_back(*value);
    return ids;
}

void readIds(ConfigFields& fields, ModelConfig& config) {
    const auto id = [&](const char* key, const OrderedJson& json) {
        return fields.id(key, json, config.vocabSize);
    };
    if (const OrderedJson* bos = fields.find("bos_token_id")) config.bosId = id("bos_token_id", *bos);
    // -1 is an old way of saying "none" for the padding.
    if (const OrderedJson* pad = fields.find("pad_token_id"); pad && *pad != -1)
        config.padId = id("pad_token_id", *pad);
    config.eosIds = endIds(fields, config.vocabSize);
}

OrderedJson readConfigJson(const fs::path& path) {
    try {
        return readJsonFile(path);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::FileUnreadable) throw;
        throw Error(ErrorCode::ModelConfigInvalid, error.cause(),
                    "Get the model again, or choose another one.", {path.string()});
    }
}

[[noreturn]] void refuseModelType(const ModelFamily& family, const std::string& modelType,
                                  const std::string& source) {
    throw Error(ErrorCode::ModelUnsupported,
                source + ": the model type " + inQuotes(modelType) +
                    " is not supported with the architecture " + family.architecture + ".",
                std::string("The model type of ") + family.architecture + " is " +
                    inQuotes(family.modelType) + "; correct what is wrong, or choose another model.",
                {source, "model_feature", modelType, knownArchitectures()});
}

/// By "architectures", or where that is missing by "model_type"; both must mean the same.
const ModelFamily& familyIn(const ConfigFields& fields, const std::string& source) {
    const OrderedJson* list = fields.find("architectures");
    const OrderedJson* type = fields.find("model_type");
    if (list && (!list->is_array() || list->empty() || !list->front().is_string()))
        fields.fail("architectures must be a list of names");
    if (type && !type->is_string()) fields.fail("model_type must be a text");
    if (!list && !type)
        fields.fail("architectures and model_type are missing, so it does not say what model this is");
    const std::string architecture = list ? list->front().get<std::string>() : "";
    const std::string modelType = type ? type->get<std::string>() : "";
    const ModelFamily* family = list ? familyOf(architecture) : familyOfType(modelType);
    if (list && !family)
        fields.unsupportedArchitecture("the architecture " + inQuotes(architecture) + " is not supported",
                                       architecture);
    if (!family)
        fields.unsupportedArchitecture("the model type " + inQuotes(modelType) + " is not supported",
                                       modelType);
    if (type && modelType != family->modelType) refuseModelType(*family, modelType, source);
    return *family;
}

/// Whole numbers outside the vocabulary, which small models of a published kind often have from their larger
/// sisters, end nothing. Anything else is as wrong as in config.json: the answer would have no end.
OrderedJson endsOfVocabulary(const OrderedJson& json, std::int64_t vocabulary) {
    const auto isOutside = [&](const OrderedJson& id) {
        if (id.is_number_unsigned()) return id.get<std::uint64_t>() >= static_cast<std::uint64_t>(vocabulary);
        return id.is_number_integer();
    };
    const OrderedJson* ends = ConfigFields::findIn(json, "eos_token_id");
    if (!ends) return json;
    OrderedJson kept = json;
    if (!ends->is_array()) {
        if (isOutside(*ends)) kept["eos_token_id"] = nullptr;
        return kept;
    }
    kept["eos_token_id"] = OrderedJson::array();
    for (const OrderedJson& id : *ends)
        if (!isOutside(id)) kept["eos_token_id"].push_back(id);
    return kept;
}

std::vector<std::int64_t> answerEnds(const fs::path& folder, std::int64_t vocabulary) {
    const fs::path path = folder / "generation_config.json";
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return {};
    const OrderedJson written = readConfigJson(path);
    if (!written.is_object()) ConfigFields(written, path.string()).fail("the file must hold a JSON object");
    const OrderedJson json = endsOfVocabulary(written, vocabulary);
    ConfigFields fields(json, path.string());
    std::vector<std::int64_t> ids = endIds(fields, vocabulary);
    fields.finish();
    return ids;
}

OrderedJson idsJson(const std::vector<std::int64_t>& ids) {
    if (ids.empty()) return nullptr;
    if (ids.size() == 1) return ids.front();
    return ids;
}

/// Sets a token id; one that the model has not is left out unless the file spelled it.
void setId(OrderedJson& json, const char* key, const OrderedJson& value) {
    if (!value.is_null() || json.contains(key)) json[key] = value;
}

}  // namespace

const ModelFamily& ModelConfig::family() const {
    const ModelFamily* family = familyOf(architecture);
    if (!family) throw Error(ErrorCode::Internal, "There is no architecture " + architecture + ".", "");
    return *family;
}

ModelConfig parseModelConfig(const OrderedJson& json, const std::string& source) {
    ConfigFields fields(json, source);
    if (!json.is_object()) fields.fail("the file must hold a JSON object");
    const ModelFamily& family = familyIn(fields, source);
    for (const char* key : {"quantization_config", "quantization", "compression_config"})
        if (fields.find(key))
            fields.unsupported("quantized weights (" + std::string(key) + ") are not supported", key,
                               "Choose the model as it was before it was quantized.");
    ModelConfig config;
    config.architecture = family.architecture;
    family.read(fields, config);
    fields.real("initializer_range", config.initializerRange);
    readDtype(fields, config);
    readIds(fields, config);
    fields.finish();
    config.raw = json;
    return config;
}

void checkHoldsModel(const fs::path& folder) {
    std::error_code ignored;
    if (fs::exists(folder / "config.json", ignored)) return;
    if (fs::exists(folder / "adapter_config.json", ignored)) {
        throw Error(ErrorCode::ModelConfigInvalid,
                    folder.string() + " holds a LoRA adapter and no model (config.json).",
                    "Choose the adapter's base model, and this folder as the adapter beside it.",
                    {folder.string(), "adapter_not_model"});
    }
    throw Error(ErrorCode::ModelConfigInvalid, "There is no config.json in " + folder.string() + ".",
                "Choose a model folder in the Hugging Face layout.", {folder.string(), "no_config"});
}

ModelConfig readModelConfig(const fs::path& folder) {
    checkHoldsModel(folder);
    const fs::path path = folder / "config.json";
    ModelConfig config = parseModelConfig(readConfigJson(path), path.string());
    config.answerEndIds = answerEnds(folder, config.vocabSize);
    return config;
}

OrderedJson modelConfigJson(const ModelConfig& config) {
    OrderedJson json = config.raw.is_object() ? config.raw : OrderedJson::object();
    json["architectures"] = OrderedJson::array({config.architecture});
    json["model_type"] = config.family().modelType;
    config.family().write(config, json);
    json["tie_word_embeddings"] = config.tiedEmbeddings;
    json["initializer_range"] = config.initializerRange;
    setId(json, "bos_token_id", config.bosId ? OrderedJson(*config.bosId) : OrderedJson(nullptr));
    setId(json, "eos_token_id", idsJson(config.eosIds));
    setId(json, "pad_token_id", config.padId ? OrderedJson(*config.padId) : OrderedJson(nullptr));
    const bool newDtype = json.contains("dtype");
    if (newDtype) json["dtype"] = dtypeName(config.storedType);
    if (!newDtype || json.contains("torch_dtype")) json["torch_dtype"] = dtypeName(config.storedType);
    return json;
}

}  // namespace studio
