// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio {

/// Parts of a text that stand between commas, without the blanks around them; empty parts are left out.
std::vector<std::string> commaList(std::string_view text);

/// Whether the whole name fits the pattern: * stands for any characters, ? for one, [2-11] for a decimal
/// number of that range, [7] for that number.
bool matchesPattern(std::string_view pattern, std::string_view name);

/// The first pattern of the list whose brackets hold no number and no range; nothing when all are well.
std::optional<std::string> brokenPattern(const std::vector<std::string>& patterns);

}  // namespace studio
