// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include "core/storage/run_difference.h"

namespace studio::ui {

/// Settings and facts of runs side by side: a row a field, a column a run. GUI thread.
class SettingsTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit SettingsTableModel(QObject* parent = nullptr);

    void setRuns(const RunEntries& runs);
    void setDifferencesOnly(bool only);
    const RunDifference& difference() const { return m_difference; }
    int runCount() const { return static_cast<int>(m_names.size()); }
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<std::size_t> rowsOf(const RunDifference& difference, qsizetype runs) const;

    RunDifference m_difference;
    QStringList m_names, m_shortNames;
    bool m_differencesOnly = true;
    std::vector<std::size_t> m_rows;  ///< of m_difference.fields
};

}  // namespace studio::ui
