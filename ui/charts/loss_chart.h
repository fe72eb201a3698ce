// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/panel.h"

class QCheckBox;
class QLabel;
class QSlider;

namespace studio::ui {

class LegendEntry;
class LossPlot;

/// The loss curves in a panel: legend, smoothing, log axis, follow, and a context menu with the same and the
/// exports.
class LossChart : public Panel {
    Q_OBJECT

public:
    explicit LossChart(QWidget* parent = nullptr);

    LossPlot& plot() { return *m_plot; }
    /// The rows of a past run may be unknown.
    static constexpr qint64 kUnknownRows = -1;
    /// Rows that the evaluation loss is measured on, for the legend; 0 hides the entry.
    void setValidationRows(qint64 rows);

    /// The head gives up what it has no room for before the chart makes its neighbours narrower.
    QSize minimumSizeHint() const override;

    QSlider* smoothingSlider() const { return m_slider; }
    QCheckBox* logBox() const { return m_log; }
    QCheckBox* followBox() const { return m_follow; }

Q_SIGNALS:
    void pngRequested();
    void csvRequested();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeHead();
    void fitHead();
    void showEvalLegend(bool whole);
    void retranslate();
    void openMenu(const QPoint& globalPosition);

    LossPlot* m_plot;
    LegendEntry* m_trainLegend;
    LegendEntry* m_evalLegend;
    QLabel* m_smoothingLabel;
    QSlider* m_slider;
    QLabel* m_smoothingValue;
    QCheckBox* m_log;
    QCheckBox* m_follow;
    qint64 m_validationRows = 0;
};

}  // namespace studio::ui
