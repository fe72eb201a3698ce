// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/quoted.h"

#include <algorithm>

namespace studio {

std::string inQuotes(std::string_view text) {
    constexpr std::size_t kLongest = 80;
    std::string shown = "\"";
    std::size_t length = std::min(text.size(), kLongest);
    const auto continues = [&](std::size_t i) {
        return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
    };
    while (length > 0 && continues(length)) --length;  // never half a character
    for (const char c : text.substr(0, length)) {
        const auto byte = static_cast<unsigned char>(c);
        shown += byte < 0x20 || byte == 0x7f ? '?' : c;
    }
    if (length < text.size()) shown += "…";
    return shown + '"';
}

}  // namespace studio
