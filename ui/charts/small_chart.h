// SPDX-FileCopyrightText: FineTune Studio contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <functional>
#include <memory>

#include "ui/charts/metric_series.h"
#include "ui/theme/theme_tokens.h"

class QLabel;

namespace studio::ui {

/// A name, the newest value and a small curve over the steps of the run; optionally what is still to come
/// (dotted) and a level (dashed, with a word). Shows the steps that it is told to: wheel, drag and double
/// click are handed on, so that all charts of a run zoom together.
class SmallChart : public QFrame {
    Q_OBJECT

public:
    /// Writes a value for the head and the axis.
    using Format = std::function<QString(double)>;

    SmallChart(Series series, Format format, QWidget* parent = nullptr);
    ~SmallChart() override;

    void setTitle(const QString& title);
    void reset(qint64 totalSteps);
    void append(const QVector<QPointF>& points);
    /// The rest of the curve, from the newest point on.
    void setPlanned(const MetricSeries& planned);
    void setLevel(double level, const QString& word);
    const MetricSeries& series() const { return m_series; }
    QString valueText() const;

    /// The steps at the left and right edge; y fits what lies between.
    void setVisibleSteps(const QPointF& steps);
    QPointF visibleSteps() const;
    /// A line at a step, with its value in the head; NaN takes it away.
    void setCrosshair(double step);
    void setLogAxis(bool on);
    bool isLogAxis() const { return m_log; }
    /// As in LossPlot: what lies above 98 of 100 points is cut off at the top.
    void setClip(bool on);
    /// An average is drawn over the thin raw curve; 0 draws the curve alone.
    void setSmoothing(double weight);
    double topOfAxis() const;
    /// "step" and the value, a line a step, parted by `separator`.
    QString table(QChar separator) const;
    /// Writes the chart at twice its size on screen. False where the file could not be written.
    bool savePng(const QString& path);

    QSize sizeHint() const override { return {228, 132}; }
    QSize minimumSizeHint() const override { return {112, 96}; }

Q_SIGNALS:
    void zoomRequested(double factor, double aroundStep);
    void panRequested(double steps);
    void fitRequested();
    void pngRequested();
    void csvRequested();

protected:
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Parts;
    void restyle();
    void refresh();
    void rescaleY();
    void showValue();
    double stepAt(double x) const;

    std::unique_ptr<Parts> m_parts;
    Series m_style;
    Format m_format;
    QLabel* m_title;
    QLabel* m_value;
    MetricSeries m_series, m_planned;
    qint64 m_totalSteps = 0;
    double m_level = 0.0;
    double m_smoothing = 0.0;
    bool m_log = false;
    bool m_clip = false;
    std::optional<QPointF> m_visible;  // else the whole run
    std::optional<double> m_crosshair;
    std::optional<double> m_dragFrom;
};

}  // namespace studio::ui
