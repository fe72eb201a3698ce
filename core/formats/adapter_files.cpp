// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/adapter_files.h"

#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/formats/adapter_targets.h"
#include "core/formats/config_fields.h"
#include "core/formats/name_pattern.h"
#include "core/formats/pytorch_file.h"
#include "core/formats/quoted.h"
#include "core/formats/shape_fields.h"
#include "core/formats/weight_names.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr const char* kPrefix = "base_model.model.";
constexpr const char* kDown = ".lora_A.weight";
constexpr const char* kUp = ".lora_B.weight";
constexpr std::int64_t kMostRank = 4096;
/// More than any model has projections that are named one by one.
constexpr std::size_t kMostPatterns = 16'384;
constexpr std::size_t kMostIssues = 8;  ///< that are said of one pattern
constexpr const char* kNextStep = "Correct it there, or get the adapter again.";

[[noreturn]] void unsupported(const std::string& source, const std::string& what, const std::string& field) {
    throw Error(ErrorCode::ModelUnsupported, source + ": " + what + " (" + field + ") is not supported.",
                "This version reads LoRA adapters of PEFT without it; choose another adapter.",
                {source, "adapter_field", field});
}

bool isNone(const OrderedJson& json, const char* field) {
    const OrderedJson* value = ConfigFields::findIn(json, field);
    return !value || *value == false || ((value->is_object() || value->is_array()) && value->empty());
}

/// Some ways to begin (PiSSA, OLoRA, LoftQ, CorDA) take their beginning out of the base's weights: such an
/// adapter belongs to weights that nobody has stored.
void refuseChangedBase(const OrderedJson& json, const std::string& source) {
    const OrderedJson* how = ConfigFields::findIn(json, "init_lora_weights");
    const bool keepsBase =
        !how || how->is_boolean() || *how == "gaussian" || *how == "eva" || *how == "orthogonal";
    if (!keepsBase)
        unsupported(source,
                    "an adapter that began by changing the base's weights, " + ConfigFields::shown(*how),
                    "init_lora_weights");
}

/// A switch that is neither on nor off: "false" in quotes, which other programs take for on.
bool isQuotedSwitch(const std::string& field, const OrderedJson& value) {
    return value.is_string() && (field.starts_with("use_") || field == "lora_bias");
}

/// Fields that must be absent, null, false, empty or say "none".
void refuseOthers(ConfigFields& fields, const std::string& source) {
    const OrderedJson& json = fields.json();
    for (const auto& [field, value] : json.items()) {
        bool unused = false;
        if (field != "use_rslora" && isQuotedSwitch(field, value)) fields.toggle(field.c_str(), unused);
    }
    const auto isOn = [&](const std::string& field) {
        return !isNone(json, field.c_str()) && !isQuotedSwitch(field, json[field]);
    };
    struct Other {
        const char* field;
        const char* what;
    };
    static constexpr Other kOthers[] = {{"use_dora", "DoRA"},
                                        {"use_qalora", "QALoRA"},
                                        {"modules_to_save", "whole trained modules"},
                                        {"trainable_token_indices", "trained tokens"},
                                        {"target_parameters", "adapters of single parameters"},
                                        {"lora_bias", "biases of adapters"},
                                        {"layer_replication", "replicated layers"},
                                        {"megatron_config", "Megatron's layers"},
                                        {"alora_invocation_tokens", "activated LoRA"},
                                        {"arrow_config", "a router between adapters"}};
    for (const Other& other : kOthers)
        if (isOn(other.field)) unsupported(source, other.what, other.field);
    // Variants of LoRA that later versions of PEFT have are switched on by such a field.
    for (const auto& [field, value] : json.items())
        if (field.starts_with("use_") && field != "use_rslora" && isOn(field))
            unsupported(source, "a variant of LoRA", field);
    refuseChangedBase(json, source);
    const OrderedJson* bias = ConfigFields::findIn(json, "bias");
    if (bias && *bias != "none") unsupported(source, "a trained bias", "bias");
    const OrderedJson* type = ConfigFields::findIn(json, "peft_type");
    if (!type || *type != "LORA")
        unsupported(source,
                    "the method " + (type ? ConfigFields::shown(*type) : std::string("of the adapter")),
                    "peft_type");
}

