// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

class QString;

namespace studio::ui {

/// What the status bar says about the machine; 0 where the system does not tell.
struct SystemUsage {
    std::uint64_t memoryUsedBytes = 0;  ///< of the whole machine, caches not counted
    std::uint64_t memoryTotalBytes = 0;
    std::uint64_t ownMemoryBytes = 0;  ///< resident size of this process
    std::uint64_t diskFreeBytes = 0;   ///< on the file system of the project
};

/// Reads /proc/meminfo and /proc/self/statm: microseconds, so it may be called on the GUI thread.
SystemUsage readSystemUsage(const QString& projectFolder);

/// The lines of /proc/meminfo -> used and total. Separate for its test.
void parseMemoryInfo(const QString& text, SystemUsage& usage);

}  // namespace studio::ui
