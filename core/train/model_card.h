// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/formats/json.h"
#include "core/jobs/job.h"
#include "core/model/decoder.h"

namespace studio {

/// README.md of a fine-tuned model, in the way of the model cards of the Hugging Face Hub: what it was made
/// from and how, out of the run's own description (run.json), and what came of it. A base model's stated
/// licence is passed on.
std::string trainingCard(const TrainJob& job, const OrderedJson& run, const TrainResult& result);
/// README.md of a run's LoRA adapter by itself: the same facts, with what PEFT needs to load it.
std::string adapterCard(const TrainJob& job, const OrderedJson& run, const TrainResult& result);
std::string pretrainingCard(const PretrainJob& job, const TrainResult& result, const Decoder& model);

}  // namespace studio
