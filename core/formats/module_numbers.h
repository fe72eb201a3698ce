// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/json.h"

namespace studio {

class NamePattern;
class PatternBudget;

/// Numbers that PEFT gives single modules in the place of an adapter's own (rank_pattern, alpha_pattern). A
/// key is a regular expression of Python, and means the modules whose whole name it is, or the end of whose
/// name behind a dot; of the keys that mean a module the first one counts.
class ModuleNumbers {
public:
    /// Throws BadFormat or UnsupportedFormat for a key that this program cannot read as Python does.
    void add(const std::string& key, double number);
    bool empty() const { return m_entries.empty(); }
    /// Nothing where no key means the module ("model.layers.0.self_attn.q_proj"). Throws ModelUnsupported for
    /// keys that take far too long to compare.
    std::optional<double> of(std::string_view module) const;
    /// The same for many modules, whose expressions share the time.
    std::optional<double> of(std::string_view module, const PatternBudget& budget) const;
    /// The object as PEFT writes it.
    OrderedJson json() const;

private:
    struct Entry {
        std::string key;
        double number = 0.0;
        std::shared_ptr<const NamePattern> pattern{};  ///< null: the key is a name, perhaps with dots
    };
    static bool fits(const Entry& entry, std::string_view module, const PatternBudget& budget);

    std::vector<Entry> m_entries;
};

}  // namespace studio
