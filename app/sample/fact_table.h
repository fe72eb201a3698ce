// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// The kinds of fact that the table holds about a country, in the order of its columns.
enum class FactKind { Capital, Continent, Currency, Language, Demonym };

inline constexpr FactKind kAllFactKinds[] = {FactKind::Capital, FactKind::Continent, FactKind::Currency,
                                             FactKind::Language, FactKind::Demonym};

/// One line of the fact table.
struct Country {
    std::string name;                 ///< as in an index: "Netherlands"
    std::string inText;               ///< inside a sentence: "the Netherlands"
    std::vector<std::string> values;  ///< one for each FactKind; empty where the fact was left out

    /// The value of a fact, or an empty string where it was left out of the table ("-").
    const std::string& value(FactKind kind) const { return values[static_cast<std::size_t>(kind)]; }
};

/// Reads the tab-separated fact table. Its first line names the columns: country, in_text, capital,
/// continent, currency, language, demonym. A cell "-" says that the fact is left out on purpose. Throws
/// FileNotFound, FileUnreadable, or BadFormat naming the line: wrong number of cells, an empty cell, a
/// country twice, or a full stop, brace or question mark in a cell (they would break up sentences).
std::vector<Country> readFactTable(const std::filesystem::path& path);

/// The same from the bytes of the file; `name` is used in messages.
std::vector<Country> parseFactTable(std::string_view bytes, const std::string& name);

}  // namespace studio
