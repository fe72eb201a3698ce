// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/step_ticker.h"

#include <algorithm>
#include <cmath>

namespace studio::ui {

double StepTicker::getTickStep(const QCPRange& range) {
    return std::max(1.0, QCPAxisTicker::getTickStep(range));
}

QVector<double> StepTicker::createTickVector(double tickStep, const QCPRange& range) {
    if (m_endsOnly) return {m_firstEnd, m_lastEnd};
    QVector<double> ticks = QCPAxisTicker::createTickVector(tickStep, range);
    if (m_lastStep < range.lower || m_lastStep > range.upper) return ticks;
    const double room = range.size() * 0.06;  // so that two labels do not touch
    ticks.erase(std::remove_if(ticks.begin(), ticks.end(),
                               [&](double tick) { return std::abs(tick - m_lastStep) < room; }),
                ticks.end());
    ticks.append(m_lastStep);
    std::sort(ticks.begin(), ticks.end());
    return ticks;
}

QString StepTicker::getTickLabel(double tick, const QLocale& locale, QChar, int) {
    return locale.toString(static_cast<qlonglong>(std::llround(tick)));
}

}  // namespace studio::ui
