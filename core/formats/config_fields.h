// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/formats/json.h"

namespace studio {

/// Bounds that no real model reaches. They keep a hostile config.json from costing time or memory before it
/// is refused.
inline constexpr std::int64_t kMostVocab = 2'000'000;
inline constexpr std::int64_t kMostHidden = 65'536;
inline constexpr std::int64_t kMostIntermediate = 524'288;
inline constexpr std::int64_t kMostLayers = 1'024;
inline constexpr std::int64_t kMostHeads = 1'024;
inline constexpr std::int64_t kMostHeadWidth = 1'024;
inline constexpr std::int64_t kMostContext = 16'777'216;

/// Reads the fields of one config.json, or of an adapter's, and collects what is wrong, so that all of it is
/// said at once: finish() throws ModelConfigInvalid. What would change a model's numbers and is not known
/// throws ModelUnsupported at once, naming the field. null counts as absent everywhere.
class ConfigFields {
public:
    /// `nextStep`: what to do about a file that is wrong.
    ConfigFields(const OrderedJson& json, std::string source,
                 std::string nextStep = "Get the model again, or choose another one.")
        : m_json(json), m_source(std::move(source)), m_nextStep(std::move(nextStep)) {}

    const OrderedJson& json() const { return m_json; }
    /// The field, or null where it is absent.
    const OrderedJson* find(const char* key) const { return findIn(m_json, key); }
    static const OrderedJson* findIn(const OrderedJson& object, const char* key);
    /// A value for a message as JSON spells it, a text in quotes, and not longer than inQuotes() lets it be.
    static std::string shown(const OrderedJson& value);
    /// "silu" or "swish"; "a", "b" or "c", each as shown() has it.
    static std::string anyOf(const std::vector<OrderedJson>& values);

    /// A whole number from 1 to `most`; one that is missing is an issue.
    void size(const char* key, std::int64_t most, std::int64_t& value);
    /// The same, but one that is missing leaves `value`.
    void optionalSize(const char* key, std::int64_t most, std::int64_t& value);
    /// A number above 0, or nothing.
    void real(const char* key, double& value) { realIn(m_json, key, value); }
    void realIn(const OrderedJson& object, const char* key, double& value);
    void toggle(const char* key, bool& value) { toggleIn(m_json, key, value); }
    void toggleIn(const OrderedJson& object, const char* key, bool& value);
    /// A token id below the vocabulary's size, or an issue.
    std::optional<std::int64_t> id(const char* key, const OrderedJson& json, std::int64_t vocabulary);

    /// Refuses another value than these; an absent field is fine. `what`: "the activation".
    void mustBe(const char* key, std::initializer_list<OrderedJson> values, const char* what) const;
    void issue(const std::string& text) { m_issues.push_back(text); }
    [[noreturn]] void fail(const std::string& what) const;
    /// `name` is the bare value for a translated sentence.
    [[noreturn]] void unsupported(const std::string& what, const std::string& name,
                                  const std::string& nextStep) const;
    /// The same, with the known architectures as the next step.
    [[noreturn]] void unsupportedArchitecture(const std::string& what, const std::string& name) const;
    void finish();

private:
    void checkSize(const char* key, std::int64_t most, const OrderedJson& field, std::int64_t& value);

    const OrderedJson& m_json;
    std::string m_source, m_nextStep;
    std::string m_missing;
    std::vector<std::string> m_issues;
};

}  // namespace studio
