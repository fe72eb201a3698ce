// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/config/field.h"
#include "core/storage/run_catalogue.h"

namespace studio {

/// One thing in which runs can differ: a setting of the field table, or a fact of the run. Facts are
/// "base_model", "template", "data_snapshot", "train_rows", "validation_rows", "steps", "peak_memory"
/// (bytes), "computed_on", "learning_rate_changes" ("3: 0.001 → 2e-4" each: from which step on, before,
/// after).
struct RunField {
    std::string name;
    bool isSetting = false;
    /// One a run; nothing where the run does not say it, or where it has no meaning (the rank of LoRA where
    /// all weights are trained).
    std::vector<std::optional<FieldValue>> values;

    /// Whether that run's value is another than the first one's.
    bool differsFromFirst(std::size_t run) const;
    bool differs() const;
};

/// What is the same in runs and what is not.
struct RunDifference {
    /// Settings and facts that at least one of the runs has: the method first, then the table's order.
    std::vector<RunField> fields;

    std::int64_t differing() const;
    const RunField* find(const std::string& name) const;
};

RunDifference compareRuns(const RunEntries& runs);

/// What must be the same for the evaluation losses of runs to mean the same, and is not: of "base_model",
/// "template", "cutoff", "train_on_prompt" and "data_snapshot". Empty: they can be compared.
std::vector<std::string> incomparable(const RunDifference& difference);

}  // namespace studio
