// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/config_fields.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/formats/model_family.h"
#include "core/formats/quoted.h"

namespace studio {

const OrderedJson* ConfigFields::findIn(const OrderedJson& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string ConfigFields::shown(const OrderedJson& value) {
    if (value.is_string()) return inQuotes(value.get<std::string>());
    const std::string quoted = inQuotes(value.dump());
    return quoted.substr(1, quoted.size() - 2);  // else people would write a text in place of false
}

void ConfigFields::checkSize(const char* key, std::int64_t most, const OrderedJson& field,
                             std::int64_t& value) {
    if (!field.is_number_integer()) {
        issue(std::string(key) + " must be a whole number, but is " + shown(field));
    } else if (field.is_number_unsigned() && field.get<std::uint64_t>() > static_cast<std::uint64_t>(most)) {
        issue(std::string(key) + " is " + field.dump() + ", above the " + std::to_string(most) +
              " that this program takes");
    } else if (field.get<std::int64_t>() < 1) {
        issue(std::string(key) + " must be at least 1, but is " + field.dump());
    } else {
        value = field.get<std::int64_t>();
    }
}

void ConfigFields::size(const char* key, std::int64_t most, std::int64_t& value) {
    if (const OrderedJson* field = find(key))
        checkSize(key, most, *field, value);
    else
        m_missing += (m_missing.empty() ? "" : ", ") + std::string(key);
}

void ConfigFields::optionalSize(const char* key, std::int64_t most, std::int64_t& value) {
    if (const OrderedJson* field = find(key)) checkSize(key, most, *field, value);
}

void ConfigFields::realIn(const OrderedJson& object, const char* key, double& value) {
    const OrderedJson* field = findIn(object, key);
    if (!field) return;
    if (!field->is_number() || !(field->get<double>() > 0.0)) {
        issue(std::string(key) + " must be a number above 0, but is " + shown(*field));
    } else {
        value = field->get<double>();
    }
}

void ConfigFields::toggleIn(const OrderedJson& object, const char* key, bool& value) {
    const OrderedJson* field = findIn(object, key);
    if (!field) return;
    if (field->is_boolean()) {
        value = field->get<bool>();
    } else {
        issue(std::string(key) + " must be true or false" + (field->is_string() ? " without quotes" : "") +
              ", but is " + shown(*field));
    }
}

std::optional<std::int64_t> ConfigFields::id(const char* key, const OrderedJson& json,
                                             std::int64_t vocabulary) {
    if (!json.is_number_integer()) {
        issue(std::string(key) + " must be a token number, but is " + shown(json));
        return std::nullopt;
    }
    const bool huge =
        json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(kMostVocab);
    const std::int64_t value = huge ? kMostVocab : json.get<std::int64_t>();
    if (value >= 0 && (vocabulary == 0 || value < vocabulary)) return value;
    issue(std::string(key) + " is " + json.dump() + ", outside the vocabulary of " +
          std::to_string(vocabulary) + " tokens");
    return std::nullopt;
}

std::string ConfigFields::anyOf(const std::vector<OrderedJson>& values) {
    std::string all;
    std::size_t left = values.size();
    for (const OrderedJson& value : values) {
        --left;
        all += (all.empty() ? "" : left == 0 ? " or " : ", ") + shown(value);
    }
    return all;
}

void ConfigFields::mustBe(const char* key, std::initializer_list<OrderedJson> values,
                          const char* what) const {
    const OrderedJson* field = find(key);
    if (!field || std::find(values.begin(), values.end(), *field) != values.end()) return;
    unsupported(
        std::string(what) + " (" + key + ") " + shown(*field) + " is not supported", key,
        std::string("With this architecture ") + key + " can be " + anyOf(values) + "; choose such a model.");
}

void ConfigFields::fail(const std::string& what) const {
    throw Error(ErrorCode::ModelConfigInvalid, m_source + ": " + what + ".", m_nextStep, {m_source});
}

void ConfigFields::unsupported(const std::string& what, const std::string& name,
                               const std::string& nextStep) const {
    // The architecture is known here: a list of architectures would not help.
    throw Error(ErrorCode::ModelUnsupported, m_source + ": " + what + ".", nextStep,
                {m_source, "model_setting", name});
}

void ConfigFields::unsupportedArchitecture(const std::string& what, const std::string& name) const {
    const std::string known = knownArchitectures();
    throw Error(ErrorCode::ModelUnsupported, m_source + ": " + what + ".",
                "This version knows " + known + "; choose such a model.",
                {m_source, "model_feature", name, known});
}

void ConfigFields::finish() {
    if (!m_missing.empty()) m_issues.insert(m_issues.begin(), "these fields are missing: " + m_missing);
    if (m_issues.empty()) return;
    std::string all;
    for (const std::string& text : m_issues) all += (all.empty() ? "" : "; ") + text;
    fail(all);
}

}  // namespace studio
