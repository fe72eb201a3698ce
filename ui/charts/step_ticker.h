// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/qcustomplot_header.h"

namespace studio::ui {

/// Ticks of a step axis: whole steps only, and always one at the last step of the run.
class StepTicker : public QCPAxisTicker {
public:
    void setLastStep(double step) { m_lastStep = step; }
    /// Ticks at both ends only, for small charts.
    void setEndsOnly(bool endsOnly) { m_endsOnly = endsOnly; }
    void setEnds(double first, double last) {
        m_firstEnd = first;
        m_lastEnd = last;
    }

protected:
    double getTickStep(const QCPRange& range) override;
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;

private:
    double m_lastStep = 0.0;
    bool m_endsOnly = false;
    double m_firstEnd = 0.0, m_lastEnd = 0.0;
};

}  // namespace studio::ui
