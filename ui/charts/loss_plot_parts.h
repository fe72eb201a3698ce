// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/charts/chart_readout.h"
#include "ui/charts/loss_plot.h"
#include "ui/charts/qcustomplot_header.h"
#include "ui/charts/step_readout.h"
#include "ui/charts/step_ticker.h"

namespace studio::ui {

/// What a LossPlot is made of; for its own sources only.
struct LossPlot::Parts {
    QCustomPlot* plot = nullptr;
    QCPGraph* raw = nullptr;
    QCPGraph* smoothed = nullptr;
    QCPGraph* eval = nullptr;
    QCPScatterStyle evalCircle;
    QCPItemRect* future = nullptr;
    QCPItemLine* now = nullptr;
    QCPItemLine* crosshair = nullptr;
    QCPItemEllipse* mark = nullptr;
    QCPLayer* crosshairLayer = nullptr;
    ChartReadout* readout = nullptr;  // follows the mouse
    StepReadout* pinned = nullptr;    // stays at a chosen step
    QSharedPointer<StepTicker> stepTicker{new StepTicker};
    QSharedPointer<QCPAxisTicker> linearTicker{new QCPAxisTicker};
    QSharedPointer<QCPAxisTickerLog> logTicker{new QCPAxisTickerLog};
    std::vector<QCPItemLine*> epochLines;
    std::vector<QCPItemText*> epochTexts;
};

inline void placeInAxisHeight(QCPItemPosition* position, double x, double ratio) {
    position->setTypeX(QCPItemPosition::ptPlotCoords);
    position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    position->setCoords(x, ratio);
}

}  // namespace studio::ui
