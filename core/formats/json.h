// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

using Json = nlohmann::json;
/// Keeps the order of keys, for files that people read and for unknown fields that must survive a round trip.
using OrderedJson = nlohmann::ordered_json;

/// What was read, but not exactly as it stands in the text.
struct JsonNote {
    enum class Kind {
        DuplicateKey,  ///< a key given twice in one object: the last value was taken
        InexactNumber  ///< an integer beyond 64 bits: rounded to a double
    };
    Kind kind = Kind::DuplicateKey;
    std::string text;  ///< the key, or the number as written
    std::size_t line = 0;
};

/// Parses JSON text with a bounded nesting depth (256; no stack overflow on hostile input), in linear time. A
/// UTF-8 byte order mark is skipped. `source` names the file in messages. Throws Error BadFormat with line
/// and column (also for NaN, Infinity, numbers beyond a double, keys given twice and integers beyond 64
/// bits), EmptyInput for blank text, BadEncoding for invalid UTF-8 and for NUL bytes (naming the line).
/// Error::args() are {source, line, column}, or {source} for EmptyInput.
OrderedJson parseJson(std::string_view text, const std::string& source);

/// The same for importers: keys given twice and integers beyond 64 bits are read as well as can be and noted.
OrderedJson parseJson(std::string_view text, const std::string& source, std::vector<JsonNote>& notes);

/// readFile + parseJson.
OrderedJson readJsonFile(const std::filesystem::path& path);

/// Pretty-printed with a final newline and written atomically. NaN and infinity, which JSON has not, become
/// null. Throws BadEncoding for a text in `value` that is not UTF-8, FileUnwritable or DiskFull.
void writeJsonFile(const std::filesystem::path& path, const OrderedJson& value);

}  // namespace studio
