// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/text/jinja/value.h"

namespace studio::jinja {

/// JSON as Python reads it. `place` names it in messages. Throws Problem (BadEncoding, BadFormat) for text
/// that is not UTF-8 and for numbers beyond 64 bits.
Value valueOf(Budget& budget, const nlohmann::ordered_json& json, const std::string& place);

}  // namespace studio::jinja
