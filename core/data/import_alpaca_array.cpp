// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The reader for one JSON array of Alpaca records, alone in its file or as a list in a root object.
#include "core/base/error.h"
#include "core/data/alpaca_rows.h"
#include "core/data/import_source.h"
#include "core/data/json_scan.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

constexpr std::int64_t kMaxDepth = 256;
constexpr const char* kGetWhole = "The file looks cut off: get it again, or repair that place.";
constexpr const char* kRepair = "Repair that place and import the file again.";

/// Reads one array; knows how to say where something is wrong.
class ArrayReader {
public:
    ArrayReader(const SourceText& source, ImportResult& result) : m_source(source), m_rows(source, result) {
        if (const std::optional<std::size_t> bad = firstInvalidUtf8(source.text)) {
            throw Error(
                ErrorCode::BadEncoding,
                source.path.string() + " is not UTF-8 text: " + place(*bad) + " holds an invalid byte.",
                "Save the file as UTF-8.", {source.path.string(), place(*bad)});
        }
    }

    [[noreturn]] void fail(std::size_t offset, const std::string& why, const char* nextStep = kRepair) const {
        throw Error(ErrorCode::BadFormat,
                    m_source.path.string() + " is not valid JSON at " + place(offset) + ": " + why + ".",
                    nextStep, {m_source.path.string(), place(offset)});
    }
    [[noreturn]] void failSyntax(std::size_t offset) const {
        fail(offset, explainSyntax(m_source.text, offset));
    }

    /// Behind the closing bracket of the array whose opening bracket is at `begin`.
    std::size_t readArray(std::size_t begin, const ProgressFunction& progress, const std::stop_token& stop) {
        const std::string& text = m_source.text;
        std::size_t at = skipJsonSpace(text, begin + 1);
        if (at < text.size() && text[at] == ']') return at + 1;
        for (std::int64_t row = 1;; ++row) {
            at = readRow(at, row);
            if (row % 64 == 0 && progress)
                progress({static_cast<std::int64_t>(at), static_cast<std::int64_t>(text.size())});
            if (row % 64 == 0) throwIfStopped(stop);
            at = skipJsonSpace(text, at);
            if (at == text.size())
                fail(at, "the list is not closed after record " + std::to_string(row), kGetWhole);
            if (text[at] == ']') return at + 1;
            if (text[at] != ',') failSyntax(at);
            at = skipJsonSpace(text, at + 1);
        }
    }

    AlpacaRows& rows() { return m_rows; }

private:
    std::string place(std::size_t offset) const { return LineIndex(m_source.text).place(offset); }

    std::size_t readRow(std::size_t at, std::int64_t row) {
        const ScannedValue value = scanValue(m_source.text, at);
        if (value.begin == value.end) failSyntax(at);
        if (!value.complete) {
            fail(at, "the text ends in the middle of record " + std::to_string(row) + ", which begins there",
                 kGetWhole);
        }
        if (m_rows.refuseScanned(value, row)) return value.end;
        ParsedValue parsed = parseScanned(m_source.text, value);
        if (parsed.errorOffset) failSyntax(*parsed.errorOffset);
        m_rows.add(value, std::move(parsed), row);
        return value.end;
    }

    const SourceText& m_source;
    AlpacaRows m_rows;
};

struct Member {
    std::string key;
    ScannedValue value;
};

/// The members of the root object, each checked to be JSON.
std::vector<Member> rootMembers(const ArrayReader& reader, const std::string& text, std::size_t at) {
    std::vector<Member> members;
    at = skipJsonSpace(text, at + 1);
    while (at < text.size() && text[at] != '}') {
        const ScannedValue key = scanValue(text, at);
        if (text[at] != '"' || !key.complete) reader.failSyntax(at);
        at = skipJsonSpace(text, key.end);
        if (at == text.size() || text[at] != ':') reader.failSyntax(at);
        at = skipJsonSpace(text, at + 1);
        const ScannedValue value = scanValue(text, at);
        if (value.begin == value.end) reader.failSyntax(at);
        members.push_back({text.substr(key.begin + 1, key.end - key.begin - 2), value});
        at = skipJsonSpace(text, value.end);
        if (at < text.size() && text[at] == ',') {
            at = skipJsonSpace(text, at + 1);
            if (at < text.size() && text[at] == '}') reader.failSyntax(at);
        } else if (at < text.size() && text[at] != '}') {
            reader.failSyntax(at);
        }
    }
    return members;
}

