// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/training_run.h"

namespace studio {

/// Makes some steps of the training as runTraining() makes them, with the rows of the job, the heaviest
/// micro-batch first; then evaluates, answers and saves one checkpoint, each where the training will.
/// Nothing of it stays. Throws what runTraining() throws, Cancelled.
ProbeResult runProbe(const ProbeJob& job, JobObserver& observer, const std::stop_token& stop,
                     const AnswerWith& answer = {});

}  // namespace studio
