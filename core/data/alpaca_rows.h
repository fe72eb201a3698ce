// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/import.h"
#include "core/data/import_source.h"
#include "core/data/json_scan.h"

namespace studio {

/// Turns the rows of one Alpaca file into records, refusals and notes. The keys are exactly instruction,
/// input and output; other keys are kept with the record but never used as one of them.
class AlpacaRows {
public:
    AlpacaRows(const SourceText& source, ImportResult& result) : m_source(source), m_result(result) {}

    /// Takes one value that was parsed without error as row `row` (1-based).
    void add(const ScannedValue& value, ParsedValue parsed, std::int64_t row);
    void refuse(std::int64_t row, const std::string& rule, const std::string& reason,
                const std::string& field = {});
    /// What must be refused before parsing: too deep, lone surrogate. True when it was.
    bool refuseScanned(const ScannedValue& value, std::int64_t row);
    /// Writes the notes about the whole file. Throws when there is no usable row.
    void finish();

private:
    struct Noticed {
        std::int64_t count = 0;
        std::int64_t firstRow = 0;
        std::string detail;
    };
    void notice(const std::string& rule, std::int64_t row, const std::string& detail);
    bool takeText(const OrderedJson& json, const char* key, std::int64_t row, std::string& into);
    void refuseMissing(const OrderedJson& json, const char* key, std::int64_t row);
    void addNotes();
    [[noreturn]] void throwNothingUsable() const;

    const SourceText& m_source;
    ImportResult& m_result;
    std::map<std::string, Noticed> m_noticed;
    std::map<std::string, std::int64_t> m_otherFormats;
    std::vector<std::string> m_extraKeys;
    std::int64_t m_rows = 0;
};

/// What a row of another known format is ("a ShareGPT conversation"), or nothing.
std::optional<std::string> otherFormatOf(const OrderedJson& row);

}  // namespace studio
