// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/formats/family_configs.h"
#include "core/formats/quoted.h"

namespace studio {

namespace {

using Kind = RopeScaling::Kind;

struct KindName {
    const char* name;
    Kind kind;
};
constexpr KindName kKinds[] = {{"default", Kind::None},    {"none", Kind::None},     {"linear", Kind::Linear},
                               {"dynamic", Kind::Dynamic}, {"llama3", Kind::Llama3}, {"yarn", Kind::Yarn}};

Kind kindOf(ConfigFields& fields, const std::string& key, const OrderedJson& rope) {
    const OrderedJson* type = ConfigFields::findIn(rope, "rope_type");
    if (!type) type = ConfigFields::findIn(rope, "type");
    if (!type && key == "rope_parameters") return Kind::None;
    if (!type) fields.fail(key + " does not say its rope_type");
    if (!type->is_string()) fields.fail(key + ".rope_type must be a text");
    const auto& name = type->get_ref<const std::string&>();
    for (const KindName& known : kKinds)
        if (name == known.name) return known.kind;
    fields.unsupported("the rotary scaling (" + key + ") " + inQuotes(name) + " is not supported", name);
}

void requireIn(ConfigFields& fields, const std::string& key, const OrderedJson& rope, const char* name,
               double& value) {
    if (!ConfigFields::findIn(rope, name)) fields.issue(key + " lacks its " + name);
    fields.realIn(rope, name, value);
}

void readContext(ConfigFields& fields, const OrderedJson& rope, ModelConfig& config) {
    double context = static_cast<double>(config.contextLength);
    fields.realIn(rope, "original_max_position_embeddings", context);
    config.rope.originalContext =
        static_cast<std::int64_t>(std::fmin(context, static_cast<double>(kMostContext)));
}

void readYarn(ConfigFields& fields, const OrderedJson& rope, ModelConfig& config) {
    RopeScaling& scaling = config.rope;
    readContext(fields, rope, config);
    fields.realIn(rope, "beta_fast", scaling.betaFast);
    fields.realIn(rope, "beta_slow", scaling.betaSlow);
    fields.realIn(rope, "mscale", scaling.mscale);
    fields.realIn(rope, "mscale_all_dim", scaling.mscaleAllDimensions);
    fields.toggleIn(rope, "truncate", scaling.truncated);
    if (ConfigFields::findIn(rope, "attention_factor")) {
        double factor = 1.0;
        fields.realIn(rope, "attention_factor", factor);
        scaling.attentionFactor = factor;
    }
}

void readScaling(ConfigFields& fields, const std::string& key, const OrderedJson& rope, ModelConfig& config) {
    if (!rope.is_object()) fields.fail(key + " must be an object");
    fields.realIn(rope, "rope_theta", config.ropeTheta);
    fields.realIn(rope, "partial_rotary_factor", config.rotaryShare);
    RopeScaling& scaling = config.rope;
    scaling.kind = kindOf(fields, key, rope);
    if (scaling.kind == Kind::None) return;
    requireIn(fields, key, rope, "factor", scaling.factor);
    if (scaling.kind == Kind::Llama3) {
        readContext(fields, rope, config);
        requireIn(fields, key, rope, "low_freq_factor", scaling.lowFrequencyFactor);
        requireIn(fields, key, rope, "high_freq_factor", scaling.highFrequencyFactor);
        if (!(scaling.highFrequencyFactor > scaling.lowFrequencyFactor))
            fields.issue(key + ": high_freq_factor must be above low_freq_factor");
        if (!ConfigFields::findIn(rope, "original_max_position_embeddings"))
            fields.issue(key + " lacks its original_max_position_embeddings");
    }
    if (scaling.kind == Kind::Yarn) readYarn(fields, rope, config);
}

}  // namespace

void readRotary(ConfigFields& fields, ModelConfig& config) {
    fields.real("rope_theta", config.ropeTheta);
    fields.real("partial_rotary_factor", config.rotaryShare);
    for (const char* key : {"rope_scaling", "rope_parameters"})
        if (const OrderedJson* rope = fields.find(key)) readScaling(fields, key, *rope, config);
    if (config.headSize == 0) return;  // said already
    if (config.rotaryShare > 1.0) fields.issue("the rotated share of a head must be at most 1");
    config.rotarySize =
        static_cast<std::int64_t>(static_cast<double>(config.headSize) * std::fmin(1.0, config.rotaryShare));
    if (config.rotarySize % 2 != 0 || config.rotarySize == 0) {
        fields.issue((config.rotaryShare < 1.0 ? "the rotated part of a head is " : "head_dim is ") +
                     std::to_string(config.rotarySize) + ", but rotary positions need an even number");
    }
}

void writeRotary(const ModelConfig& config, OrderedJson& json) {
    const bool newRope = json.contains("rope_parameters") && json["rope_parameters"].is_object();
    if (newRope) json["rope_parameters"]["rope_theta"] = config.ropeTheta;
    if (!newRope || json.contains("rope_theta")) json["rope_theta"] = config.ropeTheta;
}

}  // namespace studio
