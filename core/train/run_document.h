// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/schedule.h"
#include "core/data/example.h"
#include "core/formats/json.h"
#include "core/jobs/job.h"
#include "core/model/decoder.h"
#include "core/train/trainer.h"

namespace studio {

/// run.json's "base_model"/"files": file name -> SHA-256 of config.json and the tokenizer's files, by which a
/// run that goes on tells whether they are still the same. Throws Cancelled.
OrderedJson baseFileHashes(const std::filesystem::path& modelFolder, const std::stop_token& stop = {});

/// run.json's "data": what the mixture counts by, where there is one; see mixtureHash().
inline constexpr const char* kMixtureHash = "mixture_sha256";
/// run.json: [{"row", "title", "prompt"}, …], where prompts were chosen for the run.
inline constexpr const char* kSamplePrompts = "sample_prompts";

/// The parts of run.json: all that is needed to say how a run was made, and to make it again.
OrderedJson describeTraining(const TrainJob& job);
OrderedJson describePretraining(const PretrainJob& job);
/// Added next: by which the base model is known again. Reads the whole model, which may take long;
/// a stop ends it within a piece of a file. Throws Cancelled.
void describeBaseModel(OrderedJson& run, const TrainJob& job, const std::stop_token& stop = {});
/// Added when the rows are tokenised: how many there are, which were cut, which have no label left.
void describeExamples(OrderedJson& run, const ExampleSet& train, const ExampleSet& validation);
/// Added when the model is there: sizes, device, precision, threads, library versions.
void describeModel(OrderedJson& run, const Decoder& model, const StepPlan& plan);
/// The learning rate in force, and what it was changed to while the run went on: "settings"/"learning_rate"
/// is the newest, "learning_rate_changes" says from which step on, and what was before.
void describeRates(OrderedJson& run, const PeakRates& rates);
/// What describeRates() wrote; `newest` is the settings' own.
PeakRates peakRatesOf(const OrderedJson& run, double newest);
void describeResult(OrderedJson& run, const TrainResult& result);
/// "result" tells of the end of a run. One that goes on, or is discarded, keeps what it said of the model
/// that is still there as "result_before", until another model is saved.
void keepResultBefore(OrderedJson& run);

}  // namespace studio
