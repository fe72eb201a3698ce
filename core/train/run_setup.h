// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/model/trained_part.h"

namespace studio {

/// What the settings train of a model: all of it, adapters, or all but what is frozen.
TrainedPart trainedPartOf(const TrainSettings& settings);
/// Whether what is trained is less than the model, so that saving needs the base model again.
bool trainsApart(const TrainSettings& settings);

}  // namespace studio
