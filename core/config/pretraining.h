// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/config/settings.h"

/// Which settings of a training one from random weights has.
namespace studio {

/// The rows of trainFields() without those that checkPretraining() refuses, and without what has a meaning
/// only beside a value that it refuses.
std::vector<Field> pretrainFields();

/// Throws SettingInvalid, with all their names, where settings have another value than their default though a
/// model from nothing has no use for them.
void checkPretraining(const TrainSettings& settings);

}  // namespace studio