[[noreturn]] void throwMismatch(const WeightFile& weights, const std::string& what,
                                const std::string& tensor) {
    throw Error(ErrorCode::WeightsInvalid, weights.path().string() + ": " + what + ".",
                "Choose the model that the adapter was made for, or get the adapter again.",
                {weights.path().string(), "adapter_unfit", tensor});
}

/// The projections of a model by their names. // -> outputs, inputs
std::map<std::string, std::pair<std::int64_t, std::int64_t>> projectionsOf(const ModelConfig& model) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> all;
    for (std::int64_t layer = 0; layer < model.layerCount; ++layer) {
        const BlockWeights block = blockWeights(model, layer);
        for (const LinearWeights* weights : {&block.queryKeyValue, &block.output, &block.wide, &block.down})
            for (const NamedRows& rows : weights->outputs) all[rows.name] = {rows.rows, weights->inputs};
    }
    return all;
}

/// "model.layers.0.self_attn.q_proj" of a factor's name; empty where it is none.
std::string moduleOf(const std::string& name, const char* end) {
    const std::string prefix = kPrefix;
    if (!name.starts_with(prefix) || !name.ends_with(end)) return {};
    return name.substr(prefix.size(), name.size() - prefix.size() - std::string(end).size());
}

/// `field`: the rank and where it stands.
void checkShape(const WeightFile& weights, const std::string& name, const std::vector<std::int64_t>& wanted,
                const std::string& field) {
    const std::vector<std::int64_t>& shape = weights.tensors().at(name).shape;
    if (shape == wanted) return;
    throwMismatch(weights,
                  "the tensor " + inQuotes(name) + " is " + shapeText(shape) +
                      ", but the model and the rank (" + field + " of " + kAdapterConfigFile + ") ask for " +
                      shapeText(wanted),
                  name);
}

double scaleFor(double alpha, std::int64_t rank, bool rankStabilized) {
    const auto width = static_cast<double>(rank);
    return alpha / (rankStabilized ? std::sqrt(width) : width);
}

// What is wrong with the number of a pattern's key; empty where `number` was read.
// --------------------------------------------------------------------------------------------------------

std::string readRank(const OrderedJson& value, double& number) {
    if (!value.is_number_integer()) return "must be a whole number, but is " + ConfigFields::shown(value);
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(kMostRank))
        return "is " + value.dump() + ", above the " + std::to_string(kMostRank) + " that this program takes";
    if (value.get<std::int64_t>() < 1) return "must be at least 1, but is " + value.dump();
    number = static_cast<double>(value.get<std::int64_t>());
    return {};
}

std::string readAlpha(const OrderedJson& value, double& number) {
    if (!value.is_number() || !(value.get<double>() > 0.0))
        return "must be a number above 0, but is " + ConfigFields::shown(value);
    number = value.get<double>();
    return {};
}

/// rank_pattern or alpha_pattern.
ModuleNumbers readPattern(ConfigFields& fields, const std::string& source, const char* field,
                          const PatternBudget& budget,
                          std::string (*readNumber)(const OrderedJson&, double&)) {
    ModuleNumbers numbers;
    const OrderedJson* pattern = fields.find(field);
    if (!pattern || pattern->empty()) return numbers;
    if (!pattern->is_object()) {
        fields.issue(std::string(field) + " must be an object from modules to numbers, but is " +
                     ConfigFields::shown(*pattern));
        return numbers;
    }
    if (pattern->size() > kMostPatterns)
        fields.fail(std::string(field) + " has " + std::to_string(pattern->size()) + " entries, above the " +
                    std::to_string(kMostPatterns) + " that this program takes");
    ConfigFields entries(*pattern, source + ", " + field, kNextStep);
    std::size_t issues = 0;
    for (const auto& entry : pattern->items()) {
        double number = 1.0;
        // Null elsewhere is as good as not there.
        const std::string wrong =
            entry.value().is_null() ? "must be a number, but is null" : readNumber(entry.value(), number);
        if (!wrong.empty()) entries.issue(inQuotes(entry.key()) + " " + wrong);
        if (!wrong.empty() && ++issues == kMostIssues) break;
        try {
            numbers.add(entry.key(), number);
        } catch (const Error&) {
            refuseExpression(source, field, entry.key());
        }
        budget.check(entry.key());
    }
    entries.finish();
    return numbers;
}