bool isListOfObjects(const std::string& text, const ScannedValue& value) {
    if (text[value.begin] != '[') return false;
    const std::size_t first = skipJsonSpace(text, value.begin + 1);
    return first < text.size() && text[first] == '{';
}

void readRootList(const SourceText& source, ArrayReader& reader, ImportResult& result, std::size_t start,
                  const ProgressFunction& progress, const std::stop_token& stop) {
    std::vector<Member> lists;
    std::string others;
    for (Member& member : rootMembers(reader, source.text, start)) {
        if (isListOfObjects(source.text, member.value)) {
            lists.push_back(std::move(member));
            continue;
        }
        const ParsedValue parsed = parseScanned(source.text, member.value);
        if (parsed.errorOffset) reader.failSyntax(*parsed.errorOffset);
        others += (others.empty() ? "" : ", ") + member.key;
    }
    const std::string file = source.path.string();
    if (lists.size() != 1) {
        throw Error(ErrorCode::BadFormat,
                    file + " holds one JSON object" +
                        (lists.empty() ? " without a list of records." : " with several lists of records."),
                    "Put the records into one JSON array, or one record on each line.", {file});
    }
    reader.readArray(lists.front().value.begin, progress, stop);
    result.notes.push_back(
        {file,
         "The records were read from the list \"" + lists.front().key + "\" of the file" +
             (others.empty() ? "." : "; what stands beside it (" + others + ") was left out."),
         "root_object", 1});
}

}  // namespace

void readAlpacaArray(const SourceText& source, ImportResult& result, const ProgressFunction& progress,
                     const std::stop_token& stop) {
    ArrayReader reader(source, result);
    const std::size_t end = reader.readArray(skipJsonSpace(source.text, 0), progress, stop);
    const std::size_t rest = skipJsonSpace(source.text, end);
    if (rest != source.text.size()) reader.fail(rest, "there is more text after the end of the list");
    reader.rows().finish();
}

void readAlpacaRoot(const SourceText& source, ImportResult& result, const ProgressFunction& progress,
                    const std::stop_token& stop) {
    ArrayReader reader(source, result);
    const std::string file = source.path.string();
    const std::size_t start = skipJsonSpace(source.text, 0);
    const ScannedValue value = scanValue(source.text, start);
    if (value.depth > kMaxDepth) {
        throw Error(ErrorCode::BadFormat, file + " is nested more than 256 levels deep.",
                    "Choose a file with a list of records, each of them an object of plain texts.", {file});
    }
    if (!value.complete) reader.fail(source.text.size(), "the text ends too early", kGetWhole);
    const std::size_t rest = skipJsonSpace(source.text, value.end);
    if (rest != source.text.size()) {
        if (source.text[start] != '{') reader.failSyntax(start);
        reader.fail(rest, "another value follows, but the file is neither a list nor one record a line");
    }
    ParsedValue parsed = parseScanned(source.text, value);
    if (!parsed.errorOffset && source.text[start] != '{') {
        throw Error(ErrorCode::BadFormat, file + " holds a single JSON value, not a list of records.",
                    kUnderstoodFormats, {file});
    }
    const bool isRow =
        !parsed.errorOffset && (parsed.json.contains("instruction") || parsed.json.contains("output") ||
                                otherFormatOf(parsed.json).has_value());
    if (isRow) {
        if (!reader.rows().refuseScanned(value, 1)) reader.rows().add(value, std::move(parsed), 1);
    } else if (source.text[start] != '{') {
        reader.failSyntax(*parsed.errorOffset);
    } else {
        parsed = {};  // the list is read again row by row, so that one bad row does not cost the others
        readRootList(source, reader, result, start, progress, stop);
    }
    reader.rows().finish();
}

}  // namespace studio
