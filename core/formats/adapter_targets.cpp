// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/adapter_targets.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

#include "core/base/error.h"

namespace studio {

namespace {

bool isListOf(const OrderedJson& value, bool (*fits)(const OrderedJson&)) {
    return value.is_array() && std::all_of(value.begin(), value.end(), fits);
}
bool isText(const OrderedJson& value) {
    return value.is_string();
}
bool isEmptyText(const OrderedJson& value) {
    return value.is_string() && value.get_ref<const std::string&>().empty();
}
bool isLayer(const OrderedJson& value) {
    return value.is_number_integer();
}

/// Text or a list as a list; null has none.
std::vector<OrderedJson> listOf(const OrderedJson* value) {
    if (!value) return {};
    if (!value->is_array()) return std::vector<OrderedJson>(1, *value);
    return std::vector<OrderedJson>(value->begin(), value->end());
}

/// "all-linear" in any case: every projection.
bool isAll(const OrderedJson& value) {
    if (!value.is_string()) return false;
    std::string text = value.get<std::string>();
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text == "all-linear";
}

/// Which fits itself only, as an expression.
bool isPlainWord(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::vector<std::string_view> partsOf(std::string_view module) {
    std::vector<std::string_view> parts;
    for (std::size_t dot = module.find('.'); dot != std::string_view::npos; dot = module.find('.')) {
        parts.push_back(module.substr(0, dot));
        module.remove_prefix(dot + 1);
    }
    parts.push_back(module);
    return parts;
}

/// The number of the first part that is one, behind `name` if that is given: PEFT's ".*?\.NAME\.(\d+)\.",
/// which wants another part before the name and one behind the number.
std::optional<std::int64_t> layerOf(std::string_view module, const std::string* name) {
    const std::vector<std::string_view> parts = partsOf(module);
    for (std::size_t i = 2; i + 1 < parts.size(); ++i) {
        std::int64_t layer = 0;
        const char* end = parts[i].data() + parts[i].size();
        const auto read = std::from_chars(parts[i].data(), end, layer);
        const bool isNumber = read.ec == std::errc() && read.ptr == end && parts[i].front() != '-';
        if (isNumber && (!name || parts[i - 1] == *name)) return layer;
    }
    return std::nullopt;
}

}  // namespace

void AdapterTargets::check(ConfigFields& fields) {
    const auto issue = [&](const char* field, const char* wanted) {
        fields.issue(std::string(field) + " must be " + wanted + ", but is " +
                     ConfigFields::shown(*fields.find(field)));
    };
    for (const char* field : {"target_modules", "exclude_modules", "layers_pattern"}) {
        const OrderedJson* value = fields.find(field);
        if (value && !value->is_string() && !isListOf(*value, isText))
            issue(field, "a text or a list of texts");
    }
    const OrderedJson* layers = fields.find("layers_to_transform");
    if (layers && !isLayer(*layers) && !isListOf(*layers, isLayer))
        issue("layers_to_transform", "a whole number or a list of them");
}

AdapterTargets::AdapterTargets(const OrderedJson& json, const std::string& source) {
    const OrderedJson* targets = ConfigFields::findIn(json, "target_modules");
    if (targets && !isAll(*targets)) m_targets = namesIn(*targets, source, "target_modules");
    const OrderedJson* excluded = ConfigFields::findIn(json, "exclude_modules");
    if (excluded && !isEmptyText(*excluded)) m_excluded = namesIn(*excluded, source, "exclude_modules");
    const std::vector<OrderedJson> layers = listOf(ConfigFields::findIn(json, "layers_to_transform"));
    if (layers.empty()) return;
    m_layers.emplace();
    for (const OrderedJson& layer : layers) m_layers->insert(layer.get<std::int64_t>());
    for (const OrderedJson& name : listOf(ConfigFields::findIn(json, "layers_pattern"))) {
        const std::string text = name.get<std::string>();
        if (!isPlainWord(text)) refuseExpression(source, "layers_pattern", text);
        if (!text.empty()) m_layersNames.push_back(text);
    }
}

AdapterTargets::Names AdapterTargets::namesIn(const OrderedJson& value, const std::string& source,
                                              const char* field) {
    Names names;
    for (const OrderedJson& name : listOf(&value)) {
        const std::string text = name.get<std::string>();
        if (value.is_array()) {
            names.names.insert(text);
            continue;
        }
        try {
            names.pattern.emplace(text, NamePattern::Place::Whole);
        } catch (const Error&) {
            refuseExpression(source, field, text);
        }
    }
    return names;
}

bool AdapterTargets::Names::has(const std::string& module, const PatternBudget& budget) const {
    if (pattern) return pattern->fits(module, budget);
    std::string_view end = module;
    while (names.find(end) == names.end()) {
        const std::size_t dot = end.find('.');
        if (dot == std::string_view::npos) return false;
        end.remove_prefix(dot + 1);
    }
    return true;
}

bool AdapterTargets::isInLayers(const std::string& module) const {
    // A name that is there as a whole is meant in any layer.
    if (!m_layers || (m_targets && m_targets->names.count(module) > 0)) return true;
    std::optional<std::int64_t> layer;
    if (m_layersNames.empty()) layer = layerOf(module, nullptr);
    for (const std::string& name : m_layersNames)
        if (!layer) layer = layerOf(module, &name);
    return layer && m_layers->count(*layer) > 0;
}

std::string AdapterTargets::refusal(const std::string& module, const PatternBudget& budget) const {
    if (m_excluded && m_excluded->has(module, budget))
        return "a module that exclude_modules of adapter_config.json leaves out";
    if (m_targets && !m_targets->has(module, budget))
        return "a module that target_modules of adapter_config.json does not name";
    if (!isInLayers(module)) return "a layer that layers_to_transform of adapter_config.json does not name";
    return {};
}

}  // namespace studio