void readPatterns(ConfigFields& fields, const std::string& source, AdapterConfig& config) {
    const PatternBudget budget;
    config.ranks = readPattern(fields, source, "rank_pattern", budget, readRank);
    config.alphas = readPattern(fields, source, "alpha_pattern", budget, readAlpha);
}

/// What adapterModules() compares names with.
struct Rules {
    const AdapterConfig& adapter;
    PatternBudget budget;
    AdapterTargets targets;

    Rules(const AdapterConfig& config, const std::string& source)
        : adapter(config), targets(config.raw, source) {}
};

/// The module of two factors of the file, whose projection has this many outputs and inputs.
AdapterModule moduleWith(const Rules& rules, const WeightFile& weights, const std::string& module,
                         const std::string& down, const std::pair<std::int64_t, std::int64_t>& sizes) {
    const std::string up = kPrefix + module + kUp;
    if (!weights.contains(up)) throwMismatch(weights, "the tensor " + inQuotes(up) + " is missing", up);
    if (const std::string why = rules.targets.refusal(module, rules.budget); !why.empty())
        throwMismatch(weights, "the tensor " + inQuotes(down) + " belongs to " + why, down);
    const AdapterConfig& adapter = rules.adapter;
    const std::optional<double> ownRank = adapter.ranks.of(module, rules.budget);
    const std::int64_t rank = ownRank ? static_cast<std::int64_t>(*ownRank) : adapter.rank;
    const double alpha = adapter.alphas.of(module, rules.budget).value_or(adapter.alpha);
    const std::string field = (ownRank ? "rank_pattern " : "r ") + std::to_string(rank);
    checkShape(weights, down, {rank, sizes.second}, field);
    checkShape(weights, up, {sizes.first, rank}, field);
    return {module, down, up, rank, scaleFor(alpha, rank, adapter.rankStabilized)};
}

}  // namespace

double AdapterConfig::scale() const {
    return scaleFor(alpha, rank, rankStabilized);
}

std::int64_t AdapterConfig::rankOf(const std::string& module) const {
    const std::optional<double> own = ranks.of(module);
    return own ? static_cast<std::int64_t>(*own) : rank;
}

double AdapterConfig::scaleOf(const std::string& module) const {
    return scaleFor(alphas.of(module).value_or(alpha), rankOf(module), rankStabilized);
}

AdapterConfig parseAdapterConfig(const OrderedJson& json, const std::string& source) {
    ConfigFields fields(json, source, kNextStep);
    if (!json.is_object()) fields.fail("the file must hold a JSON object");
    refuseOthers(fields, source);
    AdapterConfig config;
    config.alpha = 8.0;  // what PEFT assumes where the file does not say
    fields.optionalSize("r", kMostRank, config.rank);
    fields.real("lora_alpha", config.alpha);
    if (const OrderedJson* dropout = fields.find("lora_dropout"); dropout && dropout->is_number())
        config.dropout = dropout->get<double>();
    fields.toggle("use_rslora", config.rankStabilized);
    readPatterns(fields, source, config);
    AdapterTargets::check(fields);
    if (const OrderedJson* targets = fields.find("target_modules"); targets && targets->is_array())
        for (const OrderedJson& target : *targets)
            if (target.is_string()) config.targets.push_back(target.get<std::string>());
    if (const OrderedJson* base = fields.find("base_model_name_or_path"); base && base->is_string())
        config.baseModel = base->get<std::string>();
    fields.finish();
    config.raw = json;
    return config;
}

