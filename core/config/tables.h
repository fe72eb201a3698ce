// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/field_table.h"
#include "core/config/settings.h"

/// The one table behind each settings struct. Made on first use; afterwards read from any thread.
namespace studio {

const FieldTable<TrainSettings>& trainTable();
const FieldTable<GenerateSettings>& generateTable();
const FieldTable<ArchitectureSettings>& architectureTable();

}  // namespace studio
