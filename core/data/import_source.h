// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/data/import.h"

namespace studio {

/// A file that turned out to be text: its bytes without byte order mark, UTF-16 already converted. A line or
/// a text in it may still be invalid UTF-8; the readers look.
struct SourceText {
    std::filesystem::path path;
    std::string text;

    std::string name() const { return path.filename().string(); }
};

/// Reads a file and refuses what is no JSON text at all, by its first bytes: archives, pictures, web pages,
/// CSV and so on are named for what they are (UnsupportedFormat, BadFormat), blank files are EmptyInput.
/// Conversions are noted.
SourceText readSource(const std::filesystem::path& path, std::vector<ImportNote>& notes);

/// How the records stand in a text.
enum class JsonLayout {
    Array,  ///< one JSON array
    Lines,  ///< one object a line
    Root    ///< one object that may hold a list of records
};
JsonLayout detectLayout(const SourceText& source);

/// The readers, one for each layout. They fill in records, refused rows and notes; what is wrong with the
/// file as a whole is thrown.
void readAlpacaArray(const SourceText& source, ImportResult& result, const ProgressFunction& progress,
                     const std::stop_token& stop);
void readAlpacaLines(const SourceText& source, ImportResult& result, const ProgressFunction& progress,
                     const std::stop_token& stop);
void readAlpacaRoot(const SourceText& source, ImportResult& result, const ProgressFunction& progress,
                    const std::stop_token& stop);

/// What this version reads, as the next step of a refusal.
extern const char* const kUnderstoodFormats;

}  // namespace studio
