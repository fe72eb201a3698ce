// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/record.h"

namespace studio {

/// A row that did not come in.
struct RefusedRow {
    std::string file;
    std::int64_t row = 0;  ///< 1-based: the record of a JSON array, the line of a JSONL file
    std::string reason;    ///< English sentence
    std::string rule;   ///< stable name: "missing_output", "wrong_type", "empty", "bad_json", "bad_utf8", …
    std::string field;  ///< the field concerned, or empty
};

/// Something that was guessed, converted or noticed, for the whole file.
struct ImportNote {
    std::string file;
    std::string message;  ///< English sentence
    std::string rule;     ///< "jsonl_by_content", "duplicates", "utf16", …
    std::int64_t count = 0;
};

struct ImportResult {
    std::string format;  ///< what the file was read as: "alpaca", "alpaca-jsonl"
    std::vector<Record> records;
    std::vector<RefusedRow> refused;
    std::vector<ImportNote> notes;
};

/// Which readers there are, by the name of --format: "auto" and "alpaca" find out by the content whether the
/// file is a JSON array or JSONL; "alpaca-jsonl" reads it line by line whatever it looks like.
std::vector<std::string> importFormats();

/// Reads one file (or every .json/.jsonl file of a folder, in name order) without storing anything. In a
/// folder a file that cannot be read at all is listed in `refused` as row 0. Progress counts bytes. Rows that
/// are not usable are listed in `refused` with the reason; a file with no usable row, or one that is not in
/// the format at all, throws (BadFormat, BadEncoding, EmptyInput, UnsupportedFormat) naming file, line and
/// next step. A text file is never read approximately: invalid UTF-8 refuses the row (JSONL) or the file
/// (JSON array).
ImportResult importRecords(const std::filesystem::path& path, const std::string& format,
                           const ProgressFunction& progress = {}, const std::stop_token& stop = {});

/// Writes records as Alpaca JSONL (alpacaJson, one a line, UTF-8, no escapes beyond JSON's own). Atomic.
void exportJsonl(const std::vector<Record>& records, const std::filesystem::path& path);
/// The same as one JSON array, in the layout of the Alpaca files.
void exportJsonArray(const std::vector<Record>& records, const std::filesystem::path& path);

}  // namespace studio
