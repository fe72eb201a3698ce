// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace studio::ui {

/// Asks for another peak learning rate of a run that goes on. Opened with open().
class LearningRateDialog : public QDialog {
    Q_OBJECT

public:
    /// `peak`: of the schedule as it is; `now`: of the newest step, NaN where there is none yet.
    LearningRateDialog(double peak, double now, QWidget* parent);

    QLineEdit* line() { return m_line; }
    QPushButton* applyButton() { return m_apply; }
    QPushButton* halveButton() { return m_halve; }

Q_SIGNALS:
    void rateChosen(double peak);

private:
    std::optional<double> rate() const;
    void check();

    double m_peak;
    QLineEdit* m_line;
    QLabel* m_problem;
    QPushButton* m_halve;
    QPushButton* m_apply;
};

}  // namespace studio::ui
