// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QCache>
#include <QHash>
#include <optional>
#include <vector>

#include "core/storage/project.h"
#include "ui/data/row_tokens.h"

namespace studio::ui {

class ProjectSession;

/// The records of the open project that match a query, in its order. Holds the ids of all rows, so that the
/// scroll bar is true, and reads records in blocks as they come into view. GUI thread; the session must
/// outlive it.
class RecordTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        RowColumn,
        StatusColumn,
        InstructionColumn,
        InputColumn,
        ResponseColumn,
        TokensColumn,
        SplitColumn,
        SourceColumn,
        ColumnCount
    };

    RecordTableModel(ProjectSession& session, RowTokenCounter& counter, QObject* parent = nullptr);

    const RecordQuery& query() const { return m_query; }
    /// Reads the ids anew, also when the query is the same one.
    void setQuery(const RecordQuery& query);
    void reload();
    /// Headings in the language of now.
    void retranslate();

    qint64 idAt(int row) const;
    /// -1 where the record is not among the rows.
    int rowOf(qint64 id) const;
    const std::vector<std::int64_t>& ids() const { return m_ids; }
    static bool isSortable(int column) { return column != TokensColumn; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    /// Reading or storing did not work.
    void failed(const studio::Error& error) const;

private:
    const Record* recordAt(int row) const;
    void fetchAround(int row) const;
    void recordEdited(qint64 id);
    void countsChanged();
    QString display(const Record& record, int column) const;
    QVariant editValue(const Record& record, int column) const;
    QVariant tone(const Record& record, int column) const;
    std::optional<RowTokens> tokens(const Record& record) const;

    ProjectSession& m_session;
    RowTokenCounter& m_counter;
    RecordQuery m_query;
    std::vector<std::int64_t> m_ids;
    mutable QHash<qint64, int> m_rows;  // made when the first row is looked up
    mutable QCache<qint64, Record> m_records;
    mutable QCache<qint64, std::optional<RowTokens>> m_tokens;
    mutable bool m_reported = false;
};

}  // namespace studio::ui
