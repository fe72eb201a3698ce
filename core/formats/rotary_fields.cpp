// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <utility>

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
    std::vector<OrderedJson> names;
    for (const KindName& known : kKinds) names.emplace_back(known.name);
    fields.unsupported("the rotary scaling (" + key + ") " + inQuotes(name) + " is not supported", name,
                       "Its rope_type can be " + ConfigFields::anyOf(names) + "; choose such a model.");
}

void requireIn(ConfigFields& fields, const std::string& key, const OrderedJson& rope, const char* name,
               double& value) {
    if (!ConfigFields::findIn(rope, name)) fields.issue(key + " lacks its " + name);
    fields.realIn(rope, name, value);
}

constexpr const char* kOriginalContext = "original_max_position_embeddings";

/// Some models say it beside the scaling instead of in it.
void readContext(ConfigFields& fields, const OrderedJson& rope, ModelConfig& config) {
    double context = static_cast<double>(config.contextLength);
    fields.real(kOriginalContext, context);
    const double beside = context;
    fields.realIn(rope, kOriginalContext, context);
    if (fields.find(kOriginalContext) && context != beside)
        fields.issue(std::string(kOriginalContext) + " is said twice and differs");
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
    if (std::any_of(rope.begin(), rope.end(), [](const OrderedJson& value) { return value.is_object(); }))
        fields.unsupported("rotary positions that differ from layer to layer (" + key + ") are not supported",
                           key, "Choose a model without them.");
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
        if (!ConfigFields::findIn(rope, kOriginalContext) && !fields.find(kOriginalContext))
            fields.issue(key + " lacks its " + kOriginalContext);
    }
    if (scaling.kind == Kind::Yarn) readYarn(fields, rope, config);
}

}  // namespace

void readRotary(ConfigFields& fields, ModelConfig& config) {
    fields.real("rope_theta", config.ropeTheta);
    fields.real("partial_rotary_factor", config.rotaryShare);
    const OrderedJson* old = fields.find("rope_scaling");
    const OrderedJson* fresh = fields.find("rope_parameters");
    if (old) readScaling(fields, "rope_scaling", *old, config);
    const RopeScaling first = std::exchange(config.rope, RopeScaling());
    if (fresh) readScaling(fields, "rope_parameters", *fresh, config);
    if (!fresh) config.rope = first;
    if (old && fresh && !(first == config.rope))
        fields.issue("rope_scaling and rope_parameters say different things");
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
