// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/prompts/row_lengths.h"

namespace studio::ui {

/// "If cutoff is …": one row a cutoff, with the rows it cuts or drops and the tokens of an epoch.
class CutoffTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Cutoff, RowsCut, Tokens, kColumns };

    using QAbstractTableModel::QAbstractTableModel;

    void setEffects(const QVector<CutoffEffect>& effects, qint64 current);
    qint64 cutoff(int row) const { return m_effects.value(row).cutoff; }
    int currentRow() const;
    /// After a change of language.
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVector<CutoffEffect> m_effects;
    qint64 m_current = 0;
};

}  // namespace studio::ui
