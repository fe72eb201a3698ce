// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/settings_table_model.h"

#include <algorithm>

#include "ui/runs/run_delegates.h"
#include "ui/runs/run_words.h"

namespace studio::ui {

SettingsTableModel::SettingsTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void SettingsTableModel::setRuns(const RunEntries& runs) {
    RunDifference difference = compareRuns(runs);
    QStringList names;
    for (const auto& run : runs) names << QString::fromStdString(run->name());
    const std::vector<std::size_t> rows = rowsOf(difference, names.size());
    // A run at work changes its figures every second: the table keeps its place and its selection.
    const bool sameRows = std::equal(
        rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [&](std::size_t now, std::size_t before) {
            return difference.fields[now].name == m_difference.fields[before].name;
        });
    if (names == m_names && sameRows) {
        m_difference = std::move(difference);
        m_rows = rows;
        if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_difference = std::move(difference);
    m_names = names;
    m_shortNames = shortRunNames(m_names);
    m_rows = rows;
    endResetModel();
}

void SettingsTableModel::setDifferencesOnly(bool only) {
    if (only == m_differencesOnly) return;
    beginResetModel();
    m_differencesOnly = only;
    m_rows = rowsOf(m_difference, m_names.size());
    endResetModel();
}

std::vector<std::size_t> SettingsTableModel::rowsOf(const RunDifference& difference, qsizetype runs) const {
    std::vector<std::size_t> rows;
    // Of one run there is nothing to tell apart: all of it is shown.
    const bool all = !m_differencesOnly || runs < 2;
    for (std::size_t i = 0; i < difference.fields.size(); ++i)
        if (all || difference.fields[i].differs()) rows.push_back(i);
    return rows;
}

void SettingsTableModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, qMax(0, columnCount() - 1));
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int SettingsTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SettingsTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 1 + runCount();
}

QVariant SettingsTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount()) return {};
    const RunField& field = m_difference.fields[m_rows[static_cast<std::size_t>(index.row())]];
    const bool name = index.column() == 0;
    const auto run = static_cast<std::size_t>(index.column() - 1);
    if (role == Qt::DisplayRole) return name ? QString::fromStdString(field.name) : runValueText(field, run);
    if (role == Qt::ToolTipRole && name) return runFieldWord(field.name);
    if (role == SettingDelegate::kDiffersRole) return !name && field.differsFromFirst(run);
    if (role == CellDelegate::kToneRole && (name || !field.differsFromFirst(run)))
        return QVariant::fromValue(Tone::Secondary);
    if (role == Qt::AccessibleTextRole && !name && field.differsFromFirst(run))
        return tr("%1, differs").arg(runValueText(field, run));
    return {};
}

QVariant SettingsTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (section == 0) return role == Qt::DisplayRole ? QVariant(tr("Setting")) : QVariant();
    const qsizetype run = section - 1;
    if (run >= m_names.size()) return {};
    if (role == Qt::DisplayRole) return m_shortNames[run];
    return role == Qt::ToolTipRole ? QVariant(m_names[run]) : QVariant();
}

}  // namespace studio::ui
