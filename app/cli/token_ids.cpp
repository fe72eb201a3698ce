// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/token_ids.h"

#include <charconv>

#include "app/cli/command_context.h"

namespace studio {

std::vector<std::int64_t> parseIds(const std::string& text) {
    std::vector<std::int64_t> ids;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
        std::int64_t id = 0;
        const auto result = std::from_chars(at, end, id);
        if (result.ec != std::errc() || (result.ptr != end && *result.ptr != ',')) {
            throw UsageError("--ids \"" + text + "\" is not a list of numbers such as 1,2,3.");
        }
        ids.push_back(id);
        if (result.ptr == end) return ids;
        at = result.ptr + 1;
    }
}

}  // namespace studio