AdapterConfig readAdapterConfig(const fs::path& folder) {
    const fs::path file = folder / kAdapterConfigFile;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
        throw Error(ErrorCode::FileNotFound,
                    "There is no " + std::string(kAdapterConfigFile) + " in " + folder.string() + ".",
                    "Choose a LoRA adapter's folder as PEFT writes it.", {file.string()});
    }
    return parseAdapterConfig(readJsonFile(file), file.string());
}

OrderedJson adapterConfigJson(const AdapterConfig& config, bool transposedWeights) {
    const bool whole = config.alpha == std::floor(config.alpha);
    return {{"base_model_name_or_path", config.baseModel},
            {"bias", "none"},
            {"fan_in_fan_out", transposedWeights},
            {"inference_mode", true},
            {"init_lora_weights", true},
            {"lora_alpha",
             whole ? OrderedJson(static_cast<std::int64_t>(config.alpha)) : OrderedJson(config.alpha)},
            {"lora_dropout", config.dropout},
            {"modules_to_save", nullptr},
            {"peft_type", "LORA"},
            {"r", config.rank},
            {"target_modules", config.targets},
            {"task_type", "CAUSAL_LM"},
            {"use_rslora", config.rankStabilized}};
}

std::vector<AdapterModule> adapterModules(const AdapterConfig& adapter, const ModelConfig& model,
                                          const WeightFile& weights) {
    const auto projections = projectionsOf(model);
    const Rules rules(adapter, (weights.path().parent_path() / kAdapterConfigFile).string());
    std::vector<AdapterModule> modules;
    if (!weights.otherTensors().empty()) {
        const auto& [name, type] = *weights.otherTensors().begin();
        throwMismatch(weights, "tensor " + inQuotes(name) + ": " + otherTypeText(type), name);
    }
    for (const auto& [name, entry] : weights.tensors()) {
        if (const std::string module = moduleOf(name, kUp); !module.empty()) {
            if (!weights.contains(kPrefix + module + kDown))
                throwMismatch(weights, "the tensor " + inQuotes(kPrefix + module + kDown) + " is missing",
                              name);
            continue;
        }
        const std::string module = moduleOf(name, kDown);
        const auto projection = projections.find(module);
        if (module.empty() || projection == projections.end())
            throwMismatch(weights, "the tensor " + inQuotes(name) + " belongs to no projection of the model",
                          name);
        modules.push_back(moduleWith(rules, weights, module, name, projection->second));
    }
    if (modules.empty())
        throwMismatch(weights, "the adapter is empty: it has no lora_A and lora_B", "lora_A");
    return modules;
}

fs::path adapterWeights(const fs::path& folder) {
    std::error_code ignored;
    for (const char* name : {kAdapterWeightsFile, kAdapterPickleFile})
        if (fs::exists(folder / name, ignored)) return folder / name;
    throw Error(ErrorCode::WeightsInvalid,
                folder.string() + ": there are no weights, neither " + kAdapterWeightsFile + " nor " +
                    kAdapterPickleFile + ".",
                "Get the adapter again, with its weights.", {folder.string(), "adapter_weights_missing"});
}

std::unique_ptr<WeightFile> openAdapterWeights(const fs::path& folder) {
    const fs::path file = adapterWeights(folder);
    if (file.filename() == kAdapterPickleFile) return std::make_unique<PytorchFile>(file);
    return std::make_unique<SafetensorsFile>(file);
}

std::string peftName(const std::string& parameter) {
    return kPrefix + parameter;
}

bool isAdapterFolder(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / kAdapterConfigFile, ignored) &&
           !fs::exists(folder / "config.json", ignored);
}

}  // namespace studio
