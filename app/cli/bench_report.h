// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/output.h"
#include "core/jobs/job.h"

namespace studio {

/// What of a row is compared with something.
enum class BenchMeasure {
    CeilingShare,
    SpeedRatio,
    MemoryRatio,
    StepShare,
    PaddingShare,
    MemoryGrowth,
    ForecastError,  ///< of the peak memory, as a share of it
    LoadMemory,     ///< as a share of the file's size
    Milliseconds
};

/// "ceiling_share", "speed_ratio", …
const char* name(BenchMeasure measure);

/// A figure that is wanted of some rows. Texts that are empty fit every row.
struct BenchTarget {
    std::string bench, shape, precision;
    std::string task;  ///< what the row's task begins with
    BenchMeasure measure = BenchMeasure::CeilingShare;
    std::string against;  ///< of a ratio: "PyTorch float32"
    bool atLeast = true;  ///< else at most
    double value = 0.0;
};

/// All figures that are wanted.
const std::vector<BenchTarget>& benchTargets();

/// One figure of one row, with what is wanted of it.
struct BenchComparison {
    BenchMeasure measure = BenchMeasure::CeilingShare;
    std::string against;             ///< of a ratio
    std::optional<double> measured;  ///< nothing where the other one was not found
    std::optional<BenchTarget> target;

    std::optional<bool> reached() const;  ///< nothing where there is no target or no measurement
};

/// The figures of a row among all rows of its bench. Other programs' rows have none: they are what is
/// compared with. Decoding is compared in the same precision, training in every one.
std::vector<BenchComparison> comparisons(const BenchRow& row, const std::vector<BenchRow>& rows,
                                         const std::vector<BenchTarget>& targets);

/// The row as --json prints it; what was not measured is null.
OrderedJson benchJson(const BenchRow& row, const std::vector<BenchComparison>& comparisons);
/// What benchJson() wrote of the row itself.
BenchRow benchRowFromJson(const OrderedJson& json);

/// Two tables: the measurements, and the comparisons with what is wanted. Columns without any entry are left
/// out.
void printBenchTables(Output& output, const std::vector<BenchRow>& rows,
                      const std::vector<BenchTarget>& targets);

/// How many of the wanted figures were reached: "7 of 9 wanted figures are reached; 2 could not be compared."
std::string benchSummary(const std::vector<BenchRow>& rows, const std::vector<BenchTarget>& targets);

}  // namespace studio
