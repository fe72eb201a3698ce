// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QMap>
#include <QSortFilterProxyModel>
#include <optional>

#include "core/storage/run_catalogue.h"

namespace studio::ui {

/// The runs of a project as rows. A tick puts a run on the chart: each ticked run has a line style of its own
/// until it is unticked. GUI thread.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        TickColumn,
        LineColumn,
        NameColumn,
        TagsColumn,
        StateColumn,
        RowsColumn,
        MethodColumn,
        RateColumn,
        TrainLossColumn,
        EvalLossColumn,
        ExactColumn,
        TimeColumn,
        StartedColumn,
        ColumnCount
    };
    /// What a column is sorted by; invalid where the run has none.
    static constexpr int kSortRole = Qt::UserRole + 1;
    /// Index of the line style, -1 for none.
    static constexpr int kStyleRole = Qt::UserRole + 2;
    /// As many runs as there are styles can be told apart.
    static constexpr int kMostTicked = 6;

    explicit RunTableModel(QObject* parent = nullptr);

    /// Rows of runs that are the same objects as before are left alone.
    void setRuns(const RunEntries& runs);
    const RunEntries& runs() const { return m_runs; }
    std::shared_ptr<const RunEntry> runAt(int row) const;
    int rowOf(const QString& name) const;

    /// False where there is no such run, or all styles are in use.
    bool setTicked(const QString& name, bool ticked);
    bool isTicked(const QString& name) const { return m_styles.contains(name); }
    /// Ticks exactly these, as far as there are such runs.
    void setTicked(const QStringList& names);
    /// In the order of their styles.
    QStringList ticked() const;
    int styleOf(const QString& name) const { return m_styles.value(name, -1); }
    /// The run with the lowest eval loss that has a model; null where none has one.
    std::shared_ptr<const RunEntry> best() const;
    bool anyExact() const;
    bool anyTags() const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void ticksChanged();
    /// A run was to be ticked, but all styles are in use.
    void tooManyTicked();

private:
    QString text(const RunEntry& run, int column) const;
    QVariant sortValue(const RunEntry& run, int column) const;
    QString toolTip(const RunEntry& run, int column) const;
    void dropLostTicks();
    void rowChanged(const QString& name);

    RunEntries m_runs;
    QMap<QString, int> m_styles;  ///< of ticked runs
    QString m_best;
};

/// Sorts the runs and shows those whose name, tags, note, state or method hold a text. Runs without a figure
/// stand last, whichever way the column is sorted.
class RunSortModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit RunSortModel(RunTableModel& runs, QObject* parent = nullptr);
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    std::shared_ptr<const RunEntry> runAt(int row) const;
    int rowOf(const QString& name) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    RunTableModel& m_model;
    QString m_text;
};

}  // namespace studio::ui
