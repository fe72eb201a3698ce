// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace studio {

/// A file that grows while it is downloaded. All functions throw FileUnwritable or DiskFull. Not thread-safe.
class PartFile {
public:
    PartFile() = default;
    ~PartFile() { close(); }
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    /// Opens or makes it; what is written goes to `offset`, and nothing is left behind that.
    void open(const std::filesystem::path& path, std::int64_t offset);
    void append(std::string_view bytes);
    /// Empties it, to begin anew.
    void clear();
    /// What was written outlives a power cut; then closes.
    void finish();
    void close();

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
};

}  // namespace studio
