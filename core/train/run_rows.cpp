// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_rows.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/data/row_mixture.h"
#include "core/text/unicode.h"

namespace studio {

namespace {

/// "1 row", "2 rows", and the verb that goes with it.
std::string rowsText(const std::string& count, const std::string& many, const std::string& one) {
    return count == "1" ? "1 row " + one : count + " rows " + many;
}

}  // namespace

void reportRows(RunRecorder& recorder, const ExampleSet& train, const TrainJob& job) {
    const auto warn = [&](const std::string& rule, const std::string& message,
                          std::vector<std::string> args) {
        recorder.log(LogEvent::Level::Warning, rule, message, std::move(args));
    };
    const std::string cutoff = std::to_string(job.settings.cutoff);
    if (job.validationTakenFromTrain) {
        const std::string count = std::to_string(job.validation->size());
        recorder.log(LogEvent::Level::Info, "validation_from_train",
                     "No row is in the validation split, so " + count +
                         (count == "1" ? " train row is" : " train rows are") +
                         " kept aside for the evaluation loss.",
                     {count});
    }
    if (!train.cutRows.empty()) {
        const std::string count = std::to_string(train.cutRows.size());
        warn("rows_cut",
             rowsText(count, "are", "is") + " longer than the cutoff of " + cutoff + " tokens and " +
                 (count == "1" ? "loses its end." : "lose their end."),
             {count, cutoff});
    }
    if (!train.emptyRows.empty()) {
        const std::string count = std::to_string(train.emptyRows.size());
        warn("rows_without_label",
             rowsText(count, "have", "has") + " no response within " + cutoff + " tokens and " +
                 (count == "1" ? "is" : "are") + " left out.",
             {count, cutoff});
    }
}

void reportValidationRows(RunRecorder& recorder, const ExampleSet& validation, const TrainJob& job) {
    const std::string cutoff = std::to_string(job.settings.cutoff);
    if (!validation.cutRows.empty()) {
        const std::string count = std::to_string(validation.cutRows.size());
        recorder.log(LogEvent::Level::Warning, "validation_rows_cut",
                     "Validation rows longer than the cutoff of " + cutoff +
                         " tokens, measured without their end: " + count + ".",
                     {count, cutoff});
    }
    if (!validation.emptyRows.empty()) {
        const std::string count = std::to_string(validation.emptyRows.size());
        recorder.log(LogEvent::Level::Warning, "validation_rows_without_label",
                     "Validation rows without a response within " + cutoff +
                         " tokens, left out of the evaluation loss: " + count + ".",
                     {count, cutoff});
    }
}

void reportLoweredCutoff(RunRecorder& recorder, std::int64_t used, std::int64_t asked) {
    recorder.log(LogEvent::Level::Info, "cutoff_lowered",
                 "The cutoff is " + std::to_string(used) + " tokens instead of " + std::to_string(asked) +
                     ": this model's context holds no more.",
                 {std::to_string(used), std::to_string(asked)});
}

RowMixture reportedMixture(RunRecorder& recorder, const ExampleSet& train, const TrainJob& job) {
    std::vector<std::string> unknown;
    RowMixture mixture = mixtureOf(train.examples, *job.train, job.settings, unknown);
    for (const std::string& source : unknown) {
        recorder.log(LogEvent::Level::Warning, "mixture_unknown_source",
                     "No train row comes from " + source + ", which the mixture names.", {source});
    }
    return mixture;
}

void reportMissingValidation(RunRecorder& recorder, const ExampleSet& validation,
                             const TrainSettings& settings) {
    if (!validation.examples.empty() || (!settings.keepBest && settings.patience == 0)) return;
    recorder.log(LogEvent::Level::Warning, "no_validation",
                 "There is no validation row, so that the best model cannot be told: the last one is kept.",
                 {});
}

void requireRows(const ExampleSet& train, const TrainJob& job, std::int64_t contextLength) {
    if (!train.examples.empty()) return;
    if (job.train->empty()) {
        throw Error(ErrorCode::NoTrainingRows, "There are no accepted rows in the train split.",
                    "Import instruction-response pairs, or put rows into the train split.");
    }
    const bool allBlank = std::all_of(job.train->begin(), job.train->end(),
                                      [](const Record& record) { return trimmed(record.output).empty(); });
    if (allBlank) {
        throw Error(ErrorCode::NoTrainingRows, "No row of the train split has a response.",
                    "Write responses, or put rows that have one into the train split.");
    }
    throw Error(ErrorCode::NoLabels,
                (job.train->size() == 1
                     ? std::string("The only row has no response")
                     : "None of the " + std::to_string(job.train->size()) + " rows has a response") +
                    " within the cutoff of " + std::to_string(job.settings.cutoff) + " tokens.",
                job.settings.cutoff < contextLength
                    ? "Raise the cutoff."
                    : "Shorten the rows, or choose a model with a longer context.",
                {std::to_string(job.train->size()), std::to_string(job.settings.cutoff)});
}

}  // namespace studio
