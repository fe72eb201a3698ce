// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <string>
#include <vector>

#include "core/storage/project.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace studio::ui {

class SearchField;

/// The line above the table: search in all texts, status, split, source, and how many of how many rows are
/// shown.
class RecordFilterBar : public QWidget {
    Q_OBJECT

public:
    explicit RecordFilterBar(QWidget* parent = nullptr);

    /// Puts the filters into a query; its order is left as it is.
    void apply(RecordQuery& query) const;
    /// Shows the filters of a query without emitting changed().
    void show(const RecordQuery& query);
    /// Shows nothing but these rows; `what` stands beside the counts ("longer than 256 tokens").
    void showOnly(const std::vector<std::int64_t>& ids, const QString& what);
    bool isFiltering() const;
    void setSources(const std::vector<std::string>& sources);
    void setCounts(qint64 shown, qint64 all);
    SearchField* search() const { return m_search; }
    QComboBox* status() const { return m_status; }
    QComboBox* split() const { return m_split; }
    QComboBox* source() const { return m_source; }
    void retranslate();

Q_SIGNALS:
    void changed();

public Q_SLOTS:
    void clear();

private:
    void showCounts();
    QString sourceText(const QString& source) const;

    SearchField* m_search;
    QComboBox* m_status;
    QComboBox* m_split;
    QComboBox* m_source;
    QLabel* m_only;
    QLabel* m_counts;
    QPushButton* m_clear;
    std::vector<std::string> m_sources;
    std::vector<std::int64_t> m_ids;  // only these rows; empty: no such filter
    qint64 m_shown = 0;
    qint64 m_all = 0;
};

}  // namespace studio::ui
