// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/jinja/runtime.h"

namespace studio::jinja {

/// The functions that every template has: range, dict, namespace, cycler, joiner, and Hugging Face's
/// raise_exception and strftime_now.
std::vector<std::pair<std::string, Value>> globalFunctions(Budget& budget);

/// Python's strftime in the C locale, whatever the program's is. Throws Problem for a directive that is not
/// known.
std::string timeText(Budget& budget, const std::string& format, const std::tm& time);

}  // namespace studio::jinja
