// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/module_numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/formats/name_pattern.h"

namespace studio {

namespace {

/// Keys are names nearly always, hundreds of them in some adapters: those need no engine for expressions.
bool isName(const std::string& key) {
    return std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    });
}

/// As the expression would fit: a dot in the key stands for any character.
bool endsWithName(std::string_view module, std::string_view key) {
    if (module.size() < key.size()) return false;
    const std::size_t before = module.size() - key.size();
    if (before > 0 && module[before - 1] != '.') return false;
    return std::equal(key.begin(), key.end(), module.begin() + static_cast<std::ptrdiff_t>(before),
                      [](char wanted, char found) { return wanted == '.' || wanted == found; });
}

}  // namespace

void ModuleNumbers::add(const std::string& key, double number) {
    Entry entry{key, number};
    if (!isName(key))
        entry.pattern = std::make_shared<const NamePattern>(key, NamePattern::Place::WholeOrEnd);
    m_entries.push_back(std::move(entry));
}

bool ModuleNumbers::fits(const Entry& entry, std::string_view module, const PatternBudget& budget) {
    if (entry.key == module) return true;
    return entry.pattern ? entry.pattern->fits(module, budget) : endsWithName(module, entry.key);
}

std::optional<double> ModuleNumbers::of(std::string_view module) const {
    return of(module, PatternBudget());
}

std::optional<double> ModuleNumbers::of(std::string_view module, const PatternBudget& budget) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return fits(entry, module, budget); });
    return found == m_entries.end() ? std::nullopt : std::optional(found->number);
}

OrderedJson ModuleNumbers::json() const {
    OrderedJson json = OrderedJson::object();
    for (const Entry& entry : m_entries) {
        const bool whole = entry.number == std::floor(entry.number) && std::abs(entry.number) < 0x1p53;
        json[entry.key] =
            whole ? OrderedJson(static_cast<std::int64_t>(entry.number)) : OrderedJson(entry.number);
    }
    return json;
}

}  // namespace studio
