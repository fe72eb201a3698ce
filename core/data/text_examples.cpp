// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// buildTextExamples of core/data/example.h.
#include <fstream>

#include "core/base/error.h"
#include "core/data/example.h"
#include "core/text/unicode.h"

namespace fs = std::filesystem;

namespace studio {

namespace {

constexpr std::size_t kPieceBytes = 1 << 20;  ///< a longer document is encoded in pieces, to bound memory

/// Cuts one long stream of tokens into examples as it comes.
class ExampleCutter {
public:
    ExampleCutter(ExampleSet& set, std::size_t length) : m_set(set), m_length(length) {}

    void add(std::int64_t id) {
        m_ids.push_back(static_cast<std::int32_t>(id));
        if (m_ids.size() == m_length) finish();
    }

    void finish() {
        if (m_ids.empty()) return;
        Example example;
        example.rowId = ++m_rows;
        example.trained.assign(m_ids.size(), 1);
        example.uncutLength = static_cast<std::int32_t>(m_ids.size());
        example.ids = std::move(m_ids);
        m_ids = {};
        m_ids.reserve(m_length);
        if (example.labelCount() == 0) {  // a single token left at the very end
            m_set.emptyRows.push_back({example.rowId, example.uncutLength, 0, true});
            return;
        }
        m_set.tokenCount += example.uncutLength;
        m_set.labelCount += example.labelCount();
        m_set.examples.push_back(std::move(example));
    }

private:
    ExampleSet& m_set;
    std::size_t m_length;
    std::vector<std::int32_t> m_ids;
    std::int64_t m_rows = 0;
};

/// Collects lines to documents and gives their tokens to the cutter.
class DocumentReader {
public:
    DocumentReader(const Tokenizer& tokenizer, ExampleCutter& cutter)
        : m_tokenizer(tokenizer), m_cutter(cutter) {}

    void addLine(std::string_view line) {
        if (trimmed(line).empty()) {
            endDocument();
            return;
        }
        if (m_open) m_text += '\n';
        if (m_text.size() >= kPieceBytes) encodePiece();
        if (!m_open && m_tokenizer.bosId()) m_cutter.add(*m_tokenizer.bosId());
        m_open = true;
        m_text += line;
    }

    void endDocument() {
        if (!m_open) return;
        encodePiece();
        if (m_tokenizer.eosId()) m_cutter.add(*m_tokenizer.eosId());
        m_open = false;
    }

private:
    void encodePiece() {
        for (const std::int64_t id : m_tokenizer.encode(m_text)) m_cutter.add(id);
        m_text.clear();
    }

    const Tokenizer& m_tokenizer;
    ExampleCutter& m_cutter;
    std::string m_text;
    bool m_open = false;
};

/// One line of a file as text: without byte order mark and carriage return, and valid UTF-8.
std::string_view checkedLine(std::string_view line, std::int64_t number, const fs::path& path) {
    if (number == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (firstInvalidUtf8(line)) {
        throw Error(ErrorCode::BadEncoding,
                    "Line " + std::to_string(number) + " of " + path.string() + " is not valid UTF-8.",
                    "Save the file as UTF-8 and try again.", {path.string(), std::to_string(number)});
    }
    return line;
}

std::int64_t fileBytes(const fs::path& path) {
    std::error_code failed;
    const auto size = fs::file_size(path, failed);
    if (failed) {
        throw Error(ErrorCode::FileNotFound,
                    "The text file " + path.string() + " was not found or cannot be read.",
                    "Check its name and place.", {path.string()});
    }
    return static_cast<std::int64_t>(size);
}

}  // namespace

ExampleSet buildTextExamples(const std::vector<fs::path>& files, const Tokenizer& tokenizer,
                             std::int64_t length, const ProgressFunction& progress,
                             const std::stop_token& stop) {
    if (length < 2) {
        throw Error(ErrorCode::SettingInvalid,
                    "Examples of " + std::to_string(length) + " tokens teach nothing.",
                    "Set the length to 2 tokens or more.", {std::to_string(length)});
    }
    Progress bytes;
    for (const fs::path& path : files) bytes.total += fileBytes(path);
    ExampleSet set;
    ExampleCutter cutter(set, static_cast<std::size_t>(length));
    DocumentReader reader(tokenizer, cutter);
    for (const fs::path& path : files) {
        std::ifstream file(path, std::ios::binary);
        std::string line;
        for (std::int64_t number = 1; std::getline(file, line); ++number) {
            throwIfStopped(stop);
            reader.addLine(checkedLine(line, number, path));
            bytes.done += static_cast<std::int64_t>(line.size()) + 1;
            if (progress && number % 256 == 0) progress(bytes);
        }
        if (!file.eof()) {
            throw Error(ErrorCode::FileUnreadable, "The text file " + path.string() + " cannot be read.",
                        "Check the file's permissions and the disk.", {path.string()});
        }
        reader.endDocument();
    }
    cutter.finish();
    if (set.examples.empty()) {
        throw Error(ErrorCode::EmptyInput, "There is no text to learn from in the given files.",
                    "Name at least one text file with some lines of text.");
    }
    if (progress) progress({bytes.total, bytes.total});
    return set;
}

}  // namespace studio
