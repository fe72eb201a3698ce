// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

#include "core/jobs/job.h"

namespace studio {

/// How much memory answering, LoRA and full fine-tuning take of shapes a, b and c, beside what
/// core/jobs/model_forecast says that they will: trainings of a few steps with an evaluation and the saving
/// of the model, and answers to as many prompts as a batch has rows, in float32. Peaks are measured where
/// BenchJob::only names one task and the process does nothing else.
BenchResult benchForecast(const BenchJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
