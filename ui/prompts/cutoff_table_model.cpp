// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompts/cutoff_table_model.h"

#include <QLocale>

namespace studio::ui {

void CutoffTableModel::setEffects(const QVector<CutoffEffect>& effects, qint64 current) {
    beginResetModel();
    m_effects = effects;
    m_current = current;
    endResetModel();
}

int CutoffTableModel::currentRow() const {
    for (int row = 0; row < m_effects.size(); ++row) {
        if (m_effects[row].cutoff == m_current) return row;
    }
    return -1;
}

void CutoffTableModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    if (!m_effects.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

int CutoffTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_effects.size());
}

int CutoffTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant CutoffTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const CutoffEffect& effect = m_effects[index.row()];
    const QLocale locale;
    if (role == Qt::TextAlignmentRole)
        return QVariant(index.column() == Cutoff ? Qt::AlignLeft | Qt::AlignVCenter
                                                 : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == RowsCut)
        return tr("%1 rows lose their end, %2 have nothing left to learn")
            .arg(locale.toString(effect.cut), locale.toString(effect.dropped));
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Cutoff: {
            const QString number = locale.toString(effect.cutoff);
            return effect.cutoff == m_current ? tr("%1 (now)").arg(number) : number;
        }
        case RowsCut:
            return locale.toString(effect.cut + effect.dropped);
        case Tokens:
            return locale.toString(effect.tokens);
        default:
            return {};
    }
}

QVariant CutoffTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Cutoff ? Qt::AlignLeft | Qt::AlignVCenter
                                          : Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == Cutoff    ? tr("If cutoff is")
           : section == RowsCut ? tr("Rows cut")
                                : tr("Tokens an epoch");
}

}  // namespace studio::ui
