// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/train/run_rows.h"

namespace studio::ui {

/// The rows of the newest evaluation with their losses, worst first or best first. GUI thread.
class EvalRowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Row, Loss, kColumns };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const EvaluatedRows& rows);
    const EvaluatedRows& rows() const { return m_rows; }
    qint64 idAt(int row) const { return m_rows.rows[row].id; }
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    void order();

    EvaluatedRows m_rows;
    int m_column = Loss;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

}  // namespace studio::ui
