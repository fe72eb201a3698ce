// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

/// What the setting "freeze" may name of a model, for the engine and for those who ask before it is loaded.
namespace studio {

/// Whether a weight that is these parameters together is frozen. Throws SettingInvalid where the patterns fit
/// only some of them: what belongs to one product cannot be trained in part.
bool frozenTogether(const std::vector<std::string>& patterns, const std::vector<std::string>& names);

/// Throws SettingInvalid where a pattern fits none of a model's parameters, or where nothing is left to
/// train.
void checkFrozen(const std::vector<std::string>& patterns, std::vector<std::string> names);

}  // namespace studio
