// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "ui/data/record_transfer.h"

namespace studio::ui {

/// The rows of an import that did not come in, and the files that could not be read at all: file, row,
/// reason.
class RefusedRowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { FileColumn, RowColumn, ReasonColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setBatch(std::shared_ptr<const ImportBatch> batch);
    /// All lines as text with tabs, for a spreadsheet or a message to whoever made the file.
    QString asText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const ImportBatch> m_batch;
};

/// The rows of an import that come in, before they are stored: the three texts.
class ImportPreviewModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NumberColumn, InstructionColumn, InputColumn, ResponseColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setBatch(std::shared_ptr<const ImportBatch> batch);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const ImportBatch> m_batch;
};

}  // namespace studio::ui
