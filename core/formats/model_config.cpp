// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_config.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/quoted.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kArchitecture = "LlamaForCausalLM";
constexpr const char* kModelType = "llama";

/// Bounds that no real model reaches. They keep a hostile config.json from costing time or memory before it
/// is refused.
constexpr std::int64_t kMostVocab = 2'000'000;
constexpr std::int64_t kMostHidden = 65'536;
constexpr std::int64_t kMostIntermediate = 524'288;
constexpr std::int64_t kMostLayers = 1'024;
constexpr std::int64_t kMostHeads = 1'024;
constexpr std::int64_t kMostHeadSize = 1'024;
constexpr std::int64_t kMostContext = 16'777'216;

struct SizeField {
    const char* key;
    std::int64_t ModelConfig::*member;
    std::int64_t maximum;
};
constexpr std::array<SizeField, 6> kRequired{
    {{"vocab_size", &ModelConfig::vocabSize, kMostVocab},
     {"hidden_size", &ModelConfig::hiddenSize, kMostHidden},
     {"intermediate_size", &ModelConfig::intermediateSize, kMostIntermediate},
     {"num_hidden_layers", &ModelConfig::layerCount, kMostLayers},
     {"num_attention_heads", &ModelConfig::headCount, kMostHeads},
     {"max_position_embeddings", &ModelConfig::contextLength, kMostContext}}};

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

/// Reads the fields of one config.json; collects what is wrong so that all of it is said at once.
class ConfigReader {
public:
    ConfigReader(const OrderedJson& json, std::string source) : m_json(json), m_source(std::move(source)) {}

    ModelConfig read() {
        if (!m_json.is_object()) fail("the file must hold a JSON object");
        checkArchitecture();
        refuseUnsupported();
        for (const SizeField& field : kRequired) size(field.key, field.maximum, m_config.*field.member);
        finishMissing();
        readHeads();
        readNumbers();
        readIds();
        throwIssues();
        m_config.raw = m_json;
        return std::move(m_config);
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw Error(ErrorCode::ModelConfigInvalid, m_source + ": " + what + ".",
                    "Get the model again, or choose another one.", {m_source});
    }

    [[noreturn]] void unsupported(const std::string& what, const std::string& name) const {
        throw Error(ErrorCode::ModelUnsupported, m_source + ": " + what + ".",
                    std::string("This version knows ") + kArchitecture +
                        " with plain rotary positions; choose such a model.",
                    {m_source, name, kArchitecture});
    }

    /// The field, or null where it is absent or null.
    const OrderedJson* find(const char* key) const { return findIn(m_json, key); }
    static const OrderedJson* findIn(const OrderedJson& object, const char* key) {
        const auto found = object.find(key);
        return found == object.end() || found->is_null() ? nullptr : &*found;
    }

    void issue(const std::string& text) { m_issues.push_back(text); }

    void throwIssues() const {
        if (m_issues.empty()) return;
        std::string all;
        for (const std::string& text : m_issues) all += (all.empty() ? "" : "; ") + text;
        fail(all);
    }

    void checkArchitecture() {
        const OrderedJson* list = find("architectures");
        const OrderedJson* type = find("model_type");
        if (list && (!list->is_array() || list->empty() || !list->front().is_string())) {
            fail("architectures must be a list of names");
        }
        if (type && !type->is_string()) fail("model_type must be a text");
        if (!list && !type)
            fail("architectures and model_type are missing, so it does not say what model this is");
        if (list && list->front() != kArchitecture) {
            unsupported(
                "the architecture " + inQuotes(list->front().get<std::string>()) + " is not supported",
                list->front().get<std::string>());
        }
        if (type && *type != kModelType) {
            unsupported("the model type " + inQuotes(type->get<std::string>()) + " is not supported",
                        type->get<std::string>());
        }
    }

    /// Features that would change the numbers if they were passed over.
    void refuseUnsupported() {
        if (find("quantization_config"))
            unsupported("quantized weights (quantization_config) are not supported", "quantization_config");
        if (const OrderedJson* act = find("hidden_act"); act && *act != "silu" && *act != "swish") {
            unsupported("the activation (hidden_act) " + inQuotes(act->dump()) + " is not supported",
                        "hidden_act");
        }
        for (const char* key : {"rope_scaling", "rope_parameters"}) {
            if (const OrderedJson* rope = find(key)) checkRope(key, *rope);
        }
        if (const OrderedJson* share = find("partial_rotary_factor"); share && *share != 1.0) {
            unsupported("partial rotary positions (partial_rotary_factor) are not supported",
                        "partial_rotary_factor");
        }
    }

