// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace studio::ui {

/// The sentences of an error whose arguments name a rule, English source texts of the context "Errors". In
/// both, `%1` is the error's first bare value, the place, and `%2`, `%3` are those behind the rule.
struct ErrorRule {
    const char* name;
    const char* cause;
    const char* nextStep;
};

/// Null for a name that is no rule.
const ErrorRule* errorRule(const std::string& name);

}  // namespace studio::ui
