// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/prompt_choice_model.h"

#include <QLocale>

namespace studio::ui {

void PromptChoiceModel::setRows(const QVector<Row>& rows) {
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void PromptChoiceModel::setTicked(const QVector<qint64>& ids) {
    m_ticked = ids.mid(0, kMost);
    announce();
}

void PromptChoiceModel::announce() {
    if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT tickedChanged();
}

int PromptChoiceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PromptChoiceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size()) return {};
    const Row& row = m_rows[index.row()];
    switch (role) {
        case Qt::DisplayRole:
            return QStringLiteral("%1 · %2").arg(QLocale().toString(row.id), row.text.simplified());
        case Qt::ToolTipRole:
            return row.text;
        case Qt::CheckStateRole:
            return static_cast<int>(m_ticked.contains(row.id) ? Qt::Checked : Qt::Unchecked);
        default:
            return {};
    }
}

bool PromptChoiceModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable)) return false;
    const qint64 id = m_rows[index.row()].id;
    if (value.toInt() == Qt::Checked)
        m_ticked.append(id);
    else
        m_ticked.removeAll(id);
    announce();  // with the last one the others cannot be ticked any more
    return true;
}

Qt::ItemFlags PromptChoiceModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= m_rows.size()) return Qt::NoItemFlags;
    const bool can = m_ticked.size() < kMost || m_ticked.contains(m_rows[index.row()].id);
    const Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return can ? flags | Qt::ItemIsEnabled | Qt::ItemIsUserCheckable : flags;
}

}  // namespace studio::ui
