// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settings.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/base/error.h"
#include "core/config/lora_targets.h"
#include "core/config/mixture.h"
#include "core/config/name_patterns.h"
#include "core/config/tables.h"

namespace studio {

using nlohmann::ordered_json;

namespace {

constexpr const char* kStopKey = "stop";

template <typename Settings>
std::size_t rowOrThrow(const FieldTable<Settings>& table, const std::string& name) {
    const std::size_t row = table.find(name);
    if (row == table.size()) throwIfAny({unknownField(name, table.names())});
    return row;
}

template <typename Settings>
void setOrThrow(const FieldTable<Settings>& table, Settings& settings, const std::string& name,
                const FieldValue& value) {
    const std::size_t row = rowOrThrow(table, name);
    if (!table.set(settings, row, value)) throwIfAny(checkField(table.fields()[row], value));
}

template <typename Settings>
std::vector<FieldIssue> checkAll(const FieldTable<Settings>& table, const Settings& settings) {
    std::vector<FieldIssue> issues;
    for (std::size_t row = 0; row < table.size(); ++row) {
        for (FieldIssue& issue : checkField(table.fields()[row], table.get(settings, row)))
            issues.push_back(std::move(issue));
    }
    return issues;
}

template <typename Settings>
ordered_json writeAll(const FieldTable<Settings>& table, const Settings& settings) {
    ordered_json json = ordered_json::object();
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::visit([&](const auto& value) { json[table.fields()[row].name] = value; },
                   table.get(settings, row));
    }
    return json;
}

/// A JSON scalar as a field value; nothing for null, lists, objects and integers beyond 63 bits.
std::optional<FieldValue> scalar(const ordered_json& json) {
    if (json.is_boolean()) return FieldValue(json.get<bool>());
    if (json.is_string()) return FieldValue(json.get<std::string>());
    if (json.is_number_float()) return FieldValue(json.get<double>());
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
        return std::nullopt;
    if (json.is_number_integer()) return FieldValue(json.get<std::int64_t>());
    return std::nullopt;
}

FieldIssue wrongType(const Field& field) {
    const std::string expected = fieldExpectation(field);
    return {field.name, field.name + " must be " + expected + ".", "type", {expected}};
}

/// `settings` takes the keys that are right; `skip` is a key that the caller reads itself.
template <typename Settings>
std::vector<FieldIssue> readAll(const FieldTable<Settings>& table, const ordered_json& json,
                                Settings& settings, const std::string& skip = {}) {
    if (!json.is_object())
        return {{"", "The settings must be a JSON object with one key a setting.", "type", {}}};
    std::vector<FieldIssue> issues;
    for (const auto& [key, element] : json.items()) {
        if (!skip.empty() && key == skip) continue;
        const std::size_t row = table.find(key);
        if (row == table.size()) {
            issues.push_back(unknownField(key, table.names()));
            continue;
        }
        const std::optional<FieldValue> read = scalar(element);
        if (!read || !table.set(settings, row, *read)) issues.push_back(wrongType(table.fields()[row]));
    }
    return issues;
}

template <typename Settings>
void assign(const FieldTable<Settings>& table, Settings& settings, const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos) {
        throw Error(ErrorCode::SettingInvalid, "\"" + assignment + "\" is not a setting with a value.",
                    "Write key=value, for example " + table.fields().front().name + "=VALUE.", {assignment});
    }
    const std::size_t row = rowOrThrow(table, assignment.substr(0, equals));
    const FieldValue value = parseField(table.fields()[row], assignment.substr(equals + 1));
    throwIfAny(checkField(table.fields()[row], value));
    table.set(settings, row, value);
}

bool knownDevice(const std::string& device) {
    if (device == "auto" || device == "cpu" || device == "cuda") return true;
    // Back ends that are registered with PyTorch from outside have its name for them.
    const std::size_t colon = device.find(':');
    const std::string kind = device.substr(0, colon);
    if (colon == std::string::npos || (kind != "cuda" && kind != "privateuseone")) return false;
    const std::string index = device.substr(colon + 1);
    return !index.empty() && index.size() <= 3 && index.find_first_not_of("0123456789") == std::string::npos;
}

