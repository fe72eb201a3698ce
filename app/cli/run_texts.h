// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/formats/json.h"
#include "core/storage/run_catalogue.h"
#include "core/storage/run_difference.h"

/// Runs as `finetune runs` says them.
namespace studio {

/// One run for --json; a figure that is not known is null.
OrderedJson runEntryJson(const RunEntry& run);
OrderedJson fieldValueJson(const std::optional<FieldValue>& value);

/// What several runs came to, for --json: a list with one figure a run for each name, as runEntryJson() names
/// and gives them: "state", "step", "loss", "eval_loss", "best_eval_loss", "best_eval_step", "seconds".
OrderedJson runFiguresJson(const RunEntries& runs);
/// The same for people: rows of a name and one text a run; "–" for what is not known.
std::vector<std::vector<std::string>> runFigureRows(const RunEntries& runs);

/// "2e-05", "true", "Alpaca"; "–" for nothing. `field` decides how bytes are said.
std::string fieldValueText(const RunField& field, std::size_t run);
/// "3.7000 before, 2.3000 now, 2.2000 at its best", or what of it was measured.
std::string evaluationText(const RunEntry& run);
/// "from step 3 on 2e-4 instead of 0.001"; empty where the rate was never changed.
std::string rateChangesText(const RunEntry& run);
/// How a run in this state stands: "was stopped after step 50", "failed before its first step",
/// "is training at step 3".
std::string runStateText(const std::string& state, std::int64_t step);
/// The error with the command that does what it says is to be done next, where there is one: the core's
/// sentences are those of the Studio, too, which has no commands.
Error withCommand(const Error& problem);
/// What is to be typed for the run to go on.
std::string resumeCommand(const std::filesystem::path& runFolder);
/// How a run, or the part of it that went on, ended without saving a model, and what of it is kept: whole
/// sentences. `unchanged`: it was to go on and made no step.
std::string endWithoutModel(const std::filesystem::path& runFolder, bool unchanged = false);
/// For a run whose folder was taken away while it trained; `lastStep`: that was heard of.
std::string runGoneText(const std::filesystem::path& runFolder, std::optional<std::int64_t> lastStep);
/// "all weights", "LoRA of rank 8", "from random weights".
std::string methodText(const RunEntry& run);
/// "cpu, bfloat16, 2 threads; 385 MB of memory at the highest"; "–" for a run that did not begin.
std::string computedText(const RunEntry& run);
/// Why something of the run's folder could not be read, or that its model is lost; empty where it is sound.
std::string problemText(const RunEntry& run);
/// What is damaged or missing of metrics.jsonl; empty where nothing is.
std::string metricsText(const RunEntry& run);
/// "500 train, 50 validation".
std::string rowsText(const RunEntry& run);
/// "2026-11-29 12:58" in local time.
std::string startedText(const RunEntry& run);
/// "a, b".
std::string joined(const std::vector<std::string>& parts);

}  // namespace studio
