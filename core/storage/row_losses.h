// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace studio {

/// The loss of one row at one step.
struct RowLoss {
    std::int64_t rowId = 0;
    double loss = 0.0;  ///< nats a label
    std::int64_t labels = 0;

    bool operator==(const RowLoss&) const = default;
};

/// The rows of one step, or of one evaluation.
struct StepRows {
    std::int64_t step = 0;
    std::vector<RowLoss> rows;

    bool operator==(const StepRows&) const = default;
};

/// One line of batches.jsonl, which holds the rows of every step.
std::string stepRowsLine(const StepRows& rows);

/// Files of a run folder: batches.jsonl, and eval_rows.json with the rows of the last evaluation.
std::filesystem::path batchesFile(const std::filesystem::path& runFolder);
void writeEvaluationRows(const std::filesystem::path& runFolder, const StepRows& rows);
/// Nothing where there was no evaluation, or the file is damaged.
std::optional<StepRows> readEvaluationRows(const std::filesystem::path& runFolder);
/// The rows of one step; where a run was resumed, the newest such line. Reads the file from its beginning.
std::optional<StepRows> readStepRows(const std::filesystem::path& runFolder, std::int64_t step);

/// Forgets the rows of later steps than `step`, and those of a later evaluation: a run that goes on from
/// there measures them again.
void dropStepRowsAfter(const std::filesystem::path& runFolder, std::int64_t step);

}  // namespace studio