/// The settings that are lists in one text.
void checkLists(const TrainSettings& settings, std::vector<FieldIssue>& issues) {
    std::optional<std::string> problem;
    loraTargetNames(settings.loraTargets, problem);
    if (problem) {
        issues.push_back({"lora_targets",
                          "lora_targets: \"" + *problem +
                              "\" is not all, attention, mlp, or one of q_proj, k_proj, v_proj, o_proj, "
                              "gate_proj, up_proj, down_proj.",
                          "lora_targets",
                          {*problem}});
    }
    if (const auto broken = brokenPattern(commaList(settings.freeze))) {
        issues.push_back(
            {"freeze",
             "freeze: the brackets of \"" + *broken + "\" must hold a number or a range such as [0-3].",
             "freeze_pattern",
             {*broken}});
    }
    if (settings.method == "lora" && !commaList(settings.freeze).empty()) {
        issues.push_back(
            {"freeze",
             "freeze: LoRA leaves all weights of the base model as they are; clear the patterns.",
             "freeze_with_lora",
             {}});
    }
    problem.reset();
    parseMixture(settings.mixture, problem);
    if (problem) {
        issues.push_back({"mixture",
                          "mixture: \"" + *problem +
                              "\" is not source=weight with a weight of 0 to 1000, each source once.",
                          "mixture",
                          {*problem}});
    }
}

}  // namespace

const std::vector<Field>& trainFields() {
    return trainTable().fields();
}
const Field& trainField(const std::string& name) {
    return trainTable().fields()[rowOrThrow(trainTable(), name)];
}
bool fieldApplies(const TrainSettings& settings, const Field& field) {
    const FieldCondition& condition = field.onlyWith;
    if (condition.always()) return true;
    const FieldValue other = value(settings, condition.field);
    const bool among =
        std::find(condition.values.begin(), condition.values.end(), other) != condition.values.end();
    return among != condition.unless;
}
std::vector<std::string> changedFields(const TrainSettings& settings, const TrainSettings& base) {
    std::vector<std::string> changed;
    for (std::size_t row = 0; row < trainTable().size(); ++row) {
        if (trainTable().get(settings, row) != trainTable().get(base, row))
            changed.push_back(trainTable().fields()[row].name);
    }
    return changed;
}
const std::vector<Field>& generateFields() {
    return generateTable().fields();
}
const std::vector<Field>& architectureFields() {
    return architectureTable().fields();
}

FieldValue value(const TrainSettings& settings, const std::string& field) {
    return trainTable().get(settings, rowOrThrow(trainTable(), field));
}
FieldValue value(const GenerateSettings& settings, const std::string& field) {
    return generateTable().get(settings, rowOrThrow(generateTable(), field));
}
FieldValue value(const ArchitectureSettings& settings, const std::string& field) {
    return architectureTable().get(settings, rowOrThrow(architectureTable(), field));
}

void setValue(TrainSettings& settings, const std::string& field, const FieldValue& value) {
    setOrThrow(trainTable(), settings, field, value);
}
void setValue(GenerateSettings& settings, const std::string& field, const FieldValue& value) {
    setOrThrow(generateTable(), settings, field, value);
}
void setValue(ArchitectureSettings& settings, const std::string& field, const FieldValue& value) {
    setOrThrow(architectureTable(), settings, field, value);
}

std::vector<FieldIssue> validate(const TrainSettings& settings) {
    std::vector<FieldIssue> issues = checkAll(trainTable(), settings);
    checkLists(settings, issues);
    if (settings.beta1 > settings.beta2) {
        const std::string first = numberText(settings.beta1);
        const std::string second = numberText(settings.beta2);
        issues.push_back({"beta1",
                          "beta1: " + first + " is above beta2 (" + second + "); AdamW is unstable then.",
                          "beta1_beyond_beta2",
                          {first, second}});
    }
    if (!knownDevice(settings.device)) {
        issues.push_back(
            {"device",
             "device: \"" + settings.device + "\" is not auto, cpu, cuda or cuda:0, cuda:1 and so on.",
             "device",
             {settings.device}});
    }
    return issues;
}

