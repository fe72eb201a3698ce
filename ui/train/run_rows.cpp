// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_rows.h"

#include "core/storage/project.h"
#include "core/storage/row_losses.h"
#include "core/text/unicode.h"

namespace fs = std::filesystem;

namespace studio::ui {

namespace {

/// The records of a run's project: NAME.ftproj/runs/RUN. None where the run is in no project, or that cannot
/// be read: the losses are worth showing without the texts.
std::vector<Record> recordsOf(const fs::path& runFolder, const std::vector<std::int64_t>& ids) {
    try {
        return Project::open(runFolder.parent_path().parent_path())->recordsById(ids);
    } catch (const Error&) {
        return {};
    }
}

QVector<RowOfStep> withTexts(const fs::path& runFolder, const StepRows& found) {
    std::vector<std::int64_t> ids;
    for (const RowLoss& row : found.rows) ids.push_back(row.rowId);
    std::map<std::int64_t, QString> texts;
    for (const Record& record : recordsOf(runFolder, ids))
        texts[record.id] = QString::fromStdString(record.instruction);
    QVector<RowOfStep> rows;
    for (const RowLoss& row : found.rows) rows.append({row.rowId, texts[row.rowId], row.loss});
    return rows;
}

}  // namespace

QVector<RowOfStep> readRowsOfStep(const fs::path& runFolder, qint64 step) {
    const auto found = readStepRows(runFolder, step);
    return found ? withTexts(runFolder, *found) : QVector<RowOfStep>();
}

EvaluatedRows readEvaluatedRows(const fs::path& runFolder) {
    const auto found = readEvaluationRows(runFolder);
    return found ? EvaluatedRows{found->step, withTexts(runFolder, *found)} : EvaluatedRows();
}

std::map<qint64, std::string> readReferences(const fs::path& runFolder,
                                             const std::vector<std::int64_t>& rows) {
    std::map<qint64, std::string> references;
    for (const Record& record : recordsOf(runFolder, rows)) {
        if (!trimmed(record.output).empty()) references[record.id] = record.output;
    }
    return references;
}

}  // namespace studio::ui
