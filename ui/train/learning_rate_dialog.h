// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "ui/widgets/dialog_frame.h"

class QLineEdit;

namespace studio::ui {

/// Asks for another peak learning rate of a run that goes on. Opened with open().
class LearningRateDialog : public DialogFrame {
    Q_OBJECT

public:
    /// `peak`: of the schedule as it is; `now`: of the newest step, NaN where there is none yet.
    LearningRateDialog(double peak, double now, QWidget* parent);

    QLineEdit* line() { return m_line; }
    QPushButton* halveButton() { return m_halve; }

Q_SIGNALS:
    void rateChosen(double peak);

private:
    void makeRow();
    std::optional<double> rate() const;
    void check();

    double m_peak;
    QLineEdit* m_line;
    QLabel* m_problem;
    QPushButton* m_halve;
};

}  // namespace studio::ui
