// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/train/eval_rows_model.h"

class QLabel;
class QPushButton;
class QTableView;

namespace studio::ui {

/// The rows of the newest evaluation as a table, worst first (the header turns that round), with the way to
/// them in Data.
class EvalRowsView : public QWidget {
    Q_OBJECT

public:
    explicit EvalRowsView(QWidget* parent = nullptr);

    void setRows(const EvaluatedRows& rows);
    EvalRowsModel& model() { return *m_model; }
    QTableView* table() const { return m_table; }
    QPushButton* link() const { return m_link; }

Q_SIGNALS:
    /// The selected rows, or without a selection the first ones of the table.
    void rowsRequested(const QVector<qint64>& ids, qint64 step);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void askForRows();
    void showTexts();

    EvalRowsModel* m_model;
    QTableView* m_table;
    QLabel* m_caption;
    QPushButton* m_link;
};

}  // namespace studio::ui
