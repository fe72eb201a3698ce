// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "ui/charts/overlay_plot.h"
#include "ui/charts/qcustomplot_header.h"
#include "ui/charts/step_ticker.h"

namespace studio::ui {

class ChartReadout;

inline constexpr int kWidestLabel = 120;  ///< pixels that the name of a run gets at the end of its line
inline constexpr int kLabelGap = 8;       ///< between the end of a line and its name
inline constexpr int kTopMargin = 10;
inline constexpr int kCrossSize = 9;

/// Ticks whose labels are written by a function.
class FormatTicker : public QCPAxisTicker {
public:
    void setFormat(std::function<QString(double)> format) { m_format = std::move(format); }

protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override {
        return m_format ? m_format(tick) : QCPAxisTicker::getTickLabel(tick, locale, formatChar, precision);
    }

private:
    std::function<QString(double)> m_format;
};

/// Ticks of a time axis in seconds: at whole and half minutes and hours, "2:30".
class ClockTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar, int precision) override;
};

/// What OverlayPlot draws with; its parts are in two files.
struct OverlayPlot::Parts {
    QCustomPlot* plot = nullptr;
    std::vector<QCPGraph*> lines, crosses;
    std::vector<QCPItemText*> labels;
    QCPItemLine* crosshair = nullptr;
    QCPLayer* crosshairLayer = nullptr;
    ChartReadout* readout = nullptr;
    QSharedPointer<StepTicker> stepTicker{new StepTicker};
    QSharedPointer<ClockTicker> clockTicker{new ClockTicker};
    QSharedPointer<FormatTicker> valueTicker{new FormatTicker};
    QSharedPointer<QCPAxisTicker> epochTicker{new QCPAxisTicker};
    QSharedPointer<QCPAxisTickerLog> logTicker{new QCPAxisTickerLog};

    QSharedPointer<QCPAxisTicker> tickerOf(Axis axis) const {
        if (axis == Axis::Time) return clockTicker;
        if (axis == Axis::Epochs) return epochTicker;
        return stepTicker;
    }
};

}  // namespace studio::ui
