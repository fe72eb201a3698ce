// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/example.h"
#include "core/formats/json.h"
#include "core/jobs/job.h"
#include "core/model/decoder.h"
#include "core/train/trainer.h"

namespace studio {

/// run.json's "base_model"/"files": file name -> SHA-256 of config.json and the tokenizer's files, by which a
/// run that goes on tells whether they are still the same.
OrderedJson baseFileHashes(const std::filesystem::path& modelFolder);

/// The parts of run.json: all that is needed to say how a run was made, and to make it again.
OrderedJson describeTraining(const TrainJob& job);
OrderedJson describePretraining(const PretrainJob& job);
/// Added when the rows are tokenised: how many there are, which were cut, which have no label left.
void describeExamples(OrderedJson& run, const ExampleSet& train, const ExampleSet& validation);
/// Added when the model is there: sizes, device, precision, threads, library versions.
void describeModel(OrderedJson& run, const Decoder& model, const StepPlan& plan);
void describeResult(OrderedJson& run, const TrainResult& result);

/// README.md of the saved model.
std::string trainingCard(const TrainJob& job, const TrainResult& result);
std::string pretrainingCard(const PretrainJob& job, const TrainResult& result, const Decoder& model);

}  // namespace studio