    void checkRope(const std::string& key, const OrderedJson& rope) {
        if (!rope.is_object()) fail(key + " must be an object");
        const OrderedJson* type = findIn(rope, "rope_type");
        if (!type) type = findIn(rope, "type");
        if (!type && key == "rope_parameters") return;
        if (!type) fail(key + " does not say its rope_type");
        if (!type->is_string()) fail(key + ".rope_type must be a text");
        const auto& name = type->get_ref<const std::string&>();
        if (name != "default" && name != "none")
            unsupported("the rotary scaling (" + key + ") " + inQuotes(name) + " is not supported", name);
    }

    void size(const char* key, std::int64_t maximum, std::int64_t& value) {
        const OrderedJson* field = find(key);
        if (!field) {
            m_missing += (m_missing.empty() ? "" : ", ") + std::string(key);
        } else if (!field->is_number_integer()) {
            issue(std::string(key) + " must be a whole number, but is " + field->dump());
        } else if (field->is_number_unsigned() &&
                   field->get<std::uint64_t>() > static_cast<std::uint64_t>(maximum)) {
            issue(std::string(key) + " is " + field->dump() + ", above the " + std::to_string(maximum) +
                  " that this program takes");
        } else if (field->get<std::int64_t>() < 1) {
            issue(std::string(key) + " must be at least 1, but is " + field->dump());
        } else {
            value = field->get<std::int64_t>();
        }
    }

    void finishMissing() {
        if (!m_missing.empty()) m_issues.insert(m_issues.begin(), "these fields are missing: " + m_missing);
    }

    void readHeads() {
        if (find("num_key_value_heads")) {
            size("num_key_value_heads", kMostHeads, m_config.keyValueHeadCount);
        } else {
            m_config.keyValueHeadCount = m_config.headCount;
        }
        if (find("head_dim")) size("head_dim", kMostHeadSize, m_config.headSize);
        if (m_config.hiddenSize == 0 || m_config.headCount == 0) return;  // said already
        const std::string heads = std::to_string(m_config.headCount);
        if (m_config.hiddenSize % m_config.headCount != 0) {
            issue("hidden_size " + std::to_string(m_config.hiddenSize) +
                  " is not divisible by num_attention_heads " + heads);
            return;
        }
        if (!find("head_dim")) m_config.headSize = m_config.hiddenSize / m_config.headCount;
        if (m_config.headSize % 2 != 0) {
            issue("head_dim is " + std::to_string(m_config.headSize) +
                  ", but rotary positions need an even number");
        }
        if (m_config.keyValueHeadCount != 0 && m_config.headCount % m_config.keyValueHeadCount != 0) {
            issue("num_attention_heads " + heads + " is not divisible by num_key_value_heads " +
                  std::to_string(m_config.keyValueHeadCount));
        }
    }

    void real(const OrderedJson& object, const char* key, double& value) {
        const OrderedJson* field = findIn(object, key);
        if (!field) return;
        if (!field->is_number() || !(field->get<double>() > 0.0)) {
            issue(std::string(key) + " must be a number above 0, but is " + inQuotes(field->dump()));
        } else {
            value = field->get<double>();
        }
    }

    void toggle(const char* key, bool& value) {
        const OrderedJson* field = find(key);
        if (!field) return;
        if (field->is_boolean()) {
            value = field->get<bool>();
        } else {
            issue(std::string(key) + " must be true or false, but is " + inQuotes(field->dump()));
        }
    }

    void readNumbers() {
        m_config.normEpsilon = 1e-6;  // what Transformers assumes where the file does not say
        real(m_json, "rms_norm_eps", m_config.normEpsilon);
        real(m_json, "rope_theta", m_config.ropeTheta);
        if (const OrderedJson* rope = find("rope_parameters")) real(*rope, "rope_theta", m_config.ropeTheta);
        real(m_json, "initializer_range", m_config.initializerRange);
        toggle("tie_word_embeddings", m_config.tiedEmbeddings);
        toggle("attention_bias", m_config.attentionBias);
        toggle("mlp_bias", m_config.mlpBias);
        const OrderedJson* dtype = find("dtype");
        if (!dtype) dtype = find("torch_dtype");
        if (dtype) readDtype(*dtype);
    }

