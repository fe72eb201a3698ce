// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/json.h"

namespace studio {

/// Where one JSON value stands in a text, and what a parser would not tell about it. The scan balances
/// strings and brackets only, without recursion; the grammar is checked by the parser.
struct ScannedValue {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< behind its last byte
    bool complete = false;
    std::int64_t depth = 0;                    ///< deepest nesting
    std::int64_t memberCount = 0;              ///< key-value pairs at all depths, doubles included
    std::optional<std::size_t> loneSurrogate;  ///< offset of an escape \uD800…\uDFFF without its partner
    struct Range {
        std::size_t begin = 0, end = 0;
    };
    std::vector<Range> hugeNumbers;  ///< numbers that neither 64-bit integers nor doubles can hold
};

/// Scans the value that begins at `begin` (not white space).
ScannedValue scanValue(std::string_view text, std::size_t begin);

/// Offset of the next byte that is not JSON white space, or text.size().
std::size_t skipJsonSpace(std::string_view text, std::size_t offset);

/// Line and column (1-based, column in bytes) of offsets.
class LineIndex {
public:
    explicit LineIndex(std::string_view text);
    std::size_t line(std::size_t offset) const;
    std::size_t column(std::size_t offset) const;
    /// "line 3, column 12"
    std::string place(std::size_t offset) const;

private:
    std::vector<std::size_t> m_starts;
};

/// Why the text is not JSON at `offset`, as the end of a sentence: "comments are not part of JSON".
std::string explainSyntax(std::string_view text, std::size_t offset);

/// A parsed value, or the place where it stopped being JSON.
struct ParsedValue {
    OrderedJson json;
    std::optional<std::size_t> errorOffset;  ///< in the whole text
    std::vector<std::string> duplicateKeys;  ///< keys given twice in one object; the last value was taken
};
/// Parses a scanned value. Its huge numbers become texts, digit for digit. The caller has checked `depth`.
ParsedValue parseScanned(std::string_view text, const ScannedValue& value);

}  // namespace studio