std::vector<FieldIssue> validate(const GenerateSettings& settings) {
    std::vector<FieldIssue> issues = checkAll(generateTable(), settings);
    for (const std::string& text : settings.stop) {
        if (!text.empty()) continue;
        issues.push_back({kStopKey, "stop: an empty text would end every answer at once.", "empty_stop", {}});
        break;
    }
    return issues;
}

std::vector<FieldIssue> validate(const ArchitectureSettings& settings) {
    std::vector<FieldIssue> issues = checkAll(architectureTable(), settings);
    const std::int64_t heads = settings.headCount;
    if (heads <= 0 || settings.keyValueHeadCount <= 0 || settings.hiddenSize <= 0)
        return issues;  // said already
    const auto text = [](std::int64_t number) { return std::to_string(number); };
    if (settings.hiddenSize % heads != 0) {
        issues.push_back({"num_attention_heads",
                          "num_attention_heads: " + text(heads) + " does not divide hidden_size " +
                              text(settings.hiddenSize) + ".",
                          "heads_do_not_divide_hidden",
                          {text(heads), text(settings.hiddenSize)}});
    } else if (settings.hiddenSize / heads % 2 != 0) {
        issues.push_back({"hidden_size",
                          "hidden_size: each of " + text(heads) + " heads would be " +
                              text(settings.hiddenSize / heads) +
                              " wide, and rotary positions need an even number.",
                          "head_size_odd",
                          {text(heads), text(settings.hiddenSize / heads)}});
    }
    if (heads % settings.keyValueHeadCount != 0) {
        issues.push_back({"num_key_value_heads",
                          "num_key_value_heads: " + text(settings.keyValueHeadCount) +
                              " does not divide num_attention_heads " + text(heads) + ".",
                          "key_value_heads_do_not_divide",
                          {text(settings.keyValueHeadCount), text(heads)}});
    }
    return issues;
}

ordered_json toJson(const TrainSettings& settings) {
    return writeAll(trainTable(), settings);
}
ordered_json toJson(const ArchitectureSettings& settings) {
    return writeAll(architectureTable(), settings);
}
ordered_json toJson(const GenerateSettings& settings) {
    ordered_json json = writeAll(generateTable(), settings);
    json[kStopKey] = settings.stop;
    return json;
}

std::vector<FieldIssue> fromJson(const ordered_json& json, TrainSettings& settings) {
    return readAll(trainTable(), json, settings);
}
std::vector<FieldIssue> fromJson(const ordered_json& json, ArchitectureSettings& settings) {
    return readAll(architectureTable(), json, settings);
}
std::vector<FieldIssue> fromJson(const ordered_json& json, GenerateSettings& settings) {
    std::vector<FieldIssue> issues = readAll(generateTable(), json, settings, kStopKey);
    if (!json.is_object() || !json.contains(kStopKey)) return issues;
    std::vector<std::string> stop;
    const ordered_json& list = json[kStopKey];
    bool texts = list.is_array();
    for (std::size_t i = 0; texts && i < list.size(); ++i) {
        texts = list[i].is_string();
        if (texts) stop.push_back(list[i].get<std::string>());
    }
    if (texts) {
        settings.stop = std::move(stop);
    } else {
        issues.push_back({kStopKey, "stop must be a list of texts.", "type", {"a list of texts"}});
    }
    return issues;
}

void applyAssignment(TrainSettings& settings, const std::string& assignment) {
    assign(trainTable(), settings, assignment);
}
void applyAssignment(GenerateSettings& settings, const std::string& assignment) {
    assign(generateTable(), settings, assignment);
}
void applyAssignment(ArchitectureSettings& settings, const std::string& assignment) {
    assign(architectureTable(), settings, assignment);
}

void throwIfAny(const std::vector<FieldIssue>& issues) {
    if (issues.empty()) return;
    std::string cause;
    std::vector<std::string> args;
    for (const FieldIssue& issue : issues) {
        cause += (cause.empty() ? "" : " ") + issue.message;
        args.push_back(issue.field);
    }
    throw Error(
        ErrorCode::SettingInvalid, cause,
        issues.size() == 1 ? "Correct this setting and try again." : "Correct these settings and try again.",
        args);
}

}  // namespace studio
