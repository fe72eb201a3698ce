// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/jobs/job.h"
#include "ui/charts/metric_series.h"
#include "ui/charts/step_readout.h"

class QCustomPlot;
class QMouseEvent;

namespace studio::ui {

/// The loss curves of one run: train loss raw and smoothed, evaluation loss, epochs, the future part shaded.
/// The wheel zooms x, dragging pans, double click fits, a cross-hair follows the mouse and the arrow keys
/// (Shift: 10 steps); a click or Enter holds a step with the rows of its batch, Enter again opens them.
class LossPlot : public QWidget {
    Q_OBJECT

public:
    explicit LossPlot(QWidget* parent = nullptr);
    ~LossPlot() override;

    /// An empty chart for a run of that many steps; `stepsPerEpoch` 0 draws no epoch marks.
    void reset(qint64 totalSteps, double stepsPerEpoch);
    void append(const QVector<MetricsLine>& lines);

    void setSmoothing(double weight);
    double smoothing() const { return m_smoothing; }
    void setLogAxis(bool on);
    /// Cuts the highest two of a hundred train losses off at the top of the chart, so that a spike or the
    /// first steps do not flatten the rest. Nothing of the curve itself is changed.
    void setClip(bool on);
    bool isClipped() const { return m_clip; }
    /// Least and greatest loss in sight.
    QPointF visibleLoss() const;
    void setFollow(bool on);
    bool isFollowing() const { return m_follow; }
    /// Shows the whole run and follows it again.
    void fit();
    /// For charts of the same steps, which zoom with this one.
    void zoom(double factor, double aroundStep);
    void panBy(double steps);

    const MetricSeries& trainLoss() const { return m_train; }
    const MetricSeries& evalLoss() const { return m_eval; }
    /// Steps at the left and right edge.
    QPointF visibleSteps() const;
    /// The step under the cross-hair.
    std::optional<qint64> crosshairStep() const;

    /// Holds the read-out at a step that has a loss; stepPinned() asks for its rows.
    void pinStep(qint64 step);
    void unpin();
    std::optional<qint64> pinnedStep() const { return m_pinned; }
    /// The rows of a held step; of another one they are not shown.
    void showStepRows(qint64 step, const QVector<RowOfStep>& rows);
    StepReadout& pinnedReadout();

    /// Where the names of the epochs stand that are drawn, from left to right in the widget.
    QVector<QRectF> epochNames() const;

    /// How many figures the axis of the losses has.
    int lossFigures() const;

    /// All numbers, a line a step, parted by `separator`; with a head line.
    QString table(QChar separator) const;
    /// Writes the chart at twice its size on screen. False where the file could not be written.
    bool savePng(const QString& path);

    QSize sizeHint() const override { return {640, 320}; }
    QSize minimumSizeHint() const override { return {240, 140}; }

Q_SIGNALS:
    void followChanged(bool on);
    void menuRequested(const QPoint& globalPosition);
    void visibleStepsChanged();
    /// The step under the cross-hair; NaN for none.
    void crosshairMoved(double step);
    void stepPinned(qint64 step);
    /// The rows of a step are to be seen.
    void rowsRequested(const QVector<qint64>& ids, qint64 step);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Parts;

    void makeParts();
    void restyle();
    void rebuildEpochMarks();
    void refresh();
    void rescaleY();
    void thinLosses();
    void thinEpochTexts();
    void followNewest();
    void userMovedX();
    void askForRows();
    void enterPressed();
    void translatePinned();
    const MetricsLine* lineOf(qint64 step) const;
    void moveCrosshair(double x);
    void mousePressed(const QMouseEvent& mouse);
    void mouseMoved(const QMouseEvent& mouse);
    void mouseReleased(const QMouseEvent& mouse);
    void showCrosshair(double x);
    void hideCrosshair();
    QString readoutText(const MetricsLine& line) const;
    QString describe() const;
    double fullRange() const;

    std::unique_ptr<Parts> m_parts;
    QVector<MetricsLine> m_lines;
    MetricSeries m_train, m_smoothed, m_eval;
    qint64 m_totalSteps = 0;
    double m_stepsPerEpoch = 0.0;
    double m_smoothing = 0.85;
    bool m_log = false;
    bool m_clip = false;
    bool m_follow = true;
    std::optional<qint64> m_crosshair;
    std::optional<qint64> m_pinned;
    std::optional<double> m_dragFrom;
    std::optional<QPointF> m_pressedAt;  // until the mouse has moved: it may be a click
    QPointF m_toldSteps;
};

}  // namespace studio::ui
