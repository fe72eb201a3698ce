// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_rows.h"

#include "core/data/row_mixture.h"
#include "core/jobs/start_checks.h"

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
    if (const std::string unread = unreadInstructionsText(job); !unread.empty())
        warn("instructions_unread", unread, {});
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
        recorder.log(LogEvent::Level::Warning, "mixture_unknown_source", unknownSourceText(source), {source});
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
    requireRows(
        {*job.train, static_cast<std::int64_t>(train.examples.size()), job.settings.cutoff, contextLength});
}

}  // namespace studio
