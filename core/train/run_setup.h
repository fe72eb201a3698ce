// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/config/settings.h"
#include "core/data/batch.h"
#include "core/data/record.h"
#include "core/model/trained_part.h"

namespace studio {

/// What the settings train of a model: all of it, adapters, or all but what is frozen.
TrainedPart trainedPartOf(const TrainSettings& settings);
/// Whether what is trained is less than the model, so that saving needs the base model again.
bool trainsApart(const TrainSettings& settings);

/// How often each example's row comes, by the source of its record; empty where the settings mix nothing.
/// `unknown` gets sources that no row comes from.
RowMixture mixtureOf(const std::vector<Example>& examples, const std::vector<Record>& records,
                     const TrainSettings& settings, std::vector<std::string>& unknown);

}  // namespace studio
