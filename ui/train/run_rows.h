// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ui/charts/step_readout.h"

namespace studio::ui {

/// What a run says of the rows of its data, with their texts from the project that the run is in. For a
/// worker thread: no Qt objects, and not short. A row that is no longer there has no text.

/// The rows of a step; empty where they were not written.
QVector<RowOfStep> readRowsOfStep(const std::filesystem::path& runFolder, qint64 step);

struct EvaluatedRows {
    qint64 step = 0;
    QVector<RowOfStep> rows;
};
/// Those of the newest evaluation.
EvaluatedRows readEvaluatedRows(const std::filesystem::path& runFolder);

/// The responses of rows that have one.
std::map<qint64, std::string> readReferences(const std::filesystem::path& runFolder,
                                             const std::vector<std::int64_t>& rows);

}  // namespace studio::ui
