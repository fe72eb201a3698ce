// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The reader for Alpaca JSONL: one record a line; a bad line costs that line only.
#include "core/data/alpaca_rows.h"
#include "core/data/import_source.h"
#include "core/data/json_scan.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

void readLine(const SourceText& source, AlpacaRows& rows, std::size_t begin, std::size_t end,
              std::int64_t row) {
    // Offsets stay those of the whole text, so that notes can quote it.
    const std::string_view upToEnd = std::string_view(source.text).substr(0, end);
    const auto column = [begin](std::size_t offset) {
        return "column " + std::to_string(offset - begin + 1);
    };
    if (const std::optional<std::size_t> bad = firstInvalidUtf8(upToEnd.substr(begin))) {
        return rows.refuse(row, "bad_utf8",
                           "The line is not UTF-8: " + column(begin + *bad) + " holds an invalid byte.");
    }
    const std::size_t start = skipJsonSpace(upToEnd, begin);
    const ScannedValue value = scanValue(upToEnd, start);
    const auto refuseSyntax = [&](std::size_t offset) {
        rows.refuse(
            row, "bad_json",
            "The line is not JSON at " + column(offset) + ": " + explainSyntax(upToEnd, offset) + ".");
    };
    if (value.begin == value.end) return refuseSyntax(start);
    if (!value.complete)
        return rows.refuse(row, "bad_json", "The line is cut: it ends in the middle of the record.");
    const std::size_t rest = skipJsonSpace(upToEnd, value.end);
    if (rest != end) return refuseSyntax(rest);
    if (rows.refuseScanned(value, row)) return;
    ParsedValue parsed = parseScanned(upToEnd, value);
    if (parsed.errorOffset) return refuseSyntax(*parsed.errorOffset);
    rows.add(value, std::move(parsed), row);
}

}  // namespace

void readAlpacaLines(const SourceText& source, ImportResult& result, const ProgressFunction& progress,
                     const std::stop_token& stop) {
    const std::string& text = source.text;
    AlpacaRows rows(source, result);
    std::int64_t row = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        ++row;
        const std::size_t found = text.find('\n', begin);
        const std::size_t end = found == std::string::npos ? text.size() : found;
        if (skipJsonSpace(std::string_view(text).substr(0, end), begin) != end)
            readLine(source, rows, begin, end, row);
        begin = end + 1;
        if (row % 64 == 0 && progress)
            progress({static_cast<std::int64_t>(begin), static_cast<std::int64_t>(text.size())});
        if (row % 64 == 0) throwIfStopped(stop);
    }
    rows.finish();
}

}  // namespace studio
