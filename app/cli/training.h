// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_context.h"

namespace studio {

/// Runs a training or pretraining job with its display and reports the result.
/// `heading` is printed, for people, once the model and the rows are loaded and the training begins.
/// Returns the exit code: 130 where it was stopped, with a line that says what of it is kept.
int runTraining(CommandContext& context, const Job& job, const std::string& heading = {});

/// The same for a fine-tuning. `anyName`: nobody chose its name, so where another process takes that at the
/// same moment the next free one is taken.
int runFineTuning(CommandContext& context, TrainJob job, bool anyName);

/// For people: how a training ended, and where its model is. `evaluations`: how many were told. `wentOn`: it
/// was the later part of a run, whose first evaluation was told by an earlier one.
void reportTraining(CommandContext& context, const TrainResult& result, std::int64_t evaluations,
                    bool wentOn = false);

}  // namespace studio
