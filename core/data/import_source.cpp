// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/import_source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/json_scan.h"
#include "core/text/unicode.h"

namespace fs = std::filesystem;
using namespace std::string_view_literals;

namespace studio {

const char* const kUnderstoodFormats =
    "This version reads Alpaca records (instruction, input, output) as a JSON array or as JSONL; convert the "
    "file to one "
    "of them.";

namespace {

struct Signature {
    std::string_view bytes;
    const char* what;
    const char* nextStep;
};

constexpr const char* kUnpack = "Unpack it and import the JSON file inside.";
constexpr const char* kWrongFile = "Choose the JSON or JSONL file that holds the records.";
// First bytes, from the specifications of the formats.
const std::array kSignatures = {
    Signature{"\x1f\x8b"sv, "a gzip archive", kUnpack},
    Signature{"PK\x03\x04"sv, "a ZIP archive", kUnpack},
    Signature{"\xfd"
              "7zXZ\0"sv,
              "an XZ archive", kUnpack},
    Signature{"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive", kUnpack},
    Signature{"BZh"sv, "a bzip2 archive", kUnpack},
    Signature{"\x28\xb5\x2f\xfd"sv, "a Zstandard archive", kUnpack},
    Signature{"PAR1"sv, "a Parquet file", kUnderstoodFormats},
    Signature{"ARROW1"sv, "an Arrow file", kUnderstoodFormats},
    Signature{"SQLite format 3\0"sv, "an SQLite database", kWrongFile},
    Signature{"%PDF-"sv, "a PDF document", kWrongFile},
    Signature{"\x89PNG"sv, "a PNG picture", kWrongFile},
    Signature{"\xff\xd8\xff"sv, "a JPEG picture", kWrongFile},
    Signature{"GGUF"sv, "a GGUF model", kWrongFile},
};

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

[[noreturn]] void refuse(ErrorCode code, const fs::path& path, const std::string& what,
                         const char* nextStep) {
    throw Error(code, path.string() + " is " + what + ".", nextStep, {path.string(), what});
}

void refuseBinary(const fs::path& path, std::string_view bytes) {
    for (const Signature& signature : kSignatures) {
        if (bytes.substr(0, signature.bytes.size()) == signature.bytes) {
            refuse(ErrorCode::BadFormat, path, std::string(signature.what) + ", not JSON text",
                   signature.nextStep);
        }
    }
    if (bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5) {
        refuse(ErrorCode::BadFormat, path, "a Python pickle, not JSON text", kWrongFile);
    }
}

/// Big endian?, for UTF-16 with or without a byte order mark; nothing for other text.
std::optional<bool> utf16BigEndian(std::string_view bytes) {
    const auto startsWith = [&](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
    if (startsWith("\xff\xfe"sv)) return false;
    if (startsWith("\xfe\xff"sv)) return true;
    // JSON begins with two ASCII characters, so the zero bytes give the order away (RFC 4627, section 3).
    if (bytes.size() < 4) return std::nullopt;
    const bool zero0 = bytes[0] == 0, zero1 = bytes[1] == 0, zero2 = bytes[2] == 0, zero3 = bytes[3] == 0;
    if (zero0 && !zero1 && zero2 && !zero3) return true;
    if (!zero0 && zero1 && !zero2 && zero3) return false;
    return std::nullopt;
}

std::string decode(const fs::path& path, std::string bytes, std::vector<ImportNote>& notes) {
    const std::string_view view = bytes;
    if (view.substr(0, 3) == "\xef\xbb\xbf"sv) return bytes.substr(3);
    if (view.substr(0, 4) == "\xff\xfe\0\0"sv || view.substr(0, 4) == "\0\0\xfe\xff"sv ||
        (view.size() >= 4 && view.substr(0, 3) == "\0\0\0"sv)) {
        throw Error(ErrorCode::BadEncoding, path.string() + " is UTF-32 text.", "Save it as UTF-8.",
                    {path.string()});
    }
    const std::optional<bool> bigEndian = utf16BigEndian(view);
    if (!bigEndian) return bytes;
    std::optional<std::string> text = utf16ToUtf8(view, *bigEndian);
    if (!text) {
        throw Error(ErrorCode::BadEncoding,
                    path.string() + " looks like UTF-16 text but holds invalid characters.",
                    "Save it as UTF-8.", {path.string()});
    }
    if (text->compare(0, 3, "\xef\xbb\xbf") == 0) text->erase(0, 3);
    notes.push_back({path.string(),
                     std::string("The file is UTF-16 (") + (*bigEndian ? "big" : "little") +
                         " endian) and was converted to UTF-8.",
                     "utf16", 1});
    return *std::move(text);
}

/// Text that does not begin like JSON: named by what it looks like.
void refuseOtherText(const fs::path& path, std::string_view text) {
    const std::string extension = lowerCase(path.extension().string());
    const std::string head = lowerCase(trimmed(text.substr(0, 400)));
    if (head.rfind("<!doctype html", 0) == 0 || head.rfind("<html", 0) == 0) {
        refuse(ErrorCode::BadFormat, path, "a web page (HTML), not JSON: the download probably failed",
               "Download the file again.");
    }
    if (head.rfind("<?xml", 0) == 0)
        refuse(ErrorCode::BadFormat, path, "an XML file, not JSON", kUnderstoodFormats);
    if (head.rfind("version https://git-lfs", 0) == 0) {
        refuse(ErrorCode::BadFormat, path, "a Git LFS pointer, not the data itself",
               "Fetch it with \"git lfs pull\".");
    }
    if (extension == ".csv" || extension == ".tsv") {
        refuse(ErrorCode::UnsupportedFormat, path, "a table (CSV)", kUnderstoodFormats);
    }
    if (extension == ".md" || extension == ".markdown") {
        refuse(ErrorCode::UnsupportedFormat, path, "a Markdown text", kUnderstoodFormats);
    }
    if (extension == ".txt" || extension == ".text") {
        refuse(ErrorCode::UnsupportedFormat, path, "a plain text", kUnderstoodFormats);
    }
    if (head.find('\0') != std::string::npos)
        refuse(ErrorCode::BadFormat, path, "not a text file", kWrongFile);
}

}  // namespace

SourceText readSource(const fs::path& path, std::vector<ImportNote>& notes) {
    std::string bytes = readFile(path);
    refuseBinary(path, bytes);
    SourceText source{path, decode(path, std::move(bytes), notes)};
    const std::size_t start = skipJsonSpace(source.text, 0);
    if (start == source.text.size()) {
        const std::string how = source.text.empty() ? " is empty." : " holds nothing but white space.";
        throw Error(ErrorCode::EmptyInput, path.string() + how, "Choose a file with records.",
                    {path.string()});
    }
    const char first = source.text[start];
    const bool isJsonLines = lowerCase(path.extension().string()) == ".jsonl";
    if (first != '[' && first != '{' && !isJsonLines) refuseOtherText(path, source.text);
    return source;
}

JsonLayout detectLayout(const SourceText& source) {
    const std::string_view text = source.text;
    const std::size_t start = skipJsonSpace(text, 0);
    if (text[start] == '[') return JsonLayout::Array;
    const std::string extension = lowerCase(source.path.extension().string());
    const bool namedLines = extension == ".jsonl" || extension == ".ndjson";
    if (text[start] != '{') return namedLines ? JsonLayout::Lines : JsonLayout::Root;

    const ScannedValue first = scanValue(text, start);
    const bool onOneLine =
        text.substr(first.begin, first.end - first.begin).find('\n') == std::string_view::npos;
    const std::size_t next = skipJsonSpace(text, first.end);
    const bool alone = next == text.size();
    if (onOneLine && !alone) return JsonLayout::Lines;
    if (!first.complete || !alone) return namedLines ? JsonLayout::Lines : JsonLayout::Root;
    if (first.depth > 1 || !onOneLine)
        return JsonLayout::Root;  // may hold a list; the reader of Root decides
    return JsonLayout::Lines;
}

}  // namespace studio
