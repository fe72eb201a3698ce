// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/tables.h"

namespace studio {

/// The rows of the table of training settings that say how weights are updated: the learning rate's schedule,
/// and the optimizer.
void addScheduleFields(FieldTable<TrainSettings>& table);
void addOptimizerFields(FieldTable<TrainSettings>& table);

}  // namespace studio
