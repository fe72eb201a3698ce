// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/process_memory.h"

#include <fstream>
#include <limits>
#include <string>

namespace studio {

std::uint64_t peakResidentBytesOfProgram() {
    std::ifstream file("/proc/self/status");
    for (std::string word; file >> word;) {
        std::uint64_t kibibytes = 0;
        if (word == "VmHWM:" && file >> kibibytes) return kibibytes * 1024;
        file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return 0;
}

}  // namespace studio
