// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/charts/metric_series.h"
#include "ui/theme/theme_tokens.h"

class QCPGraph;
class QCustomPlot;
class QWidget;

namespace studio::ui {

/// Grounds, axes, grid and fonts of every chart, from the tokens: horizontal grid only, no frame.
void applyChartStyle(QCustomPlot& plot, const ThemeTokens& tokens);

/// A number as axes and figures show it: "2.19", "1,204", "2e-5", in the locale's digits.
QString chartNumber(double value, int decimals = 2);
/// A loss as figures show it: two decimals, four where two would show next to nothing.
QString lossText(double loss);
/// A rate as people write it: "2e-5", "1.31e-5".
QString rateText(double rate);

/// Draws the plot soon. A plot that was never laid out has no picture to draw into and is left: it is drawn
/// when it gets its size.
void requestReplot(QCustomPlot& plot);

/// Keeps room at the right for half the figure of a step that stands there: QCustomPlot leaves out a figure
/// that would be cut.
void keepRoomForStep(QCustomPlot& plot, double step);

/// The frame of a chart that has the keys, as other controls have it; nothing where it has not.
void paintFocusFrame(QWidget& chart);

/// Hands a graph the visible part of a series, thinned to the plot's pixel columns.
void showSeries(QCPGraph& graph, const MetricSeries& series);

}  // namespace studio::ui
