// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample/fact_table.h"

#include <set>

#include "core/base/error.h"
#include "core/base/files.h"

namespace studio {

namespace {

constexpr std::string_view kHeader = "country\tin_text\tcapital\tcontinent\tcurrency\tlanguage\tdemonym";
constexpr std::size_t kColumns = 7;

std::vector<std::string> splitAt(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(separator, begin);
        parts.emplace_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return parts;
        begin = end + 1;
    }
}

[[noreturn]] void refuse(const std::string& name, std::size_t line, const std::string& reason) {
    throw Error(ErrorCode::BadFormat, name + ", line " + std::to_string(line) + ": " + reason + ".",
                "Correct this line of the fact table.", {name, std::to_string(line)});
}

Country parseLine(std::string_view text, const std::string& name, std::size_t line) {
    std::vector<std::string> cells = splitAt(text, '\t');
    if (cells.size() != kColumns) {
        refuse(name, line,
               "it has " + std::to_string(cells.size()) + " cells instead of " + std::to_string(kColumns));
    }
    for (const std::string& cell : cells) {
        if (cell.empty() || cell.front() == ' ' || cell.back() == ' ') {
            refuse(name, line, "a cell is empty or has a space at its edge");
        }
        if (cell.find_first_of(".?!{}\"\r") != std::string::npos) {
            refuse(name, line, "the cell '" + cell + "' holds a mark that would break up a sentence");
        }
    }
    Country country{cells[0], cells[1], {}};
    for (std::size_t i = 2; i < kColumns; ++i)
        country.values.push_back(cells[i] == "-" ? std::string() : cells[i]);
    return country;
}

}  // namespace

std::vector<Country> parseFactTable(std::string_view bytes, const std::string& name) {
    std::vector<std::string> lines = splitAt(bytes, '\n');
    if (lines.back().empty()) lines.pop_back();
    if (lines.empty() || lines.front() != kHeader) {
        refuse(name, 1, "the column names are not the expected ones");
    }
    std::vector<Country> countries;
    std::set<std::string> seen;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        countries.push_back(parseLine(lines[i], name, i + 1));
        if (!seen.insert(countries.back().name).second) {
            refuse(name, i + 1, "the country " + countries.back().name + " is there twice");
        }
    }
    if (countries.empty()) refuse(name, 1, "no country follows the column names");
    return countries;
}

std::vector<Country> readFactTable(const std::filesystem::path& path) {
    return parseFactTable(readFile(path), path.filename().string());
}

}  // namespace studio
