// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/queue_model.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/storage/run_folder.h"
#include "ui/charts/chart_style.h"
#include "ui/session/project_session.h"

namespace studio::ui {

void QueueModel::open(const std::filesystem::path& runsFolder) {
    beginResetModel();
    m_runsFolder = runsFolder;
    m_runs.clear();
    m_taken.reset();
    try {
        if (!runsFolder.empty()) m_runs = readRunQueue(runsFolder);
    } catch (const Error&) {
        endResetModel();
        throw;
    }
    endResetModel();
}

void QueueModel::store(const std::vector<QueuedRun>& runs) const {
    writeRunQueue(m_runsFolder, runs);
}

bool QueueModel::contains(const std::string& name) const {
    if (m_taken && m_taken->name == name) return true;
    return std::any_of(m_runs.begin(), m_runs.end(), [&](const QueuedRun& run) { return run.name == name; });
}

void QueueModel::checkName(const std::string& name, int row) const {
    if (row >= 0 && row < rowCount() && m_runs[static_cast<std::size_t>(row)].name == name) return;
    checkRunName(m_runsFolder, name);
    if (!contains(name)) return;
    throw Error(ErrorCode::RunExists, "A run \"" + name + "\" is in the queue already.",
                "Choose another name.", {name});
}

std::string QueueModel::freeName(const std::string& stem) const {
    std::error_code ignored;
    for (int number = 1;; ++number) {
        std::string name = stem + "-" + std::to_string(number);
        if (!contains(name) && !std::filesystem::exists(m_runsFolder / name, ignored)) return name;
    }
}

void QueueModel::add(const QueuedRun& run) {
    std::vector<QueuedRun> runs = m_runs;
    runs.push_back(run);
    store(runs);
    beginInsertRows({}, rowCount(), rowCount());
    m_runs = std::move(runs);
    endInsertRows();
}

void QueueModel::remove(int row) {
    if (row < 0 || row >= rowCount()) return;
    std::vector<QueuedRun> runs = m_runs;
    runs.erase(runs.begin() + row);
    store(runs);
    beginRemoveRows({}, row, row);
    m_runs = std::move(runs);
    endRemoveRows();
}

void QueueModel::move(int row, int by) {
    const int to = row + by;
    if (row < 0 || row >= rowCount() || to < 0 || to >= rowCount() || (by != 1 && by != -1)) return;
    std::vector<QueuedRun> runs = m_runs;
    std::swap(runs[static_cast<std::size_t>(row)], runs[static_cast<std::size_t>(to)]);
    store(runs);
    beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
    m_runs = std::move(runs);
    endMoveRows();
}

void QueueModel::rename(int row, const std::string& name) {
    if (row < 0 || row >= rowCount() || m_runs[static_cast<std::size_t>(row)].name == name) return;
    checkName(name, row);
    std::vector<QueuedRun> runs = m_runs;
    runs[static_cast<std::size_t>(row)].name = name;
    runs[static_cast<std::size_t>(row)].problem.clear();  // it was perhaps the name
    store(runs);
    m_runs = std::move(runs);
    Q_EMIT dataChanged(index(row), index(row));
}

std::optional<QueuedRun> QueueModel::takeNext() {
    if (m_taken) putBack(m_taken->problem);  // it could not be before
    const auto next =
        std::find_if(m_runs.begin(), m_runs.end(), [](const QueuedRun& run) { return run.problem.empty(); });
    if (next == m_runs.end()) return std::nullopt;
    QueuedRun taken = *next;
    remove(static_cast<int>(next - m_runs.begin()));
    m_taken = std::move(taken);
    return m_taken;
}

void QueueModel::putBack(const std::string& problem) {
    if (!m_taken) return;
    m_taken->problem = problem;
    std::vector<QueuedRun> runs = m_runs;
    runs.insert(runs.begin(), *m_taken);
    store(runs);
    m_taken.reset();
    beginInsertRows({}, 0, 0);
    m_runs = std::move(runs);
    endInsertRows();
}

void QueueModel::clearProblems() {
    if (ready() == rowCount()) return;
    std::vector<QueuedRun> runs = m_runs;
    for (QueuedRun& run : runs) run.problem.clear();
    store(runs);
    m_runs = std::move(runs);
    retranslate();
}

int QueueModel::ready() const {
    return static_cast<int>(std::count_if(m_runs.begin(), m_runs.end(),
                                          [](const QueuedRun& run) { return run.problem.empty(); }));
}

void QueueModel::retranslate() {
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const QueuedRun& run = m_runs[static_cast<std::size_t>(index.row())];
    const QString problem = QString::fromStdString(run.problem);
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole: {
            QStringList parts{QString::fromStdString(run.name), ProjectSession::modelTitle(run.modelFolder),
                              run.settings.method == "lora" ? tr("LoRA of rank %1").arg(run.settings.loraRank)
                                                            : tr("all weights"),
                              tr("learning rate %1").arg(rateText(run.settings.learningRate)),
                              QString::fromStdString(run.promptTemplate.title)};
            if (!problem.isEmpty()) parts.insert(1, tr("not started: %1").arg(problem));
            return parts.join(QStringLiteral(" · "));
        }
        case Qt::EditRole:
            return QString::fromStdString(run.name);
        case Qt::ToolTipRole:
            return problem.isEmpty() ? data(index, Qt::DisplayRole) : problem;
        case ProblemRole:
            return problem;
        default:
            return {};
    }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsEditable : flags;
}

}  // namespace studio::ui
