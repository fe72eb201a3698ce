// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QVector>
#include <cmath>
#include <limits>

class QGridLayout;
class QLabel;
class QPushButton;

namespace studio::ui {

/// A row of the data with its loss at one step.
struct RowOfStep {
    qint64 id = 0;
    QString text;       ///< empty where the row is no longer in the project
    double loss = 0.0;  ///< NaN where it was no number

    /// For an order by loss: what is no number is above all.
    double rank() const { return std::isnan(loss) ? std::numeric_limits<double>::infinity() : loss; }
};

/// The box that stays at a chosen step: its values, the rows of its batch with the highest losses, and the
/// way to them. Takes the mouse; the chart has the keys.
class StepReadout : public QFrame {
    Q_OBJECT

public:
    explicit StepReadout(QWidget* parent);

    /// The values, before the rows are known.
    void showValues(const QString& richText);
    /// The same values in another language; the rows stay.
    void translateValues(const QString& richText);
    void showRows(const QVector<RowOfStep>& rows);
    /// All rows of the batch, highest loss first; empty until they are known, or where none were written.
    const QVector<RowOfStep>& rows() const { return m_rows; }
    /// Beside `point`, inside the parent.
    void placeAt(const QPoint& point);
    QPushButton* link() const { return m_link; }

Q_SIGNALS:
    void rowsRequested();
    void closeRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showTexts();

    static constexpr int kShown = 3;
    QLabel* m_values;
    QLabel* m_caption;
    QLabel* m_texts[kShown];
    QLabel* m_losses[kShown];
    QPushButton* m_link;
    QLabel* m_key;
    QPushButton* m_close;
    QVector<RowOfStep> m_rows;
    bool m_known = false;
};

}  // namespace studio::ui
