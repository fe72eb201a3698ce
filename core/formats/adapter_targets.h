// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/formats/config_fields.h"
#include "core/formats/name_pattern.h"

namespace studio {

/// The modules that PEFT adapts by what an adapter_config.json says: target_modules, exclude_modules,
/// layers_to_transform and layers_pattern. Factors of others it leaves out without a word.
class AdapterTargets {
public:
    /// Notes what is of a kind that PEFT cannot read.
    static void check(ConfigFields& fields);
    /// `json`: of fields that were checked. Throws ModelUnsupported for an expression that is not read here.
    AdapterTargets(const OrderedJson& json, const std::string& source);

    /// What a module is that PEFT leaves out ("a module that target_modules of adapter_config.json does not
    /// name"); empty for one that it adapts.
    std::string refusal(const std::string& module, const PatternBudget& budget) const;

private:
    /// Whole names, or ends of names behind a dot; or an expression for whole names.
    struct Names {
        std::set<std::string, std::less<>> names;
        std::optional<NamePattern> pattern;

        bool has(const std::string& module, const PatternBudget& budget) const;
    };
    static Names namesIn(const OrderedJson& value, const std::string& source, const char* field);
    bool isInLayers(const std::string& module) const;

    std::optional<Names> m_targets, m_excluded;      ///< none: all, and none
    std::optional<std::set<std::int64_t>> m_layers;  ///< none: all
    std::vector<std::string> m_layersNames;  ///< what stands before the layer's number; empty: anything
};

}  // namespace studio
