// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_text.h"

#include <cstdio>

namespace studio {

std::string byteText(std::uint64_t bytes) {
    if (bytes < 1000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
    double value = static_cast<double>(bytes) / 1000.0;
    const char* unit = "kB";
    for (const char* larger : {"MB", "GB", "TB", "PB"}) {
        if (value < 999.5) break;
        value /= 1000.0;
        unit = larger;
    }
    char text[32];
    std::snprintf(text, sizeof text, value < 9.95 ? "%.1f %s" : "%.0f %s", value, unit);
    return text;
}

}  // namespace studio
