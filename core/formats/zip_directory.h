// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string_view>

namespace studio {

/// Where the bytes of an entry lie in its archive.
struct ZipRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// The entries of a ZIP archive (PKWARE's APPNOTE.TXT, also with 64-bit fields), all of them stored as they
/// are, so that they can be mapped. `archive` is the whole file; the names are views of it. Every range lies
/// within it. Throws WeightsInvalid naming the file: no archive, cut off, entries that are compressed,
/// encrypted, given twice or elsewhere than the directory says.
std::map<std::string_view, ZipRange> readZipDirectory(const std::filesystem::path& path,
                                                      std::string_view archive);

}  // namespace studio
