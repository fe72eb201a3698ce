// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/eval_rows_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/charts/chart_style.h"
#include "ui/theme/theme.h"

namespace studio::ui {

void EvalRowsModel::setRows(const EvaluatedRows& rows) {
    beginResetModel();
    m_rows = rows;
    order();
    endResetModel();
}

void EvalRowsModel::order() {
    const auto before = [this](const RowOfStep& a, const RowOfStep& b) {
        return m_column == Loss ? a.rank() < b.rank() : a.id < b.id;
    };
    std::stable_sort(m_rows.rows.begin(), m_rows.rows.end(), [&](const RowOfStep& a, const RowOfStep& b) {
        return m_order == Qt::AscendingOrder ? before(a, b) : before(b, a);
    });
}

void EvalRowsModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= kColumns) return;
    beginResetModel();
    m_column = column;
    m_order = order;
    this->order();
    endResetModel();
}

void EvalRowsModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

int EvalRowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.rows.size());
}

int EvalRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant EvalRowsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const RowOfStep& row = m_rows.rows[index.row()];
    const QString id = QLocale().toString(row.id);
    switch (role) {
        case Qt::DisplayRole:
            if (index.column() == Loss) return lossText(row.loss);
            return row.text.isEmpty() ? tr("%1 (no longer in the project)").arg(id)
                                      : id + QStringLiteral("  ") + row.text.simplified();
        case Qt::ToolTipRole:
            return row.text;
        case Qt::TextAlignmentRole:
            return QVariant(index.column() == Loss ? Qt::AlignRight | Qt::AlignVCenter
                                                   : Qt::AlignLeft | Qt::AlignVCenter);
        case Qt::FontRole:
            return index.column() == Loss ? QVariant(figureFont(TextRole::Secondary))
                                          : QVariant(roleFont(TextRole::Secondary));
        default:
            return {};
    }
}

QVariant EvalRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::DisplayRole) return section == Loss ? tr("Loss") : tr("Row");
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Loss ? Qt::AlignRight | Qt::AlignVCenter
                                        : Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

}  // namespace studio::ui