    void readDtype(const OrderedJson& dtype) {
        const std::string name = dtype.is_string() ? dtype.get<std::string>() : dtype.dump();
        const auto row = std::find_if(kDtypes.begin(), kDtypes.end(),
                                      [&](const DtypeName& known) { return name == known.name; });
        if (row == kDtypes.end())
            unsupported("the number format (torch_dtype) " + inQuotes(name) + " is not supported", name);
        m_config.storedType = row->type;
    }

    /// A token id must name a row of the embedding. -1 is an old way of saying "none" for the padding.
    std::optional<std::int64_t> id(const char* key, const OrderedJson& json) {
        if (json.is_number_integer()) {
            const bool huge = json.is_number_unsigned() &&
                              json.get<std::uint64_t>() > static_cast<std::uint64_t>(kMostVocab);
            const std::int64_t value = huge ? kMostVocab : json.get<std::int64_t>();
            if (value >= 0 && (m_config.vocabSize == 0 || value < m_config.vocabSize)) return value;
            issue(std::string(key) + " is " + json.dump() + ", outside the vocabulary of " +
                  std::to_string(m_config.vocabSize) + " tokens");
        } else {
            issue(std::string(key) + " must be a token number, but is " + inQuotes(json.dump()));
        }
        return std::nullopt;
    }

    void readIds() {
        if (const OrderedJson* bos = find("bos_token_id")) m_config.bosId = id("bos_token_id", *bos);
        if (const OrderedJson* pad = find("pad_token_id"); pad && *pad != -1)
            m_config.padId = id("pad_token_id", *pad);
        const OrderedJson* eos = find("eos_token_id");
        if (!eos) return;
        const OrderedJson list = eos->is_array() ? *eos : OrderedJson::array({*eos});
        constexpr std::size_t kMostEosIds = 64;
        if (list.size() > kMostEosIds) {
            issue("eos_token_id lists more than " + std::to_string(kMostEosIds) + " tokens");
            return;
        }
        for (const OrderedJson& one : list) {
            if (const auto value = id("eos_token_id", one)) m_config.eosIds.push_back(*value);
        }
    }

    const OrderedJson& m_json;
    std::string m_source;
    ModelConfig m_config;
    std::string m_missing;
    std::vector<std::string> m_issues;
};

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

ModelConfig parseModelConfig(const OrderedJson& json, const std::string& source) {
    return ConfigReader(json, source).read();
}

ModelConfig readModelConfig(const fs::path& folder) {
    const fs::path path = folder / "config.json";
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        throw Error(ErrorCode::ModelConfigInvalid, "There is no config.json in " + folder.string() + ".",
                    "Choose a model folder in the Hugging Face layout.", {path.string()});
    }
    OrderedJson json;
    try {
        json = readJsonFile(path);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::FileUnreadable) throw;
        throw Error(ErrorCode::ModelConfigInvalid, error.cause(),
                    "Get the model again, or choose another one.", {path.string()});
    }
    return parseModelConfig(json, path.string());
}

OrderedJson modelConfigJson(const ModelConfig& config) {
    OrderedJson json = config.raw.is_object() ? config.raw : OrderedJson::object();
    json["architectures"] = OrderedJson::array({config.architecture});
    json["model_type"] = config.modelType;
    for (const SizeField& field : kRequired) json[field.key] = config.*field.member;
    json["num_key_value_heads"] = config.keyValueHeadCount;
    json["head_dim"] = config.headSize;
    json["hidden_act"] = "silu";
    json["rms_norm_eps"] = config.normEpsilon;
    const bool newRope = json.contains("rope_parameters") && json["rope_parameters"].is_object();
    if (newRope) json["rope_parameters"]["rope_theta"] = config.ropeTheta;
    if (!newRope || json.contains("rope_theta")) json["rope_theta"] = config.ropeTheta;
    json["tie_word_embeddings"] = config.tiedEmbeddings;
    json["attention_bias"] = config.attentionBias;
    json["mlp_bias"] = config.mlpBias;
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
