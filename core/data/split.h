// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/record.h"

namespace studio {

/// Shares of a split; the rest goes to train.
struct SplitSettings {
    double validationShare = 0.05;
    double testShare = 0.1;
    std::uint64_t seed = 42;
};

struct SplitAssignment {
    std::int64_t recordId = 0;
    Split split = Split::Train;
};

/// Deals records to train, validation and test by the seed. Records with equal prompts (instruction, input
/// and system) always land in the same split, so that no test prompt was trained on. The result depends on
/// the ids and texts only, not on their order. Throws SettingInvalid for shares outside [0, 1) or adding to 1
/// or more.
std::vector<SplitAssignment> dealSplits(const std::vector<Record>& records, const SplitSettings& settings);

}  // namespace studio
