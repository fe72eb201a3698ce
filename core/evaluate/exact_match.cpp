// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/exact_match.h"

#include "core/text/unicode.h"

namespace studio {

bool exactMatch(const std::string& answer, const std::string& reference) {
    return trimmed(answer) == trimmed(reference);
}

}  // namespace studio
