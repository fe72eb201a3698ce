// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_context.h"

namespace studio {

/// Runs a training or pretraining job with its display and reports the result.
/// `heading` is printed, for people, once the model and the rows are loaded and the training begins.
/// Returns the exit code: 130 where it was stopped and what it had learned is saved.
int runTraining(CommandContext& context, const Job& job, const std::string& heading = {});

/// For people: how a training ended, and where its model is. `evaluations`: how many were told.
void reportTraining(CommandContext& context, const TrainResult& result, std::int64_t evaluations);

}  // namespace studio
