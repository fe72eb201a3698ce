// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/prompts/row_lengths.h"

namespace studio::ui {

/// Bars of row lengths with the cutoff as a mark; bars beyond it are hollow. Painted, not interactive; the
/// same figures stand in the table below it.
class LengthChart : public QWidget {
    Q_OBJECT

public:
    explicit LengthChart(QWidget* parent = nullptr);

    void setBars(const LengthBars& bars, const CutoffEffect& effect);
    void clear();

    QSize sizeHint() const override { return {320, 120}; }
    QSize minimumSizeHint() const override;

    /// Where the words about the cutoff stand.
    QRectF cutoffLabelRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Frame {
        QRectF plot;
        double perToken = 0.0;
        double perRow = 0.0;
    };
    Frame frame() const;
    double cutoffX(const Frame& frame) const;
    QStringList cutoffLines(const Frame& frame) const;
    QRectF cutoffLabel(const Frame& frame, double x) const;
    double coveredBars(const Frame& frame, const QRectF& rect) const;
    void paintAxes(QPainter& painter, const Frame& frame, qint64 top) const;
    void paintBars(QPainter& painter, const Frame& frame) const;
    void paintCutoff(QPainter& painter, const Frame& frame) const;

    LengthBars m_bars;
    CutoffEffect m_effect;
};

}  // namespace studio::ui
