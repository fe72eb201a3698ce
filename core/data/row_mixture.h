// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/config/settings.h"
#include "core/data/batch.h"
#include "core/data/record.h"

namespace studio {

/// How often each example's row comes, by the source of its record; empty where the settings mix nothing.
/// `unknown` gets sources that no row comes from.
RowMixture mixtureOf(const std::vector<Example>& examples, const std::vector<Record>& records,
                     const TrainSettings& settings, std::vector<std::string>& unknown);

/// SHA-256 of what a mixture counts by: each row and which of the named sources it comes from. Empty where
/// the settings mix nothing.
std::string mixtureHash(const std::vector<Record>& records, const TrainSettings& settings);

}  // namespace studio
