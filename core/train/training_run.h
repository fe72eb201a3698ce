// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "core/jobs/job.h"
#include "core/model/decoder.h"
#include "core/tokenizer/tokenizer.h"

namespace studio {

/// Answers a prompt with a model that is being trained; core/generate knows how. Throws Cancelled.
using AnswerWith =
    std::function<std::string(const Decoder& model, const Tokenizer& tokenizer, const std::string& prompt,
                              const PromptForm& form, const std::stop_token& stop)>;

/// Fine-tunes a model on a snapshot of records and leaves a run folder: examples, trainer, run.json, model/.
/// Stopping keeps what the finished steps taught; discarding (TrainJob::discard, control.json) removes what
/// the run learned, and of its folder a record stays. Throws Error (the folder then says "failed" and why),
/// Cancelled when stopped before the first step, handed over, or discarded.
TrainResult runTraining(const TrainJob& job, JobObserver& observer, const std::stop_token& stop,
                        const AnswerWith& answer = {});

/// Trains a tokenizer (unless one is given) and a model from random weights on raw text: the same trainer,
/// next-token loss on all tokens.
TrainResult runPretraining(const PretrainJob& job, JobObserver& observer, const std::stop_token& stop);

}  // namespace studio
