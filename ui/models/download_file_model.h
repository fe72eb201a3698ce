// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "core/hub/file_choice.h"

namespace studio::ui {

/// The files of a model on a hub as rows with a tick: those of the plan first, then what it leaves out, with
/// the reason. GUI thread.
class DownloadFileModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { FileColumn, SizeColumn, ReasonColumn, ColumnCount };

    explicit DownloadFileModel(QObject* parent = nullptr);

    void setPlan(const DownloadPlan& plan);
    void clear();
    bool hasPlan() const { return m_plan.has_value(); }
    /// With the files that are ticked. Only where there is a plan.
    DownloadPlan plan() const;
    int tickedCount() const;
    qint64 tickedBytes() const;
    /// While they are fetched, the ticks stay as they are.
    void setLocked(bool locked);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void ticksChanged();

private:
    struct Row {
        HubFile file;
        std::optional<LeftOut> reason;  ///< why it is left unless it is asked for
        bool ticked = false;
    };

    const Row* rowAt(const QModelIndex& index) const;
    QString text(const Row& row, int column) const;
    QString reasonText(const Row& row) const;

    std::optional<DownloadPlan> m_plan;
    std::vector<Row> m_rows;
    bool m_locked = false;
};

}  // namespace studio::ui
