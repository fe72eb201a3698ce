// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace studio {

/// Reads what is appended to a file of lines by another process, each time from where it ended before.
class LineTail {
public:
    explicit LineTail(std::filesystem::path file) : m_file(std::move(file)) {}

    /// Whether what was read before is no longer the beginning of the file: it was replaced, or is shorter.
    bool wasRewritten() const;
    /// Gives `use` each new whole line; half a line waits for its rest. A file that is not there has
    /// none, nor has one that was replaced, until rewind().
    void read(const std::function<void(std::string_view)>& use);
    /// From the beginning again.
    void rewind();

private:
    std::filesystem::path m_file;
    std::uint64_t m_offset = 0;  ///< of what was read, the half line included
    std::uint64_t m_inode = 0;   ///< 0: nothing was read yet
    std::string m_half;
};

}  // namespace studio
