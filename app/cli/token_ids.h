// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace studio {

/// The value of --ids: whole numbers parted by commas ("1,2,3"). Throws UsageError for anything else.
std::vector<std::int64_t> parseIds(const std::string& text);

}  // namespace studio
