// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace studio {

/// UTF-8 text from a file that nobody vouches for, in quotes and fit for a one-line message: control
/// characters become
/// "?", and at most 80 bytes are shown.
std::string inQuotes(std::string_view text);

}  // namespace studio
