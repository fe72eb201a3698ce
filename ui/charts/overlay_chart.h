// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/overlay_plot.h"
#include "ui/widgets/panel.h"

class QStackedWidget;

namespace studio::ui {

class EmptyState;
class SegmentedControl;

/// The overlay of several runs in a panel: which figure, over what, and a context menu with the exports.
class OverlayChart : public Panel {
    Q_OBJECT

public:
    explicit OverlayChart(QWidget* parent = nullptr);

    OverlayPlot& plot() { return *m_plot; }
    void setCurves(const QVector<OverlayCurve>& curves);
    SegmentedControl* metricControl() const { return m_metric; }
    SegmentedControl* axisControl() const { return m_axis; }
    /// What stands in place of the chart; empty where the chart does.
    QString emptyText() const;

Q_SIGNALS:
    void pngRequested();
    void csvRequested();
    /// Another figure or axis was chosen.
    void viewChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showPlot();
    void openMenu(const QPoint& globalPosition);

    OverlayPlot* m_plot;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    SegmentedControl* m_metric;
    SegmentedControl* m_axis;
    QString m_emptyText;
};

}  // namespace studio::ui
