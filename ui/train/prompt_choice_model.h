// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QVector>

namespace studio::ui {

/// Rows of the data whose prompts can be ticked, a few at most. Ticks outlive a change of the rows shown.
/// GUI thread.
class PromptChoiceModel : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int kMost = 8;  ///< each of them costs time at every evaluation

    struct Row {
        qint64 id = 0;
        QString text;  ///< the instruction
    };

    using QAbstractListModel::QAbstractListModel;

    void setRows(const QVector<Row>& rows);
    void setTicked(const QVector<qint64>& ids);
    /// In the order in which they were ticked.
    const QVector<qint64>& ticked() const { return m_ticked; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void tickedChanged();

private:
    void announce();

    QVector<Row> m_rows;
    QVector<qint64> m_ticked;
};

}  // namespace studio::ui
